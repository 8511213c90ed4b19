import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { JobStatus, QueueName } from '../../entities/enums.ts';
import { VISIBLE_FAILURES } from './queue-stats-sql.ts';

export interface FailedJobFacts {
  /** UUIDs. */
  readonly id: string;
  readonly videoId: string;
  readonly queue: QueueName;
  /** How often a worker claimed it. */
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly failedAt: Date;
}

/** The newest first. */
export async function readFailedJobs(db: Sql, queue: QueueName, limit: number): Promise<FailedJobFacts[]> {
  const { rows } = await sql<FailedJobFacts>`
    select id, video_id as "videoId", queue, attempt as attempts, finished_at as "failedAt",
      coalesce(error_code, 'INTERNAL_ERROR') as "errorCode", coalesce(error_message, '') as "errorMessage"
    from jobs where queue = ${queue} and ${VISIBLE_FAILURES} and finished_at is not null
    order by finished_at desc, id desc limit ${limit}`.execute(db);
  return rows;
}

/** Every shown failure of the queue, the oldest first. */
export async function readFailures(db: Sql, queue: QueueName) {
  const { rows } = await sql<{ readonly videoId: string; readonly ownerId: string }>`
    select video_id as "videoId", (select owner_id from videos where videos.id = video_id) as "ownerId"
    from jobs where queue = ${queue} and ${VISIBLE_FAILURES} order by finished_at, id`.execute(db);
  return rows;
}

/** Locks the job of a video until the transaction of `em` ends; returns its status, undefined where there is no job. */
export async function lockJobOf(em: Em, videoId: string): Promise<JobStatus | undefined> {
  const job = sqlOf(em).selectFrom('jobs').select('status').where('video_id', '=', videoId).forUpdate();
  return (await job.executeTakeFirst())?.status;
}
