import { FencedDesk } from '../../src/jobs/fenced-desk.ts';
import { FencedLedger } from '../../src/jobs/fenced-ledger.ts';

const STAGES = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'] as const;

/** Every boundary at which a worker can die: on either side of each commit that says what was done. */
export const DEATHS: readonly string[] = [
  ...STAGES.flatMap((stage) => [`before the checkpoint of ${stage}`, `after the checkpoint of ${stage}`]),
  'after writing SENT, before the request',
  'after the answer, before writing SETTLED',
  'after writing SETTLED',
];

/** Makes this process kill itself with SIGKILL the first time that it comes to the place. */
export function dieAt(place: string): void {
  const reach = (reached: string) => {
    if (reached === place) process.kill(process.pid, 'SIGKILL');
  };
  const desk = FencedDesk.prototype;
  const { complete } = desk;
  desk.complete = async function (step, ...rest) {
    reach(`before the checkpoint of ${step.stage}`);
    await complete.call(this, step, ...rest);
    reach(`after the checkpoint of ${step.stage}`);
  };
  const ledger = FencedLedger.prototype;
  const { send, settle } = ledger;
  ledger.send = async function (...entry) {
    await send.apply(this, entry);
    reach('after writing SENT, before the request');
  };
  ledger.settle = async function (...entry) {
    reach('after the answer, before writing SETTLED');
    await settle.apply(this, entry);
    reach('after writing SETTLED');
  };
}
