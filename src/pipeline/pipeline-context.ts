import type { DurationEstimator } from '../forecast/duration-estimator.ts';
import type { CaptionLayout } from '../media/captions/film-captions.ts';
import type { ExpectedFilm, FilmQuality } from '../media/checks/film-quality.ts';
import type { FrameSize } from '../media/film/film.ts';
import type { FilmAssembler } from '../media/film/film-assembler.ts';
import type { FilmPlan } from '../media/film/film-plan.ts';
import type { LedgeredProviders } from '../providers/ledgered.ts';
import type { Storage } from '../storage/storage.ts';
import type { ClipPrefetcher } from './clip-prefetcher.ts';
import type { Eta } from './eta.ts';
import type { StageStore } from './stage-store.ts';
import type { VideoSpec } from './video-spec.ts';

/** The machines that a making uses; shared by all videos of a worker. */
export interface Tools {
  readonly storage: Storage;
  readonly filmAssembler: FilmAssembler;
  readonly captions: CaptionLayout;
  /** Checks a finished film; a film that is not as ordered has problems, each a sentence. */
  inspect(path: string, expected: ExpectedFilm, signal: AbortSignal): Promise<FilmQuality>;
  /** Makes a JPEG of a telling frame of the film. */
  poster(order: {
    filmPath: string;
    plan: FilmPlan;
    frameRate: number;
    outputPath: string;
    signal: AbortSignal;
  }): Promise<string>;
  /** Height at the bottom of a frame that burned-in captions cover, in pixels. */
  captionSafeHeight(size: FrameSize): number;
  /** Size in which a picture fits a frame best. */
  pictureSize(size: FrameSize): FrameSize;
  /** Folder for unfinished work; what is in it after a crash may be deleted. */
  readonly tempDir: string;
}

/** One making of one video. */
export interface PipelineRun {
  readonly videoSpec: VideoSpec;
  readonly stageStore: StageStore;
  /** Every call goes through the ledger of this making. */
  readonly providers: LedgeredProviders;
  readonly tools: Tools;
  /** What earlier makings took. */
  readonly estimator: DurationEstimator;
  /** Aborted when the lease is lost, the video is deleted or the worker stops. */
  readonly signal: AbortSignal;
  /** Aborted when the worker will stop: the stage under way is finished, the next not begun. */
  readonly stopAfterStage: AbortSignal;
}

/** A job under way. */
export interface PipelineContext extends PipelineRun {
  readonly eta: Eta;
  readonly clipPrefetcher: ClipPrefetcher;
}
