import type { Database } from '../../db/database.ts';
import { type IdempotentRequest, runOnce } from '../idempotency.ts';
import type { JobQueue } from '../queues/job-queue.ts';
import type { QuotaService } from '../quotas/quota.service.ts';
import type { NewVideoRow } from './new-video-row.ts';
import type { WrittenEvent } from './video-events-sql.ts';
import { insertVideo, recordAccepted } from './video-store.ts';

export interface CreateVideoParts {
  readonly db: Database;
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly quotas: Pick<QuotaService, 'reserveVideo'>;
}

/**
 * Accepts a video completely or not at all; null where an earlier request with its key did, or an attempt of this one whose answer was
 * lost. Throws QUOTA_EXCEEDED, or IDEMPOTENCY_MISMATCH for a key that came with another input.
 */
export async function createVideo(
  { db, jobs, quotas }: CreateVideoParts,
  video: NewVideoRow,
  request: IdempotentRequest,
): Promise<WrittenEvent | null> {
  const { id: videoId, ownerId, priority } = video;
  const once = request.key == null ? { ...request, key: videoId, input: null } : request;
  const outcome = await db.repeatableTransaction((em) =>
    // First, because it waits for an attempt that is still committing, and quotas must not be reserved twice. A request without a
    // key is remembered by its video's id.
    runOnce(em, once, async () => {
      await quotas.reserveVideo(em, ownerId);
      await insertVideo(em, video);
      await jobs.enqueue(em, { videoId, priority });
      return await recordAccepted(em, video);
    }),
  );
  return outcome.isFirst ? outcome.result : null;
}
