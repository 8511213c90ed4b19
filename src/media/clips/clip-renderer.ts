import { join } from 'node:path';
import { Semaphore } from '../../concurrency/semaphore.ts';
import { SingleFlight } from '../../concurrency/single-flight.ts';
import type { GroundPainter } from '../../overlays/ground.ts';
import type { OverlayPainter } from '../../overlays/overlay-track.ts';
import type { FilmFormat } from '../film/film.ts';
import type { FfmpegRunner } from '../process/limited-ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';
import type { CaptionPainter } from './caption-track.ts';
import { type BodyClip, type Clip, clipKey } from './clip.ts';
import { ClipGraph, type WrittenTrack } from './clip-graph.ts';
import { drawGrounds } from './draw-grounds.ts';
import { drawOverlays } from './draw-overlays.ts';
import { videoEncoding } from './encoder.ts';
import type { ClipCache } from './file-clip-cache.ts';

export interface ClipRendererParts {
  /** Encodes at most `parallel` clips at once. */
  readonly ffmpeg: FfmpegRunner;
  readonly captions: CaptionPainter;
  readonly overlays: OverlayPainter;
  readonly grounds: GroundPainter;
  readonly clips: ClipCache;
  readonly tempDir: string;
  readonly parallel: number;
}

/** A finished clip; `made` is false where it was in the cache. */
export interface ReadyClip {
  readonly path: string;
  readonly frames: number;
  readonly made: boolean;
}

type OnFraction = (fraction: number) => void;

/**
 * Finds clips in the cache or renders them; concurrent requests for one clip render it once. Each clip has its own run
 * of FFmpeg: several clips in one run save the program's start and the decoding of a picture, but lose that time again
 * because frames wait for the slowest clip, and each clip holds 50 to 100 MB until the run ends.
 *
 * One clip more than are encoded is in work: its captions and overlays are drawn while FFmpeg encodes another one, because
 * one FFmpeg does not use two cores.
 */
export class ClipRenderer {
  readonly #parts: ClipRendererParts;
  readonly #inWork: Semaphore;
  readonly #running = new Map<string, SingleFlight<ReadyClip>>();

  constructor(parts: ClipRendererParts) {
    this.#parts = parts;
    this.#inWork = new Semaphore(parts.parallel + 1);
  }

  /** Returns the clip, rendering it if it is missing. `onFraction` gets 0 to 1. */
  async ready(clip: Clip, format: FilmFormat, signal: AbortSignal, onFraction: OnFraction): Promise<ReadyClip> {
    const { version } = await this.#parts.ffmpeg.version();
    const key = clipKey(clip, format, version);
    const running = this.#running.get(key);
    const work = running === undefined || running.abandoned ? this.#start(key, clip, format) : running;
    return await work.wait(signal, onFraction);
  }

  #start(key: string, clip: Clip, format: FilmFormat): SingleFlight<ReadyClip> {
    const work: SingleFlight<ReadyClip> = new SingleFlight(async (signal, onFraction) => {
      try {
        return await this.#findOrRender(key, clip, format, signal, onFraction);
      } finally {
        if (this.#running.get(key) === work) this.#running.delete(key);
      }
    });
    this.#running.set(key, work);
    return work;
  }

  async #findOrRender(
    key: string,
    clip: Clip,
    format: FilmFormat,
    signal: AbortSignal,
    onFraction: OnFraction,
  ): Promise<ReadyClip> {
    const { clips, tempDir } = this.#parts;
    const { frames } = clip;
    const found = await clips.find(key);
    if (found !== null) return { path: found, frames, made: false };
    const path = await this.#inWork.use(signal, () =>
      withWorkFolder(tempDir, async (folder) => {
        const rendered = join(folder, `${key}.mp4`);
        await this.#render(clip, format, rendered, signal, onFraction);
        return await clips.keep(key, rendered);
      }),
    );
    return { path, frames, made: true };
  }

  async #render(
    clip: Clip,
    format: FilmFormat,
    outputPath: string,
    signal: AbortSignal,
    onFraction: OnFraction,
  ): Promise<void> {
    const grounds = await drawGrounds(this.#parts.grounds, clip, outputPath, signal);
    const graph = new ClipGraph(format, grounds);
    const label = graph.add(clip, await this.#draw(clip, format, outputPath, signal));
    const output = ['-map', label, ...videoEncoding(format.rhythm.frameRate), `file:${outputPath}`];
    const onProgress = ({ frames }: { frames: number }): void => onFraction(Math.min(1, frames / clip.frames));
    await this.#parts.ffmpeg.run([...graph.arguments(), ...output], { signal, onProgress });
  }

  /** Captions lie over everything else. */
  async #draw(clip: Clip, format: FilmFormat, prefix: string, signal: AbortSignal): Promise<WrittenTrack[]> {
    if (clip.kind !== 'body') return [];
    const overlays = await drawOverlays(this.#parts.overlays, clip, format, prefix, signal);
    const captions = await this.#drawCaptions(clip, format, prefix, signal);
    return captions === null ? overlays : [...overlays, captions];
  }

  async #drawCaptions(
    { cues }: BodyClip,
    format: FilmFormat,
    prefix: string,
    signal: AbortSignal,
  ): Promise<WrittenTrack | null> {
    const { captionLook: look, size, language, rhythm } = format;
    const [first, ...others] = cues;
    if (look === null || first === undefined) return null;
    const path = `${prefix}-captions.rgba`;
    const order = { cues: [first, ...others], size, language, look, frameRate: rhythm.frameRate } as const;
    return { track: await this.#parts.captions.paint(order, path, signal), path };
  }
}
