import type { FilmFormat, SceneMedia } from '../media/film/film.ts';
import type { FilmAssembler } from '../media/film/film-assembler.ts';

/**
 * Renders clips in advance while later pictures are still being drawn. Nothing depends on them: the assembly waits for those
 * in progress, and renders those that failed here again, with its own error.
 */
export class ClipPrefetcher {
  readonly #filmAssembler: FilmAssembler;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #ready = new Map<number, SceneMedia>();
  readonly #running = new Set<Promise<void>>();

  constructor(filmAssembler: FilmAssembler, signal: AbortSignal) {
    this.#filmAssembler = filmAssembler;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  /** Called when a scene has its voice and its picture: renders its clip, and the cross-fades to neighbors that are ready too. */
  sceneReady(index: number, count: number, scene: SceneMedia, format: FilmFormat): void {
    this.#ready.set(index, scene);
    const before = this.#ready.get(index - 1);
    const after = this.#ready.get(index + 1);
    const position = { index, count };
    this.#run(
      this.#filmAssembler.prepareScene(
        { scene, position, ...(before ? { previous: before } : {}) },
        format,
        this.#signal,
      ),
    );
    if (after) this.#run(this.#filmAssembler.prepareCrossFade(scene, after, format, this.#signal));
  }

  /** Cancels running work and waits until it has ended. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  #run(work: Promise<void>): void {
    const running = work
      .catch(() => undefined) // The assembly fails with the same error and reports it.
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
