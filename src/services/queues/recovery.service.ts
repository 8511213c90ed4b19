import type { Database } from '../../db/database.ts';
import { isLockTimeout } from '../../db/database-errors.ts';
import { sqlOf } from '../../db/orm.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import { encodeId } from '../../ids.ts';
import { type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { reclaimVideo } from '../videos/video-store.ts';
import type { JobQueue } from './job-queue.ts';
import { lockJobAndVideo, readStuckVideos, type StuckVideo } from './stuck-videos-sql.ts';

export interface RecoveryServiceParts {
  readonly db: Database;
  readonly jobs: Pick<JobQueue, 'reclaim'>;
  readonly bus: Pick<EventBus, 'publish'>;
  /** Called after a commit that wrote to the outbox. */
  readonly onWork: () => void;
  /** Called after a commit that took a video from its worker. */
  readonly onStopped: (videoId: string) => void;
}

export interface RecoveryRequest {
  /** Zero or more. */
  readonly olderThanSeconds: number;
  /** UUIDs; only these where given. */
  readonly videoIds?: readonly string[] | undefined;
  /** Reads and changes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Stops between two videos; those already recovered stay so. */
  readonly signal?: AbortSignal | undefined;
}

/** Finds videos that make no progress, and gives them to another worker. */
export class RecoveryService {
  readonly #parts: RecoveryServiceParts;

  constructor(parts: RecoveryServiceParts) {
    this.#parts = parts;
  }

  /** Those without progress for longer than the age, the longest first. */
  async stuck(olderThanSeconds: number): Promise<StuckVideo[]> {
    return await readStuckVideos(this.#parts.db.sql(), { olderThanSeconds });
  }

  /**
   * Takes them back: same run, finished stages stay, writes of a worker that still works on one are refused. Returns those that
   * it recovered, or with dryRun would recover. The audit log gets an entry for each, in the transaction that takes it back; `actor` is
   * null for the periodic task, whose work is no act of anyone. Throws INVALID for a negative age.
   */
  async recover(
    actor: Actor | null,
    { olderThanSeconds, videoIds, dryRun = false, signal }: RecoveryRequest,
  ): Promise<StuckVideo[]> {
    if (olderThanSeconds < 0) throw negativeAge();
    const found = await readStuckVideos(this.#parts.db.sql(), { olderThanSeconds, videoIds });
    if (dryRun) return found;
    const taken: StuckVideo[] = [];
    for (const { videoId } of found) {
      if (signal?.aborted) break;
      const stuck = await this.#reclaim(actor, videoId, olderThanSeconds);
      if (stuck) taken.push(stuck);
    }
    return taken;
  }

  /** Null where it makes progress again, another transaction is writing to it, or it was recovered meanwhile. */
  async #reclaim(actor: Actor | null, videoId: string, olderThanSeconds: number): Promise<StuckVideo | null> {
    const { db, jobs, bus, onWork, onStopped } = this.#parts;
    const taking = db.transaction(async (em) => {
      const video = await lockJobAndVideo(em, videoId);
      const [found] = await readStuckVideos(sqlOf(em), { olderThanSeconds, videoIds: [videoId] });
      if (!found || !video) return null;
      if (!(await jobs.reclaim(em, { videoId, priority: video.priority }))) return null;
      await reclaimVideo(em, found);
      const act = { action: 'videos.recover', target: encodeId('video', videoId), details: { olderThanSeconds } };
      if (actor) await appendAudit(em, entryOf(actor, act));
      return found;
    });
    const stuck = await taking.catch((thrown: unknown) => {
      if (isLockTimeout(thrown)) return null;
      throw thrown;
    });
    if (!stuck) return null;
    bus.publish(stuck);
    onStopped(videoId);
    onWork();
    return stuck;
  }
}

function negativeAge(): UserFaultError {
  const message = 'The age must not be negative: give seconds, 0 or more.';
  return new UserFaultError({ code: 'INVALID', message, field: ['olderThanSeconds'] });
}
