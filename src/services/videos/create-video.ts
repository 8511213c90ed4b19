import type { Database } from '../../db/database.ts';
import type { TraceIds } from '../../trace-ids.ts';
import { type IdempotentRequest, runOnce } from '../idempotency.ts';
import type { JobQueue } from '../queues/job-queue.ts';
import type { QuotaService } from '../quotas/quota.service.ts';
import type { NewVideoRow } from './new-video-row.ts';
import type { WrittenEvent } from './video-events-sql.ts';
import { insertVideo, isInserted } from './video-store.ts';

export interface CreateVideoParts {
  readonly db: Database;
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly quotas: Pick<QuotaService, 'reserve'>;
}

/**
 * Accepts a video completely or not at all; null where an earlier request with its key did, or an attempt of this one whose answer was
 * lost. Throws QUOTA_EXCEEDED, or IDEMPOTENCY_MISMATCH for a key that came with another input.
 */
export async function createVideo(
  { db, jobs, quotas }: CreateVideoParts,
  video: NewVideoRow,
  request: IdempotentRequest,
  trace?: TraceIds,
): Promise<WrittenEvent | null> {
  const { id: videoId, ownerId, priority } = video;
  return await db.repeatableStatements(async (transaction, attempt) => {
    if (attempt > 1 && (await isInserted(transaction, videoId))) return null;
    // The key comes first, because its insert waits for another request with it that is still in progress.
    const outcome = await runOnce(transaction, request, async () => {
      await quotas.reserve(transaction, ownerId, 'VIDEO');
      const [written] = await transaction.commitWith(
        insertVideo(transaction, video),
        jobs.enqueue(transaction, { videoId, priority, trace }),
      );
      return written;
    });
    return outcome.isFirst ? outcome.result : null;
  });
}
