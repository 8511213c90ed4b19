import { canSeeAllOwners, type Viewer } from '../../auth/viewer.ts';
import type { ReadCache } from '../read-cache.ts';
import { VIDEO_PARTS, type VideoParts, type VideoView, videoParts } from './video-parts.ts';
import type { VideoReads } from './video-reads.ts';
import { videoFromJson } from './video-rows.ts';

export type VideoReadCache = ReadCache<VideoView | null>;

/**
 * One video, for whoever asks again and again. Only completed ones are kept: nothing but `VideoService` changes those, while all
 * others move with each step of a worker, who may die before it has said so. Whether the viewer may see it is asked each time.
 */
export class CachedVideoReads {
  readonly #reads: VideoReads;
  /** What is kept for everybody has to be what was committed last. */
  readonly #newest: VideoReads;
  readonly #cache: VideoReadCache;
  /** What is asked for with what has to be known besides. */
  readonly #wanted = new WeakMap<VideoParts, VideoParts>();

  constructor(reads: VideoReads, newest: VideoReads, cache: VideoReadCache) {
    this.#reads = reads;
    this.#newest = newest;
    this.#cache = cache;
  }

  async find(viewer: Viewer, videoId: string, parts: VideoParts): Promise<VideoView | null> {
    // The owner's name may change, and no video says so.
    if (parts.has('ownerName')) return await this.#reads.find(viewer, videoId, parts);
    const wanted = this.#wantedFor(parts);
    const video = await this.#cache.read(
      videoId,
      wanted.key,
      () => this.#newest.findForAnyone(videoId, wanted),
      () => this.#reads.find(viewer, videoId, wanted),
    );
    return video && (video.ownerId === viewer.userId || canSeeAllOwners(viewer)) ? video : null;
  }

  #wantedFor(parts: VideoParts): VideoParts {
    const known = this.#wanted.get(parts);
    if (known) return known;
    const wanted = videoParts([...VIDEO_PARTS.filter((part) => parts.has(part)), 'ownerId', 'status']);
    this.#wanted.set(parts, wanted);
    return wanted;
  }
}

/** How they are kept: see `RegionSettings` of src/cache. */
export const VIDEO_CACHE_SETTINGS = {
  isWorthCaching: (video: VideoView | null) => video?.status === 'COMPLETED',
  revive: videoFromJson,
} as const;
