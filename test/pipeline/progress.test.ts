import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { DurationEstimator } from '../../src/forecast/duration-estimator.ts';
import { Eta } from '../../src/pipeline/eta.ts';
import { Reporter } from '../../src/pipeline/reporter.ts';
import { overallProgress, STAGES, stageAfter } from '../../src/pipeline/stages.ts';
import { RecordingStageStore } from './pipeline-fixture.ts';

describe('Progress of the whole', () => {
  it('begins each stage at its documented value', () => {
    expect(STAGES.map(({ name }) => overallProgress(name, 0))).toEqual(STAGES.map(({ begin }) => begin));
  });

  it('ends each stage where the next one begins, and reserves 100 for the finished video', () => {
    const ends = [...STAGES.slice(1).map(({ begin }) => begin), 99];
    expect(STAGES.map(({ name }) => overallProgress(name, 1))).toEqual(ends);
  });

  it('rises evenly within a stage, and stays within it for all values', () => {
    expect([0.25, 0.5, 0.75].map((fraction) => overallProgress('VISUALS', fraction))).toEqual([56, 62, 68]);
    expect([-1, 2].map((fraction) => overallProgress('VISUALS', fraction))).toEqual([50, 75]);
  });

  it('goes from stage to stage, and stays at the last', () => {
    const names = STAGES.map(({ name }) => name);
    expect(names.map(stageAfter)).toEqual([...names.slice(1), 'ANALYSIS']);
  });
});

describe('Reports', () => {
  let stageStore: RecordingStageStore;
  let failures: unknown[];
  let report: Reporter;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    stageStore = new RecordingStageStore();
    failures = [];
    report = new Reporter(
      stageStore,
      'ASSEMBLY',
      new Eta(new DurationEstimator([]), { filmSeconds: 30, scenes: 5, megapixels: 0.92 }),
      (thrown) => failures.push(thrown),
    );
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const sent = async () => {
    await report.settled();
    return stageStore.steps.map(({ stageProgress }) => stageProgress);
  };

  it('are sent at most each 400 ms where they may be skipped', async () => {
    for (let tick = 1; tick <= 100; tick++) {
      report.tick(tick / 100, `${tick} %.`);
      vi.advanceTimersByTime(20);
    }
    expect(await sent()).toEqual([1, 21, 41, 61, 81]);
  });

  it('never decrease', async () => {
    for (const fraction of [0.5, 0.2, 0.5, 0.6]) {
      report.tick(fraction, 'Working.');
      vi.advanceTimersByTime(1_000);
    }
    await report.scene(0.3, 'A late scene.', { index: 0, count: 3 }, {});
    expect(await sent()).toEqual([50, 60, 60]);
    expect(stageStore.steps.map(({ progress }) => progress)).toEqual([88, 90, 90]);
  });

  it('of finished scenes are all sent, with their results, in order', async () => {
    const tell = (index: number) =>
      report.scene(
        (index + 1) / 3,
        `Scene ${index}.`,
        { index, count: 3 },
        { drawnScene: { id: `${index}`, imageKey: 'k' } },
      );
    await Promise.all([0, 1, 2].map(tell));
    expect(stageStore.steps.map(({ sceneIndex, sceneCount, message }) => [sceneIndex, sceneCount, message])).toEqual([
      [0, 3, 'Scene 0.'],
      [1, 3, 'Scene 1.'],
      [2, 3, 'Scene 2.'],
    ]);
    expect(stageStore.facts.map(({ drawnScene }) => drawnScene?.id)).toEqual(['0', '1', '2']);
    for (const { etaSeconds } of stageStore.steps) expect(etaSeconds).toBeGreaterThanOrEqual(1);
  });

  it('that the store refuses end the work with its error', async () => {
    stageStore.refuse = new AppError('LEASE_LOST', 'Gone.');
    report.tick(0.5, 'Half.');
    await report.settled();
    expect(failures).toEqual([stageStore.refuse]);
    await expect(report.scene(0.6, 'A scene.', { index: 0, count: 1 }, {})).rejects.toBe(stageStore.refuse);
  });
});
