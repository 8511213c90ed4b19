import { defaultStageSeconds, WORKLOAD_STAGES, type Workload, type WorkloadStage } from './workload.ts';

/** A video that was made, and how long that took. */
export interface PastRun {
  readonly language: string;
  readonly voiceSpeed: number;
  /** Unicode code points of the narration. */
  readonly characters: number;
  readonly work: Workload;
  /** Of the stages that were worked on, from beginning to end. */
  readonly stageSeconds: { readonly [stage in WorkloadStage]?: number };
}

/**
 * So many makings of a stage weigh as much as what all stages took together. The first making of a process loads fonts and voices,
 * which says more of the machine as a whole than of the stages in which it happened.
 */
const FULL_TRUST_RUNS = 2;
/** Makings most like the one at hand that are looked at. */
const NEAREST = 7;
/** Code points that a voice speaks a second, for languages of which nothing was spoken yet. */
const DENSE_PER_SECOND = 4.5;
const OTHERS_PER_SECOND = 15;
/** Their writing has a character for a syllable or a word. */
const DENSE: ReadonlySet<string> = new Set(['zh', 'yue', 'ja', 'ko']);

/**
 * An estimate of the next making from the latest ones of an installation. For each stage it is the median, so that a making that was
 * held up, or found its work done already, says little; and of those with the most similar amount of work, so that
 * what does not grow with the film is not charged to long films.
 */
export class DurationEstimator {
  /** The latest makings; none on a new installation, which has to go by a table. */
  readonly past: readonly PastRun[];
  /** How many times as long as in the table a whole making takes here. */
  readonly #overallRatio: number;

  constructor(past: readonly PastRun[]) {
    this.past = past;
    this.#overallRatio = median(past.flatMap(ratioOf)) ?? 1;
  }

  /** Seconds that the stage will take, more than 0. */
  stageSeconds(stage: WorkloadStage, work: Workload): number {
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

  /** Of these stages together, all where left out. */
  totalSeconds(work: Workload, stages: readonly WorkloadStage[] = WORKLOAD_STAGES): number {
    return stages.reduce((sum, stage) => sum + this.stageSeconds(stage, work), 0);
  }

  /** How long a text is when it is spoken. */
  spokenSeconds(characters: number, language: string, voiceSpeed: number): number {
    const [base = ''] = language.toLowerCase().split('-');
    const rates = this.past
      .filter((one) => one.language.toLowerCase().split('-')[0] === base && one.characters > 0)
      .map((one) => one.characters / (one.work.filmSeconds * one.voiceSpeed));
    const rate = median(rates) ?? (DENSE.has(base) ? DENSE_PER_SECOND : OTHERS_PER_SECOND);
    return characters / (rate * voiceSpeed);
  }
}

/** None where no stage was worked on. */
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
