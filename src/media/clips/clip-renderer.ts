import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Semaphore } from '../../concurrency/semaphore.ts';
import { SingleFlight } from '../../concurrency/single-flight.ts';
import { AppError } from '../../errors.ts';
import type { CaptionPainter } from '../captions/caption-painter.ts';
import type { FilmFormat } from '../film/film.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';
import { type Clip, clipKey } from './clip.ts';
import { ClipGraph, type PaintedCue } from './clip-graph.ts';
import { videoEncoding } from './encoder.ts';
import type { ClipCache } from './file-clip-cache.ts';

export interface ClipRendererParts {
  readonly ffmpeg: Ffmpeg;
  readonly captions: CaptionPainter;
  readonly clips: ClipCache;
  readonly tempDir: string;
  readonly semaphore: Semaphore;
}

/** A clip that lies ready; `made` is false where it was there before. */
export interface ReadyClip {
  readonly path: string;
  readonly frames: number;
  readonly made: boolean;
}

interface NamedClip {
  readonly key: string;
  readonly clip: Clip;
}

type ReadyClips = ReadonlyMap<string, ReadyClip>;
type OnFraction = (fraction: number) => void;

/** Finds clips in the cache or makes them; however many ask for one clip at a time, it is made once. */
export class ClipRenderer {
  readonly #parts: ClipRendererParts;
  readonly #running = new Map<string, SingleFlight<ReadyClips>>();

  constructor(parts: ClipRendererParts) {
    this.#parts = parts;
  }

  /** The clips in the order asked for; those that are missing are made in one run of FFmpeg. */
  async ready(
    clips: readonly Clip[],
    format: FilmFormat,
    signal: AbortSignal,
    onFraction: OnFraction,
  ): Promise<ReadyClip[]> {
    const { version } = await this.#parts.ffmpeg.version();
    const named = clips.map((clip) => ({ key: clipKey(clip, format, version), clip }));
    const works = this.#join(named, format);
    const parts = [...works].map((work) => work.wait(signal, onFraction));
    await Promise.allSettled(parts);
    const found = new Map((await Promise.all(parts)).flatMap((ready) => [...ready]));
    return named.map(({ key }) => {
      const ready = found.get(key);
      if (ready === undefined) throw new AppError('INTERNAL_ERROR', 'A clip went missing while it was made.');
      return ready;
    });
  }

  /** The works that will bring these clips: those that run already, and a new one for the rest. */
  #join(named: readonly NamedClip[], format: FilmFormat): Set<SingleFlight<ReadyClips>> {
    const works = new Set<SingleFlight<ReadyClips>>();
    const rest: NamedClip[] = [];
    for (const one of named) {
      const running = this.#running.get(one.key);
      if (running === undefined || running.abandoned) rest.push(one);
      else works.add(running);
    }
    if (rest.length > 0) works.add(this.#start(rest, format));
    return works;
  }

  #start(named: readonly NamedClip[], format: FilmFormat): SingleFlight<ReadyClips> {
    const work: SingleFlight<ReadyClips> = new SingleFlight(async (signal, onFraction) => {
      try {
        return await this.#findOrMake(named, format, signal, onFraction);
      } finally {
        for (const { key } of named) if (this.#running.get(key) === work) this.#running.delete(key);
      }
    });
    for (const { key } of named) this.#running.set(key, work);
    return work;
  }

  async #findOrMake(
    named: readonly NamedClip[],
    format: FilmFormat,
    signal: AbortSignal,
    onFraction: OnFraction,
  ): Promise<ReadyClips> {
    const ready = new Map<string, ReadyClip>();
    for (const { key, clip } of named) {
      const path = await this.#parts.clips.find(key);
      if (path !== null) ready.set(key, { path, frames: clip.frames, made: false });
    }
    const missing = named.filter(({ key }) => !ready.has(key));
    if (missing.length === 0) return ready;
    const { semaphore, tempDir } = this.#parts;
    const made = await semaphore.use(signal, () =>
      withWorkFolder(tempDir, (folder) => this.#make(missing, format, folder, signal, onFraction)),
    );
    return new Map([...ready, ...made]);
  }

  async #make(
    named: readonly NamedClip[],
    format: FilmFormat,
    folder: string,
    signal: AbortSignal,
    onFraction: OnFraction,
  ): Promise<ReadyClips> {
    // The longest first: FFmpeg's progress counts the frames of its first output.
    const sorted = named.toSorted((one, other) => other.clip.frames - one.clip.frames);
    const graph = new ClipGraph(format);
    const outputs: string[] = [];
    for (const { key, clip } of sorted) {
      const label = graph.add(clip, await this.#paint(clip, format, join(folder, key), signal));
      outputs.push('-map', label, ...videoEncoding(format.rhythm.frameRate), `file:${join(folder, key)}.mp4`);
    }
    const longest = sorted[0]?.clip.frames ?? 1;
    const onProgress = ({ frames }: { frames: number }): void => onFraction(Math.min(1, frames / longest));
    await this.#parts.ffmpeg.run([...graph.arguments(), ...outputs], { signal, onProgress });
    const made = new Map<string, ReadyClip>();
    for (const { key, clip } of sorted) {
      const path = await this.#parts.clips.keep(key, join(folder, `${key}.mp4`));
      made.set(key, { path, frames: clip.frames, made: true });
    }
    return made;
  }

  async #paint(clip: Clip, format: FilmFormat, prefix: string, signal: AbortSignal): Promise<PaintedCue[]> {
    const painted: PaintedCue[] = [];
    for (const cue of clip.kind === 'body' ? clip.cues : []) {
      const picture = await this.#parts.captions.paint(cue.cue, format.size, format.language, signal);
      const path = `${prefix}-${painted.length}.png`;
      await writeFile(path, picture.png);
      painted.push({ picture, path, cue });
    }
    return painted;
  }
}
