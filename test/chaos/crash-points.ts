import { LeasedLedger } from '../../src/jobs/worker/leased-ledger.ts';
import { LeasedStageStore } from '../../src/jobs/worker/leased-stage-store.ts';

const STAGES = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'] as const;

/** Every boundary at which a worker can crash: before and after each commit that records progress. */
export const CRASH_POINTS: readonly string[] = [
  ...STAGES.flatMap((stage) => [`before the checkpoint of ${stage}`, `after the checkpoint of ${stage}`]),
  'after writing SENT, before the request',
  'after the answer, before writing SETTLED',
  'after writing SETTLED',
];

/** Makes this process kill itself with SIGKILL when it first reaches the place; those of the ledger for a paid request. */
export function crashAt(crashPoint: string): void {
  const atPoint = (point: string) => {
    if (point === crashPoint) process.kill(process.pid, 'SIGKILL');
  };
  const stageStore = LeasedStageStore.prototype;
  const { complete } = stageStore;
  stageStore.complete = async function (step, ...rest) {
    atPoint(`before the checkpoint of ${step.stage}`);
    await complete.call(this, step, ...rest);
    atPoint(`after the checkpoint of ${step.stage}`);
  };
  const ledger = LeasedLedger.prototype;
  const { send, settle } = ledger;
  ledger.send = async function (attempt) {
    const attemptId = await send.call(this, attempt);
    if (attempt.paid) atPoint('after writing SENT, before the request');
    return attemptId;
  };
  ledger.settle = async function (attemptId, settled) {
    const isPaid = settled.provider !== 'local';
    if (isPaid) atPoint('after the answer, before writing SETTLED');
    await settle.call(this, attemptId, settled);
    if (isPaid) atPoint('after writing SETTLED');
  };
}
