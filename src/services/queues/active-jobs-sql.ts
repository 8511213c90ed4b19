import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { PipelineStage, QueueName } from '../../entities/enums.ts';

/** A job that a worker is making, or was making when it was last heard of. */
export interface ActiveJobFacts {
  /** UUIDs. */
  readonly id: string;
  /** Null where it makes a content that belongs to no video. */
  readonly videoId: string | null;
  readonly queue: QueueName;
  /** Of the machine and the process; null once the worker's own row is gone. */
  readonly workerHost: string | null;
  readonly workerPid: number | null;
  /** Null before the first, and for a content without a video. */
  readonly stage: PipelineStage | null;
  readonly attempts: number;
  /** Since a worker claimed it. */
  readonly activeSeconds: number;
  readonly heartbeatAt: Date | null;
  /** The same on the clock of the database. */
  readonly heartbeatAgeSeconds: number | null;
}

/** Those of a queue, or of all; claimed longest ago first. No more are ACTIVE than workers have slots. */
export async function readActiveJobs(db: Sql, queue: QueueName | null, limit: number): Promise<ActiveJobFacts[]> {
  const ofQueue = queue === null ? sql`` : sql`and jobs.queue = ${queue}`;
  const { rows } = await sql<ActiveJobFacts>`
    select jobs.id, jobs.video_id as "videoId", jobs.queue, workers.hostname as "workerHost", workers.pid as "workerPid",
      videos.current_stage as stage, jobs.attempt as attempts, jobs.heartbeat_at as "heartbeatAt",
      floor(extract(epoch from now() - coalesce(jobs.claimed_at, now())))::int as "activeSeconds",
      floor(extract(epoch from now() - jobs.heartbeat_at))::int as "heartbeatAgeSeconds"
    from jobs left join workers on workers.id = jobs.worker_id left join videos on videos.id = jobs.video_id
    where jobs.status = 'ACTIVE' ${ofQueue}
    order by jobs.claimed_at, jobs.id limit ${limit}`.execute(db);
  return rows;
}
