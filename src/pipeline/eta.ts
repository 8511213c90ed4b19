import type { DurationEstimator } from '../forecast/duration-estimator.ts';
import type { Workload } from '../forecast/workload.ts';
import { STAGES, type StageName } from './stages.ts';

/**
 * The share of the run after which its own pace weighs as much as that of earlier ones. Early stages are short, and
 * a slow one, for instance because a voice had to be loaded, says little about the assembly, which is most of the work.
 */
const TRUST = 0.3;

/** A run that was delayed for hours says little about the rest. */
const PACE = { least: 0.2, most: 10 } as const;

/** Estimates how long a run will still take: from earlier runs, corrected by the pace of this one. */
export class Eta {
  readonly #estimator: DurationEstimator;
  readonly #now: () => number;
  #work: Workload;
  /** Stages that were worked on in this run; stages finished before it do not count. */
  readonly #stageFinished = new Map<StageName, number>();
  /** Shares of stages that were done before they began. */
  readonly #ahead = new Map<StageName, number>();
  #running: { readonly stage: StageName; readonly begun: number } | undefined;

  /** `now` in seconds. */
  constructor(estimator: DurationEstimator, work: Workload, now: () => number = () => performance.now() / 1_000) {
    this.#estimator = estimator;
    this.#work = work;
    this.#now = now;
  }

  /** Updates the workload with what is known better by now. */
  updateWorkload(work: Partial<Workload>): void {
    this.#work = { ...this.#work, ...work };
  }

  /** Called when a stage begins of which this share (0 to 1) is done already, in the time of earlier stages. */
  doneAhead(stage: StageName, fraction: number): void {
    this.#ahead.set(stage, fraction);
  }

  /** Called when a stage has finished that was really worked on. */
  stageFinished(stage: StageName): void {
    this.#stageFinished.set(stage, this.#elapsed(stage));
    this.#running = undefined;
  }

  /** Whole seconds, at least 1, when this share (0 to 1) of the stage is done. */
  secondsLeft(stage: StageName, fractionOfAll: number): number {
    const ahead = this.#ahead.get(stage) ?? 0;
    // Earlier runs say how long the stage itself takes: the share that is done ahead is no part of that.
    const fraction = ahead < 1 ? Math.max(0, (fractionOfAll - ahead) / (1 - ahead)) : fractionOfAll;
    const elapsed = this.#elapsed(stage);
    const pace = this.#pace(stage, fraction, elapsed);
    const index = STAGES.findIndex(({ name }) => name === stage);
    const later = STAGES.slice(index + 1).reduce((sum, { name }) => sum + this.#expected(name), 0);
    return Math.max(1, Math.round(this.#leftOf(stage, fraction, { elapsed, pace }) + later * pace));
  }

  /** From the recent duration of such stages, and from the progress of this one in its time: the further, the more from the latter. */
  #leftOf(stage: StageName, fraction: number, { elapsed, pace }: { elapsed: number; pace: number }): number {
    const byExperience = this.#expected(stage) * pace * (1 - fraction);
    if (fraction <= 0 || elapsed <= 0) return byExperience;
    const byItself = (elapsed / fraction) * (1 - fraction);
    return (1 - fraction) * byExperience + fraction * byItself;
  }

  /** How much slower (above 1) or faster this run is than estimated. */
  #pace(stage: StageName, fraction: number, elapsed: number): number {
    const all = STAGES.reduce((sum, { name }) => sum + this.#expected(name), 0);
    let expected = this.#expected(stage) * fraction;
    // A stage that has just begun has taken some time without progress, which says nothing.
    let taken = fraction > 0 ? elapsed : 0;
    for (const [name, seconds] of this.#stageFinished) {
      if (name === stage) continue;
      expected += this.#expected(name);
      taken += seconds;
    }
    if (expected <= 0 || taken <= 0) return 1;
    const measured = Math.min(Math.max(taken / expected, PACE.least), PACE.most);
    return measured ** (expected / (expected + TRUST * all));
  }

  /** Seconds since this was first called for the stage, which is when it begins. */
  #elapsed(stage: StageName): number {
    const done = this.#stageFinished.get(stage);
    if (done !== undefined) return done;
    if (this.#running?.stage !== stage) this.#running = { stage, begun: this.#now() };
    return this.#now() - this.#running.begun;
  }

  #expected(stage: StageName): number {
    return this.#estimator.stageSeconds(stage, this.#work);
  }
}
