import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { JobPriority, PipelineStage } from '../../entities/enums.ts';
import { lockJobOf } from './failed-jobs-sql.ts';

/** A video that makes no progress. */
export interface StuckVideo {
  /** UUIDs. */
  readonly videoId: string;
  readonly ownerId: string;
  readonly stuckSeconds: number;
  /** The first that is not finished. */
  readonly stage: PipelineStage | null;
  /** 0 to 100. */
  readonly progress: number;
  /** When its last worker last sent a heartbeat. */
  readonly lastHeartbeatAt: Date | null;
}

export interface StuckQuery {
  readonly olderThanSeconds: number;
  /** UUIDs; all videos where left out. */
  readonly videoIds?: readonly string[] | undefined;
}

/**
 * PROCESSING videos without progress for longer than the age, the longest first. Measured from the expiry of the job's lease where
 * it has expired; else from the newest event, or from the job's claim where that is later, because one that waited
 * long has had no event for as long. A job that waits for a worker or for its next attempt is not stuck.
 */
export async function readStuckVideos(db: Sql, { olderThanSeconds, videoIds }: StuckQuery): Promise<StuckVideo[]> {
  const wanted = videoIds ? sql`and videos.id = any(${[...videoIds]}::uuid[])` : sql``;
  const { rows } = await sql<StuckVideo>`
    select videos.id as "videoId", videos.owner_id as "ownerId", floor(extract(epoch from now() - since))::int as "stuckSeconds",
      videos.current_stage as stage, videos.progress, jobs.heartbeat_at as "lastHeartbeatAt"
    from videos
    left join jobs on jobs.video_id = videos.id
    left join video_events as newest on newest.owner_id = videos.owner_id and newest.seq = videos.last_event_seq
    cross join lateral (
      select case when jobs.status = 'ACTIVE' and jobs.lease_expires_at < now() then jobs.lease_expires_at
        else greatest(coalesce(newest.at, videos.updated_at), jobs.claimed_at) end as since
    ) as standing
    where videos.status = 'PROCESSING' and videos.deleted_at is null and jobs.status is distinct from 'WAITING'
      and since < now() - make_interval(secs => ${olderThanSeconds}) ${wanted}
    order by since, videos.id`.execute(db);
  return rows;
}

/** A worker that was stopped in the middle of a write holds its row: others must not wait for it for the whole statement timeout. */
export async function lockJobAndVideo(
  em: Em,
  videoId: string,
): Promise<{ readonly priority: JobPriority } | undefined> {
  await sql`set local lock_timeout = '2s'`.execute(sqlOf(em));
  await lockJobOf(em, videoId);
  const video = sqlOf(em).selectFrom('videos').select('priority').where('id', '=', videoId).forUpdate();
  return await video.executeTakeFirst();
}
