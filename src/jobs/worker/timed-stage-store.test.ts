import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import type { ProgressStep, StageStore } from '../../pipeline/stage-store.ts';
import { withStageTiming } from './timed-stage-store.ts';

const step = (stage: ProgressStep['stage']): ProgressStep => ({
  stage,
  stageStatus: 'RUNNING',
  progress: 0,
  stageProgress: 0,
  message: '',
});
const CHECKPOINT = { inputHash: 'of the input', output: { fine: true } };
/** Records the calls that reached it; fails to complete where the test requests it. */
function deskThat(refusal?: AppError) {
  const calls: unknown[][] = [];
  const stageStore: StageStore = {
    checkpoint: async (...call) => {
      calls.push(['checkpoint', ...call]);
      return CHECKPOINT;
    },
    begin: async (...call) => void calls.push(['begin', ...call]),
    report: async (...call) => void calls.push(['report', ...call]),
    note: async (...call) => void calls.push(['note', ...call]),
    complete: async (...call) => {
      if (refusal) throw refusal;
      calls.push(['complete', ...call]);
    },
  };
  return { stageStore, calls };
}

/** The metrics of a run of the stages, and how it ended. */
async function counted(make: (stageStore: StageStore) => Promise<void>, stageStore = deskThat().stageStore) {
  const ends: { stage: string; status: string; seconds: number }[] = [];
  const error = await withStageTiming(stageStore, { metrics: { stageEnded: (end) => ends.push(end) } }, make).catch(
    (thrown: unknown) => thrown,
  );
  return { ends, recorded: ends.map(({ stage, status }) => `${stage} ${status}`), error };
}

describe('The duration of stages', () => {
  it('is recorded for each that started, from its start to its end', async () => {
    const { recorded, ends } = await counted(async (stageStore) => {
      await stageStore.checkpoint('SCRIPT');
      await stageStore.begin(step('SPEECH'), 'local');
      // Time itself is tested.
      await new Promise((resolve) => setTimeout(resolve, 30));
      await stageStore.complete(step('SPEECH'), CHECKPOINT, {});
      await stageStore.begin(step('VISUALS'), 'local');
      await stageStore.complete(step('VISUALS'), CHECKPOINT, {});
    });
    expect(recorded).toEqual(['speech success', 'visuals success']);
    expect(ends[0]?.seconds).toBeGreaterThan(0.025);
    expect(ends[0]?.seconds).toBeLessThan(10);
    expect(ends[1]?.seconds).toBeLessThan(ends[0]?.seconds ?? 0);
  });

  it.each([
    ['failed', new AppError('FFMPEG_FAILED', 'It broke.')],
    ['failed', new TypeError('It is broken.')],
    ['aborted', new AppError('CANCELED', 'The worker is stopping.')],
    ['aborted', new AppError('LEASE_LOST', 'Another worker has it.')],
  ])('is recorded as %s where the run ends with %s', async (status, thrown) => {
    const { recorded, error } = await counted(async (stageStore) => {
      await stageStore.begin(step('SCRIPT'), undefined);
      await stageStore.complete(step('SCRIPT'), CHECKPOINT, {});
      await stageStore.begin(step('ASSEMBLY'), undefined);
      throw thrown;
    });
    expect(recorded).toEqual(['script success', `assembly ${status}`]);
    expect(error).toBe(thrown);
  });

  it('is not recorded as completed where the end could not be written', async () => {
    const refusal = new AppError('LEASE_LOST', 'Another worker has it.');
    const { recorded, error } = await counted(async (stageStore) => {
      await stageStore.begin(step('ASSEMBLY'), undefined);
      await stageStore.complete(step('ASSEMBLY'), CHECKPOINT, {});
    }, deskThat(refusal).stageStore);
    expect(recorded).toEqual(['assembly aborted']);
    expect(error).toBe(refusal);
  });

  it('is not recorded where the run ends between two stages', async () => {
    const { recorded } = await counted(async (stageStore) => {
      await stageStore.begin(step('SCRIPT'), undefined);
      await stageStore.complete(step('SCRIPT'), CHECKPOINT, {});
      throw new AppError('CANCELED', 'The worker is stopping.');
    });
    expect(recorded).toEqual(['script success']);
  });

  it('does not change what is written', async () => {
    const { stageStore, calls } = deskThat();
    const facts = { title: 'Bees' };
    await counted(async (timing) => {
      expect(await timing.checkpoint('SCRIPT')).toBe(CHECKPOINT);
      await timing.begin(step('SCRIPT'), 'local');
      await timing.report(step('SCRIPT'), facts);
      await timing.note(facts);
      await timing.complete(step('SCRIPT'), CHECKPOINT, facts);
    }, stageStore);
    expect(calls).toEqual([
      ['checkpoint', 'SCRIPT'],
      ['begin', step('SCRIPT'), 'local'],
      ['report', step('SCRIPT'), facts],
      ['note', facts],
      ['complete', step('SCRIPT'), CHECKPOINT, facts],
    ]);
  });
});
