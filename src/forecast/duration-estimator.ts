import type { PipelineStage } from '../entities/enums.ts';
import { defaultStageSeconds, WORKLOAD_STAGES, type Workload } from './workload.ts';

/** A finished video and its durations. */
export interface PastRun {
  readonly language: string;
  readonly voiceSpeed: number;
  /** Unicode code points of the narration. */
  readonly characters: number;
  readonly work: Workload;
  /** Of the stages that were worked on, from start to end. */
  readonly stageSeconds: { readonly [stage in PipelineStage]?: number };
}

/**
 * Runs of a stage needed to weigh as much as the average over all stages. The first run of a process loads fonts and voices,
 * which says more about the machine as a whole than about the stages in which it happened.
 */
const FULL_TRUST_RUNS = 2;
/** How many of the most similar runs are used. */
const NEAREST = 7;
/** Code points per second of a voice, for languages without earlier runs. */
const DENSE_PER_SECOND = 4.5;
const OTHERS_PER_SECOND = 15;
/** Languages whose writing has a character for a syllable or a word. */
const DENSE: ReadonlySet<string> = new Set(['zh', 'yue', 'ja', 'ko']);

/**
 * An estimate of the next run from the latest ones of an installation. For each stage it is the median, so that a run that was
 * delayed, or whose work was already done, has little influence; and of those with the most similar amount of work, so that
 * a constant duration is not scaled up for long films.
 */
export class DurationEstimator {
  /** The latest runs; none on a new installation, which has to use a table. */
  readonly past: readonly PastRun[];
  /** The factor between a whole run here and in the table. */
  readonly #overallRatio: number;

  constructor(past: readonly PastRun[]) {
    this.past = past;
    this.#overallRatio = median(past.flatMap(ratioOf)) ?? 1;
  }

  /** Seconds that the stage will take, more than 0. */
  stageSeconds(stage: PipelineStage, work: Workload): number {
    const tabled = defaultStageSeconds(stage, work);
    const nearest = this.past
      .flatMap(({ work: one, stageSeconds }) => {
        const seconds = stageSeconds[stage];
        return seconds === undefined || seconds <= 0 ? [] : [{ seconds, tabled: defaultStageSeconds(stage, one) }];
      })
      .map((one) => ({ ratio: one.seconds / one.tabled, distance: Math.abs(Math.log(one.tabled / tabled)) }))
      .toSorted((one, other) => one.distance - other.distance)
      .slice(0, NEAREST);
    const stageRatio = median(nearest.map(({ ratio }) => ratio));
    if (stageRatio === undefined) return tabled * this.#overallRatio;
    const trust = nearest.length / (nearest.length + FULL_TRUST_RUNS);
    return tabled * stageRatio ** trust * this.#overallRatio ** (1 - trust);
  }

  /** Of these stages together, by default all. */
  totalSeconds(work: Workload, stages: readonly PipelineStage[] = WORKLOAD_STAGES): number {
    return stages.reduce((sum, stage) => sum + this.stageSeconds(stage, work), 0);
  }

  /** Estimated length of a text when it is spoken. */
  spokenSeconds(characters: number, language: string, voiceSpeed: number): number {
    const [base = ''] = language.toLowerCase().split('-');
    const rates = this.past
      .filter((one) => one.language.toLowerCase().split('-')[0] === base && one.characters > 0)
      .map((one) => one.characters / (one.work.filmSeconds * one.voiceSpeed));
    const rate = median(rates) ?? (DENSE.has(base) ? DENSE_PER_SECOND : OTHERS_PER_SECOND);
    return characters / (rate * voiceSpeed);
  }
}

/** Undefined where no stage was worked on. */
function ratioOf({ work, stageSeconds }: PastRun): number[] {
  const done = WORKLOAD_STAGES.filter((stage) => (stageSeconds[stage] ?? 0) > 0);
  const taken = done.reduce((sum, stage) => sum + (stageSeconds[stage] ?? 0), 0);
  const tabled = done.reduce((sum, stage) => sum + defaultStageSeconds(stage, work), 0);
  return tabled > 0 ? [taken / tabled] : [];
}

/** Undefined where there is none. */
function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}
