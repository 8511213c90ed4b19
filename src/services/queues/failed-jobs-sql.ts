import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { GenerationType, JobStatus, QueueName } from '../../entities/enums.ts';
import { VISIBLE_FAILURES } from './queue-stats-sql.ts';

export interface FailedJobFacts {
  /** UUIDs. */
  readonly id: string;
  /** Null where it was to make a content that belongs to no video. */
  readonly videoId: string | null;
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

/** What a failed job was to make: exactly one of the two ids is not null. */
export interface Failure {
  readonly jobId: string;
  readonly videoId: string | null;
  readonly generationId: string | null;
  /** Whose quota it needs, with the owner. */
  readonly type: GenerationType;
  /** Null once the user is removed. */
  readonly ownerId: string | null;
}

/** Every shown failure of the queue, the oldest first. */
export async function readFailures(db: Sql, queue: QueueName): Promise<Failure[]> {
  const { rows } = await sql<Failure>`
    select jobs.id as "jobId", jobs.video_id as "videoId", generation_id as "generationId",
      coalesce(videos.owner_id, ai_generations.user_id) as "ownerId", coalesce(ai_generations.type, 'VIDEO') as type
    from jobs left join videos on videos.id = jobs.video_id left join ai_generations on ai_generations.id = generation_id
    where jobs.queue = ${queue} and ${VISIBLE_FAILURES} order by jobs.finished_at, jobs.id`.execute(db);
  return rows;
}

/** Locks the job of a video until the transaction of `em` ends; returns its status, undefined where there is no job. */
export async function lockJobOf(em: Em, videoId: string): Promise<JobStatus | undefined> {
  const job = sqlOf(em).selectFrom('jobs').select('status').where('video_id', '=', videoId).forUpdate();
  return (await job.executeTakeFirst())?.status;
}

/** The same by the job's id. */
export async function lockJob(em: Em, jobId: string): Promise<JobStatus | undefined> {
  const job = sqlOf(em).selectFrom('jobs').select('status').where('id', '=', jobId).forUpdate();
  return (await job.executeTakeFirst())?.status;
}
