import type { StageName } from './stages.ts';

/** The checkpoint of a finished stage: made from inputs with that hash, it need not be made again. */
export interface Checkpoint {
  readonly inputHash: string;
  readonly output: object;
}

/** An event as clients see it. */
export interface ProgressStep {
  readonly stage: StageName;
  readonly stageStatus: 'RUNNING' | 'COMPLETED';
  /** Progress of the whole video, 0 to 100. */
  readonly progress: number;
  /** Progress of the stage, 0 to 100. */
  readonly stageProgress: number;
  readonly message: string;
  readonly sceneIndex?: number;
  readonly sceneCount?: number;
  readonly etaSeconds?: number;
  /** Who has made the stage's content so far: names of providers. */
  readonly provider?: string;
  /** Why the stage's content is not from the provider that is tried first. */
  readonly notice?: { readonly code: string; readonly message: string };
}

/** Properties of a video that become visible with an event. */
export interface VideoFacts {
  readonly title?: string;
  readonly script?: string;
  readonly scenes?: readonly { readonly id: string; readonly narration: string; readonly visualPrompt: string }[];
  readonly voicedScene?: { readonly id: string; readonly audioKey: string; readonly durationSeconds: number };
  readonly drawnScene?: { readonly id: string; readonly imageKey: string };
  readonly captions?: { readonly srt: string; readonly vtt: string; readonly ass: string };
  /** The file itself only once it has passed its checks. */
  readonly film?: {
    readonly durationSeconds: number;
    readonly thumbnailKey: string;
    readonly fileKey?: string;
    readonly fileSize?: number;
  };
  readonly quality?: QualityFacts;
  readonly analysis?: AnalysisFacts;
  readonly seo?: { readonly title: string; readonly description: string; readonly keywords: readonly string[] };
}

export interface QualityFacts {
  readonly passed: boolean;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly videoCodec: string;
  readonly audioCodec: string | null;
  readonly integratedLoudnessLufs: number | null;
  readonly problems: readonly string[];
}

export interface AnalysisFacts {
  readonly summary: string;
  readonly suggestedTitle: string;
  readonly suggestedDescription: string;
  readonly suggestedTags: readonly string[];
  readonly chapters: readonly { readonly title: string; readonly startSeconds: number }[];
}

/**
 * Where a worker writes its progress. Each call is one transaction that also checks that the worker still holds
 * the video's lease; it throws LEASE_LOST where it does not, and then nothing was written.
 */
export interface StageStore {
  checkpoint(stage: StageName): Promise<Checkpoint | null>;
  /** The stage begins, with a new attempt. */
  begin(step: ProgressStep, provider: string | undefined): Promise<void>;
  report(step: ProgressStep, facts: VideoFacts): Promise<void>;
  /** Stores facts without an event. */
  note(facts: VideoFacts): Promise<void>;
  /** Stores checkpoint, facts and event together. */
  complete(step: ProgressStep, checkpoint: Checkpoint, facts: VideoFacts): Promise<void>;
}
