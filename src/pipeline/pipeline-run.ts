import type { DurationEstimator } from '../forecast/duration-estimator.ts';
import type { CaptionLayout } from '../media/captions/film-captions.ts';
import type { ExpectedFilm, FilmQuality } from '../media/checks/film-quality.ts';
import type { CaptionStyle, FrameSize } from '../media/film/film.ts';
import type { FilmAssembler } from '../media/film/film-assembler.ts';
import type { PosterRequest } from '../media/film/poster.ts';
import type { PreviewRequest } from '../media/film/preview.ts';
import type { ProviderChains } from '../providers/chains.ts';
import type { OverlayDesigner } from '../providers/ports.ts';
import type { Storage } from '../storage/storage.ts';
import type { StageStore } from './stage-store.ts';
import type { VideoSpec } from './video-spec.ts';

/** The media components that runs use; shared by all videos of a worker. */
export interface Tools {
  readonly storage: Storage;
  readonly filmAssembler: FilmAssembler;
  readonly captions: CaptionLayout;
  readonly overlays: OverlayDesigner;
  /** Checks a finished film; each problem is a sentence, for a film that differs from its spec. */
  inspect(path: string, expected: ExpectedFilm, signal: AbortSignal): Promise<FilmQuality>;
  /** Makes a JPEG of the film's most telling picture. */
  poster(order: PosterRequest): Promise<string>;
  /** A small film without sound, for providers that look at it; null where it would have more bytes than allowed. */
  preview(request: PreviewRequest): Promise<Uint8Array | null>;
  /** Height at the bottom of a frame that burned-in captions cover, in pixels. */
  captionSafeHeight(size: FrameSize, style: CaptionStyle): number;
  /** The colour, "#rrggbb", that marks spoken words in the captions of a video; one of its palette, light enough for dark letters. */
  captionHighlight(videoId: string, visualStyle: string | undefined): string;
  /** The picture size that fits a frame best. */
  pictureSize(size: FrameSize): FrameSize;
  /** Folder for unfinished work; its content may be deleted after a crash. */
  readonly tempDir: string;
}

/** One run of one video. */
export interface PipelineRun {
  readonly videoSpec: VideoSpec;
  readonly stageStore: StageStore;
  /** Every call goes through the ledger of this run. */
  readonly providers: ProviderChains;
  readonly tools: Tools;
  /** Durations of earlier runs. */
  readonly estimator: DurationEstimator;
  /** Aborted when the lease is lost, the video is deleted or the worker stops. */
  readonly signal: AbortSignal;
  /** Aborted when the worker will stop: the current stage is finished, the next not begun. */
  readonly stopAfterStage: AbortSignal;
}
