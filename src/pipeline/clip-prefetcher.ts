import type { FilmFormat, SceneMedia } from '../media/film/film.ts';
import type { FilmAssembler } from '../media/film/film-assembler.ts';

/**
 * Clips that are made while later pictures are still coming. Nothing depends on them: the assembly waits for those
 * under way, and makes again, with its own error, what failed here.
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

  /** A scene has its voice and its picture: makes its clip, and the cross-fades to neighbours that are ready too. */
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

  /** Ends what is still under way and waits until it has. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  #run(work: Promise<void>): void {
    const running = work
      .catch(() => undefined) // The assembly meets the same failure and says so.
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
