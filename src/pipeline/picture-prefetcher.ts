import { z } from 'zod';
import type { Failover } from '../providers/chain.ts';
import type { ImageRequest } from '../providers/ports.ts';
import { copyOf, store } from './artefacts.ts';
import type { ClipPrefetcher } from './clip-prefetcher.ts';
import { mapConcurrent } from './map-concurrent.ts';
import type { PipelineRun } from './pipeline-run.ts';

export const storedPicture = z.object({
  key: z.string(),
  hash: z.string(),
  /** Pictures of earlier versions have none: their words are painted on them. */
  hasRoomForWords: z.boolean().optional(),
});

/** The pictures of a film, one for each scene. */
export interface FilmPictures {
  readonly pictures: readonly ImageRequest[];
  /** In the same order. */
  readonly sceneIds: readonly string[];
}

export interface DrawnPicture {
  readonly index: number;
  readonly sceneId: string;
  readonly image: z.infer<typeof storedPicture>;
  /** Name of the provider that has drawn it. */
  readonly provider: string;
}

/** What has happened: a picture is drawn, or a provider has failed and the next one is called. */
export type DrawingStep = { readonly drawn: DrawnPicture } | { readonly failover: Failover };

/**
 * Draws the pictures of a film while its narration is still spoken. What it does is kept until the stage VISUALS begins: the stage
 * reports it, waits for the rest, and fails where a picture has failed.
 */
export class PicturePrefetcher {
  readonly #run: PipelineRun;
  readonly #clipPrefetcher: ClipPrefetcher;
  readonly #steps: DrawingStep[] = [];
  #drawing: Promise<void> | undefined;
  #hasEnded = false;
  #isClosed = false;
  /** The stage has begun: it is finished although the worker will stop. */
  #isAwaited = false;
  #news = Promise.withResolvers<void>();

  constructor(run: PipelineRun, clipPrefetcher: ClipPrefetcher) {
    this.#run = run;
    this.#clipPrefetcher = clipPrefetcher;
  }

  /** Begins to draw, once; returns at once. */
  start(film: FilmPictures): void {
    if (this.#drawing) return;
    this.#drawing = this.#drawAll(film).finally(() => {
      this.#hasEnded = true;
      this.#news.resolve();
    });
    // Thrown where the steps are read, and without meaning where nothing reads them.
    this.#drawing.catch(() => undefined);
  }

  /** How many pictures are drawn. */
  get drawn(): number {
    return this.#steps.filter((step) => 'drawn' in step).length;
  }

  /** All steps in order, from the first on; throws where the drawing has failed. */
  async *steps(): AsyncGenerator<DrawingStep, void> {
    this.#isAwaited = true;
    for (let taken = 0; ; taken++) {
      while (taken === this.#steps.length && !this.#hasEnded) await this.#news.promise;
      const step = this.#steps[taken];
      if (!step) break;
      yield step;
    }
    await this.#drawing;
  }

  /** Begins no more pictures, and waits for those under way: they are paid for, and the next attempt uses them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#drawing?.catch(() => undefined);
  }

  async #drawAll({ pictures, sceneIds }: FilmPictures): Promise<void> {
    const { providers, stopAfterStage } = this.#run;
    await mapConcurrent(pictures, providers.image.parallel, async (request, index) => {
      if (this.#isClosed) throw new Error('The run has ended before all pictures were drawn.');
      if (!this.#isAwaited) stopAfterStage.throwIfAborted();
      const sceneId = sceneIds[index];
      if (sceneId === undefined) throw new Error(`picture ${index} has no scene`);
      this.#add({ drawn: await this.#draw(request, index, sceneId) });
    });
  }

  /** Draws one picture, and begins the clip of its scene where the scene is spoken already. */
  async #draw(request: ImageRequest, index: number, sceneId: string): Promise<DrawnPicture> {
    const { videoSpec, providers, tools, signal } = this.#run;
    const { stored: image, provider } = await providers.image.call(request, {
      sceneId,
      signal,
      storedSchema: storedPicture,
      onFailover: async (failover) => this.#add({ failover }),
      store: async ({ bytes, contentType, hasRoomForWords }) => {
        const extension = contentType === 'image/png' ? 'png' : 'jpg';
        const stored = await store(tools.storage, videoSpec.videoId, 'picture', extension, bytes);
        return { ...stored, ...(hasRoomForWords === undefined ? {} : { hasRoomForWords }) };
      },
      copy: (picture) => copyOf(tools.storage, videoSpec.videoId, 'picture', picture),
    });
    // Whether the clip has a presenter is known when all of them are made.
    if (!videoSpec.presenter) this.#clipPrefetcher.pictureReady({ index, count: request.count }, { image, request });
    return { index, sceneId, image, provider };
  }

  #add(step: DrawingStep): void {
    this.#steps.push(step);
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}
