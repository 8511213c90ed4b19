import { canSeeAllOwners, type Viewer } from '../../auth/viewer.ts';
import type { ReadCache } from '../read-cache.ts';
import { cachedVideo } from './video-json.ts';
import { VIDEO_PARTS, type VideoParts, type VideoView, videoParts } from './video-parts.ts';
import type { VideoReads } from './video-reads.ts';

export type VideoReadCache = ReadCache<VideoView | null>;

/**
 * Reads one video, for clients that poll it. Only completed videos are cached: only `VideoService` changes those, while all
 * others change with each progress event of a worker, which may crash before it has sent the invalidation. Whether the viewer may see it is
 * checked each time.
 */
export class CachedVideoReads {
  readonly #reads: VideoReads;
  /** A cached answer has to be the newest committed state. */
  readonly #newest: VideoReads;
  readonly #cache: VideoReadCache;
  /** The requested parts and those that the cache needs besides. */
  readonly #wanted = new WeakMap<VideoParts, VideoParts>();

  constructor(reads: VideoReads, newest: VideoReads, cache: VideoReadCache) {
    this.#reads = reads;
    this.#newest = newest;
    this.#cache = cache;
  }

  async find(viewer: Viewer, videoId: string, parts: VideoParts): Promise<VideoView | null> {
    // The owner's name may change, which does not change the video's row.
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

/** Settings of the cache: see `RegionSettings` of src/cache. */
export const VIDEO_CACHE_SETTINGS = {
  isWorthCaching: (video: VideoView | null) => video?.status === 'COMPLETED',
  schema: cachedVideo.nullable(),
} as const;
