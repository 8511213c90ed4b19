import { PipelineStage, valuesOf } from '../entities/enums.ts';

const LONG_SIDE_RATIO = 16 / 9;
const SHORT_SIDE = { SD_480: 480, HD_720: 720, FULL_HD_1080: 1080 } as const;

export interface Frame {
  readonly aspectRatio: 'LANDSCAPE_16_9' | 'PORTRAIT_9_16' | 'SQUARE_1_1';
  readonly resolution: keyof typeof SHORT_SIDE;
}

/** Millions of pixels of a frame. */
export function frameMegapixels({ aspectRatio, resolution }: Frame): number {
  const short = SHORT_SIDE[resolution];
  return (short * short * (aspectRatio === 'SQUARE_1_1' ? 1 : LONG_SIDE_RATIO)) / 1e6;
}

/** The stages of making a video, in order. */
export const WORKLOAD_STAGES = valuesOf(PipelineStage);

/** What determines how long the making of a video takes. */
export interface Workload {
  /** Length of the film. */
  readonly filmSeconds: number;
  readonly scenes: number;
  /** Millions of pixels of a frame. */
  readonly megapixels: number;
}

/**
 * Seconds of each stage with the built-in providers on two cores, measured once. Only a new installation relies on
 * them; any other scales them by the durations of its own stages, so that the proportions between small and large work matter most.
 */
const SECONDS: Readonly<Record<PipelineStage, (work: Workload) => number>> = {
  SCRIPT: () => 0.15,
  SPEECH: ({ filmSeconds }) => 0.3 + 0.03 * filmSeconds,
  VISUALS: ({ scenes, megapixels }) => 0.2 + (0.1 + 0.15 * megapixels) * scenes,
  CAPTIONS: ({ filmSeconds }) => 0.1 + 0.001 * filmSeconds,
  ASSEMBLY: ({ filmSeconds, megapixels }) => 0.5 + (0.03 + 0.18 * megapixels) * filmSeconds,
  ANALYSIS: ({ filmSeconds, megapixels }) => 0.3 + (0.005 + 0.01 * megapixels) * filmSeconds,
};

/** Seconds that the stage takes by that table; more than 0. */
export function defaultStageSeconds(stage: PipelineStage, work: Workload): number {
  return SECONDS[stage](work);
}

/** Built-in films change their picture about this often. */
const SECONDS_PER_SCENE = 6;

export function scenesIn(filmSeconds: number): number {
  return Math.max(1, Math.round(filmSeconds / SECONDS_PER_SCENE));
}
