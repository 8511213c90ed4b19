import { describe, expect, it } from 'vitest';
import { DurationEstimator, type PastRun } from '../forecast/duration-estimator.ts';
import { WORKLOAD_STAGES, type Workload } from '../forecast/workload.ts';
import { Eta } from './eta.ts';

/** A stage that was added after the runs were recorded took no time. */
type Seconds = PastRun['stageSeconds'];

/** A machine of constant speed: synthetic, in the proportions of two cores, with the variation of real runs. */
const STEADY: readonly { readonly work: Workload; readonly seconds: Seconds }[] = [
  [12.4, 3, 0.92, { SCRIPT: 0.2, SPEECH: 1.1, VISUALS: 1.6, CAPTIONS: 0.2, ASSEMBLY: 5.2, ANALYSIS: 1 }],
  [38.1, 8, 0.92, { SCRIPT: 0.2, SPEECH: 2.4, VISUALS: 4.1, CAPTIONS: 0.3, ASSEMBLY: 17.9, ANALYSIS: 2 }],
  [61, 12, 0.92, { SCRIPT: 0.3, SPEECH: 3.9, VISUALS: 6.4, CAPTIONS: 0.3, ASSEMBLY: 27.2, ANALYSIS: 3.1 }],
  [158, 30, 0.92, { SCRIPT: 0.3, SPEECH: 9.6, VISUALS: 15.8, CAPTIONS: 0.6, ASSEMBLY: 70.4, ANALYSIS: 7.2 }],
  [60, 11, 2.07, { SCRIPT: 0.3, SPEECH: 3.8, VISUALS: 10.9, CAPTIONS: 0.3, ASSEMBLY: 55.6, ANALYSIS: 6 }],
  [21.7, 5, 0.23, { SCRIPT: 0.2, SPEECH: 1.5, VISUALS: 1.3, CAPTIONS: 0.2, ASSEMBLY: 3.6, ANALYSIS: 0.7 }],
].map(([filmSeconds, scenes, megapixels, seconds]) => ({
  work: { filmSeconds, scenes, megapixels } as Workload,
  seconds: seconds as Seconds,
}));

/**
 * Runs that `bench/eta/main.ts` recorded on two cores shared with a dozen other programs, so that the speed changed several times
 * over from one stage to the next: characters, seconds of film, scenes, megapixels, and seconds of each stage.
 */
const RECORDED: readonly PastRun[] = (
  [
    [575, 51.68, 1, 0.9216, [0.057, 2.258, 1.052, 0.08, 36.22, 3.782]],
    [864, 75.28, 2, 0.2304, [0.19, 13.636, 1.612, 0.104, 11.26, 2.167]],
    [303, 26.24, 1, 0.9216, [0.128, 10.159, 1.955, 0.127, 22.751, 3.105]],
    [1650, 142.56, 3, 0.9216, [0.531, 55.777, 4.682, 0.653, 77.24, 3.613]],
    [486, 41.16, 1, 2.0736, [0.051, 2.002, 0.865, 0.028, 117.191, 5.504]],
    [256, 21.44, 1, 0.2304, [0.032, 1.786, 0.294, 0.1, 6.883, 2.029]],
    [670, 55.8, 2, 0.9216, [0.057, 2.261, 0.58, 0.12, 22.869, 3.61]],
    [922, 78.04, 2, 0.2304, [0.149, 9.245, 0.777, 0.131, 13.522, 2.64]],
    [294, 23.64, 1, 0.9216, [0.349, 10.414, 4.709, 0.457, 27.268, 3.007]],
  ] as const
).map(([characters, filmSeconds, scenes, megapixels, [SCRIPT, SPEECH, VISUALS, CAPTIONS, ASSEMBLY, ANALYSIS]]) => ({
  language: 'en',
  voiceSpeed: 1,
  characters,
  work: { filmSeconds, scenes, megapixels },
  stageSeconds: { SCRIPT, SPEECH, VISUALS, CAPTIONS, ASSEMBLY, ANALYSIS },
}));

function steady(index: number): (typeof STEADY)[number] {
  const run = STEADY[index];
  if (!run) throw new TypeError(`There is no run ${index}.`);
  return run;
}

const past = ({ work, seconds }: (typeof STEADY)[number]): PastRun => ({
  language: 'en',
  voiceSpeed: 1,
  characters: 14 * work.filmSeconds,
  work,
  stageSeconds: seconds,
});

/** Simulates a run with these durations, and returns |said − real| / real at each tenth of each stage. */
function errorsOf(estimator: DurationEstimator, work: Workload, seconds: Seconds): number[] {
  let now = 0;
  const eta = new Eta(estimator, work, () => now);
  const whole = WORKLOAD_STAGES.reduce((sum, stage) => sum + (seconds[stage] ?? 0), 0);
  const errors: number[] = [];
  for (const stage of WORKLOAD_STAGES) {
    const begun = now;
    for (let tenth = 0; tenth <= 10; tenth++) {
      now = begun + (tenth / 10) * (seconds[stage] ?? 0);
      const said = eta.secondsLeft(stage, tenth / 10);
      const real = whole - now;
      // Below some seconds, rounding to whole seconds is most of the error.
      if (real >= 4) errors.push(Math.abs(said - real) / real);
    }
    eta.stageFinished(stage);
  }
  return errors;
}

const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
const times = (seconds: Seconds, factor: number): Seconds =>
  Object.fromEntries(Object.entries(seconds).map(([stage, each]) => [stage, factor * each]));

describe('The time left', () => {
  it.each(STEADY.map((run, index) => ({ ...run, index })))(
    'of a film of $work.filmSeconds s and $work.megapixels megapixels is estimated from the other runs of this installation',
    ({ work, seconds, index }) => {
      const others = new DurationEstimator(STEADY.filter((_, other) => other !== index).map(past));
      expect(median(errorsOf(others, work, seconds))).toBeLessThan(0.25);
    },
  );

  it('is estimated better from earlier runs than from the table, also where the speed changes from stage to stage', () => {
    const errors = (experienceOf: (index: number) => DurationEstimator) =>
      RECORDED.flatMap(({ work, stageSeconds }, index) => errorsOf(experienceOf(index), work, stageSeconds));
    const learned = median(errors((index) => new DurationEstimator(RECORDED.filter((_, other) => other !== index))));
    const tabled = median(errors(() => new DurationEstimator([])));
    expect(learned).toBeLessThan(0.35);
    expect(learned).toBeLessThan(tabled / 1.2);
  });

  it('is estimated on a machine five times as slow after one video', () => {
    for (const { work, seconds } of STEADY) {
      const slow = new DurationEstimator([past({ work: steady(1).work, seconds: times(steady(1).seconds, 5) })]);
      expect(median(errorsOf(slow, work, times(seconds, 5)))).toBeLessThan(0.4);
    }
  });

  it('is corrected within one video where the machine is suddenly busy', () => {
    const estimator = new DurationEstimator(STEADY.map(past));
    const { work, seconds } = steady(3);
    const errors = errorsOf(estimator, work, times(seconds, 3));
    expect(median(errors.slice(-10))).toBeLessThan(0.25);
    expect(median(errors.slice(-10))).toBeLessThan(median(errors.slice(0, 10)));
  });

  it('is not distorted by one delayed run', () => {
    const { work, seconds } = steady(2);
    const held = past({ work, seconds: times(seconds, 200) });
    const estimator = new DurationEstimator([held, ...STEADY.filter((_, index) => index !== 2).map(past)]);
    expect(median(errorsOf(estimator, work, seconds))).toBeLessThan(0.25);
  });

  it('is given from the first video on, is at least 1, and stays bounded when a stage makes no progress', () => {
    let now = 0;
    const { work } = steady(2);
    const eta = new Eta(new DurationEstimator([]), work, () => now);
    const first = eta.secondsLeft('SCRIPT', 0);
    expect(first).toBeGreaterThan(10);
    now = 100_000;
    eta.stageFinished('SCRIPT');
    expect(eta.secondsLeft('SPEECH', 0)).toBeLessThanOrEqual(10 * first);
    eta.stageFinished('ASSEMBLY');
    expect(eta.secondsLeft('ANALYSIS', 1)).toBe(1);
  });

  it('of a stage that was done ahead in part is that of the rest', () => {
    let now = 0;
    const eta = new Eta(new DurationEstimator([]), { filmSeconds: 60, scenes: 100, megapixels: 0.92 }, () => now);
    const begins = eta.secondsLeft('VISUALS', 0);
    eta.doneAhead('VISUALS', 0.6);
    expect(eta.secondsLeft('VISUALS', 0.6)).toBe(begins);
    now = 0.5 * eta.secondsLeft('VISUALS', 0.6);
    expect(eta.secondsLeft('VISUALS', 0.8)).toBeLessThan(begins);
    const later = eta.secondsLeft('VISUALS', 1);
    eta.doneAhead('VISUALS', 1);
    expect(eta.secondsLeft('VISUALS', 1)).toBe(later);
  });

  it('grows with what becomes known about the film', () => {
    const eta = new Eta(new DurationEstimator([]), { filmSeconds: 30, scenes: 5, megapixels: 0.92 }, () => 0);
    const before = eta.secondsLeft('ASSEMBLY', 0);
    eta.updateWorkload({ filmSeconds: 300 });
    expect(eta.secondsLeft('ASSEMBLY', 0)).toBeGreaterThan(5 * before);
  });
});

describe('The length of a spoken text', () => {
  it('is estimated from earlier speech in that language, at any pace, and from a table without any', () => {
    const german = { ...past(steady(0)), language: 'de-AT', characters: 124, voiceSpeed: 2 };
    const estimator = new DurationEstimator([german, past(steady(3))]);
    expect(estimator.spokenSeconds(50, 'de', 1)).toBeCloseTo(10, 5);
    expect(estimator.spokenSeconds(50, 'de', 2)).toBeCloseTo(5, 5);
    expect(estimator.spokenSeconds(140, 'en-GB', 1)).toBeCloseTo(10, 5);
    expect(estimator.spokenSeconds(45, 'zh-TW', 1)).toBeCloseTo(10, 5);
  });
});
