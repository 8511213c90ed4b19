import { canSeeAllOwners, type Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Reader, readerOf } from '../../db/prepared.ts';
import { AppError } from '../../errors.ts';
import type { EventLog } from '../../events/event-log.ts';
import { LiveSource } from '../../events/live-source.ts';
import type { VideoFeed } from '../../events/video-feed.ts';
import { decodeEventId } from '../../ids.ts';
import { OWNER_OF_VIDEO } from './video-reads-sql.ts';

/** Permissions to watch streams. Everything is checked before an event source is opened. */
export class FeedService {
  readonly #reader: Reader;
  readonly #log: EventLog;
  readonly #feed: VideoFeed;

  constructor(db: Database, log: EventLog, feed: VideoFeed) {
    this.#reader = readerOf(db);
    this.#log = log;
    this.#feed = feed;
  }

  /** Throws NOT_FOUND for a video that the viewer may not see, CURSOR_INVALID or CURSOR_EXPIRED for a cursor that cannot be used. */
  async watchVideo(viewer: Viewer, videoId: string, after?: string): Promise<LiveSource> {
    const [video] = await this.#reader.rows<{ ownerId: string }>(OWNER_OF_VIDEO, [videoId]);
    if (!video || (video.ownerId !== viewer.userId && !canSeeAllOwners(viewer)))
      throw new AppError('NOT_FOUND', 'There is no such video.');
    const { ownerId } = video;
    return new LiveSource(this.#feed, { ownerId, videoId }, await this.#position(ownerId, after, videoId));
  }

  /** All videos of the viewer. */
  async watchOwner(viewer: Viewer, after?: string): Promise<LiveSource> {
    const { userId: ownerId } = viewer;
    return new LiveSource(this.#feed, { ownerId }, await this.#position(ownerId, after));
  }

  async #position(ownerId: string, after: string | undefined, videoId?: string): Promise<number | undefined> {
    if (after === undefined) return undefined;
    const cursor = decodeEventId(after);
    if (cursor?.ownerId !== ownerId) throw foreignCursor();
    const { lastSeq, prunedThrough } = await this.#log.bounds(ownerId);
    if (cursor.seq > lastSeq) throw foreignCursor();
    if (cursor.seq < prunedThrough && !(videoId && (await this.#isWhole(videoId, cursor.seq))))
      throw new AppError(
        'CURSOR_EXPIRED',
        'Events so old are deleted: query the video, then resume after its lastEventId.',
      );
    return cursor.seq;
  }

  /** The deleted events may all be of other videos: of one video the oldest events are deleted first. */
  async #isWhole(videoId: string, seq: number): Promise<boolean> {
    const oldest = await this.#log.oldestSeq(videoId);
    return oldest !== null && seq >= oldest;
  }
}

function foreignCursor(): AppError {
  const message = 'This `after` (or Last-Event-ID) is not a cursor of this stream: give the id of one of its events.';
  return new AppError('CURSOR_INVALID', message);
}
