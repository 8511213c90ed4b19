import type { FilmFormat, SceneMedia } from '../media/film/film.ts';
import type { Tools } from './pipeline-run.ts';
import type { ScenePosition } from './reporter.ts';
import { type DrawnScene, type SpokenScene, sceneMediaOf } from './scene-media.ts';

type Parts = Pick<Tools, 'filmAssembler' | 'storage' | 'captions' | 'overlays'>;

/**
 * Renders the clip of each scene as soon as the scene has its voice and its picture. Nothing depends on it: the assembly waits for
 * clips in progress, and renders those that failed here again, with its own error.
 */
export class ClipPrefetcher {
  readonly #parts: Parts;
  readonly #format: FilmFormat;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #voices = new Map<number, SpokenScene>();
  readonly #pictures = new Map<number, DrawnScene>();
  /** Scenes that have both. */
  readonly #ready = new Map<number, SceneMedia>();
  readonly #running = new Set<Promise<void>>();

  constructor(parts: Parts, format: FilmFormat, signal: AbortSignal) {
    this.#parts = parts;
    this.#format = format;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  voiceReady(position: ScenePosition, voice: SpokenScene): void {
    // Spoken in this run, and read from the checkpoint of the stage as well.
    if (this.#voices.get(position.index)?.audio.hash === voice.audio.hash) return;
    this.#voices.set(position.index, voice);
    this.#run(this.#prepare(position));
  }

  pictureReady(position: ScenePosition, picture: DrawnScene): void {
    this.#pictures.set(position.index, picture);
    this.#run(this.#prepare(position));
  }

  /** Another voice speaks all scenes anew. */
  forgetVoices(): void {
    this.#voices.clear();
    this.#ready.clear();
  }

  /** Cancels running work and waits until it has ended. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  /** The clip of a scene that is complete, and the cross-fades to neighbors that are complete too. */
  async #prepare(position: ScenePosition): Promise<void> {
    const { index } = position;
    const [voice, picture] = [this.#voices.get(index), this.#pictures.get(index)];
    if (!voice || !picture) return;
    const { filmAssembler } = this.#parts;
    const scene = await sceneMediaOf(voice, picture, this.#parts, this.#signal);
    if (this.#voices.get(index) !== voice) return;
    this.#ready.set(index, scene);
    const [before, after] = [this.#ready.get(index - 1), this.#ready.get(index + 1)];
    const prepared = { scene, position, ...(before ? { previous: before } : {}) };
    this.#run(filmAssembler.prepareScene(prepared, this.#format, this.#signal));
    if (after) this.#run(filmAssembler.prepareCrossFade(scene, after, this.#format, this.#signal));
  }

  #run(work: Promise<void>): void {
    const running = work
      .catch(() => undefined) // The assembly fails with the same error and reports it.
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
