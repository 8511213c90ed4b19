import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { QueueName } from '../../entities/enums.ts';

/** A job that no worker has: exactly one of `videoId` and `generationId` is not null. */
export interface WaitingJob {
  readonly jobId: string;
  readonly videoId: string | null;
  readonly generationId: string | null;
}

/** Every job of the queue that waits, also for its next attempt; the oldest first. */
export async function readWaitingJobs(db: Sql, queue: QueueName): Promise<WaitingJob[]> {
  const { rows } = await sql<WaitingJob>`
    select id as "jobId", video_id as "videoId", generation_id as "generationId" from jobs
    where queue = ${queue} and status = 'WAITING' order by available_at, id`.execute(db);
  return rows;
}
