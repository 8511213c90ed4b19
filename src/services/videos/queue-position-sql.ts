import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { AspectRatio, JobPriority, PipelineStage, Resolution } from '../../entities/enums.ts';
import type { WaitingByPriority, WaitingJob } from '../../forecast/queue-position.ts';

/** Index entries that are counted per priority for one video: 0.2 ms, where all of 100,000 take 20. */
export const MAX_COUNTED_POSITION = 1_000;
const MAX_RUNNING = 1_000;
/** Workers send a heartbeat every 5 s. */
const WORKER_TIMEOUT_SECONDS = 20;

export interface WaitingVideo extends WaitingJob {
  readonly videoId: string;
  readonly language: string;
  readonly voiceSpeed: number;
  readonly kind: string;
  readonly characters: number;
  readonly scenes: number;
  readonly wantedSeconds: number | null;
  readonly filmSeconds: number | null;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  readonly finished: readonly PipelineStage[] | null;
}

export interface WorkerPool extends WaitingByPriority {
  readonly paused: boolean;
  readonly slots: number;
  /** Remaining seconds of each running job, as far as it is known. */
  readonly running: readonly (number | null)[];
}

/** Those of the videos that wait for a worker now. */
export async function readWaiting(db: Sql, videoIds: readonly string[]): Promise<WaitingVideo[]> {
  const { rows } = await sql<WaitingVideo>`
    select asked.video_id as "videoId", asked.priority, v.language, v.voice_speed::float8 as "voiceSpeed",
      (select count(*)::int from (
        select 1 from jobs where queue = 'VIDEO' and priority = asked.priority and status = 'WAITING'
          and (available_at, id) < (asked.available_at, asked.id) limit ${MAX_COUNTED_POSITION}) as earlier) as ahead,
      v.source ->> 'kind' as kind, char_length(coalesce(v.script, v.source ->> 'text', v.source ->> 'scenes')) as characters,
      coalesce(jsonb_array_length(v.source -> 'scenes'), 0) as scenes,
      v.target_duration_seconds as "wantedSeconds", v.duration_seconds::float8 as "filmSeconds",
      v.aspect_ratio as "aspectRatio", v.resolution,
      (select array_agg(stage::text) from video_stages where video_id = v.id and status = 'COMPLETED') as finished
    from jobs as asked join videos as v on v.id = asked.video_id
    where asked.video_id = any(${[...videoIds]}::uuid[]) and asked.queue = 'VIDEO' and asked.status = 'WAITING'
      and asked.available_at <= now()`.execute(db);
  return rows;
}

/** The workers, and how many jobs wait for them. */
export async function readWorkerPool(db: Sql): Promise<WorkerPool> {
  const waiting = (priority: JobPriority) => sql`(select count(*)::int from (
    select 1 from jobs where queue = 'VIDEO' and priority = ${priority} and status = 'WAITING' and available_at <= now()
    limit ${MAX_COUNTED_POSITION}) as counted)`;
  const { rows } = await sql<WorkerPool>`
    select ${waiting('URGENT')} as "URGENT", ${waiting('NORMAL')} as "NORMAL", ${waiting('LOW')} as "LOW",
      exists (select 1 from queues where name = 'VIDEO' and paused) as paused,
      coalesce((select sum(slots)::int from workers
        where heartbeat_at > now() - make_interval(secs => ${WORKER_TIMEOUT_SECONDS})), 0) as slots,
      array(select greatest(0, videos.eta_seconds - extract(epoch from now() - videos.updated_at))::float8
        from jobs join videos on videos.id = jobs.video_id
        where jobs.queue = 'VIDEO' and jobs.status = 'ACTIVE' limit ${MAX_RUNNING}) as running`.execute(db);
  const [workerPool] = rows;
  if (!workerPool) throw new TypeError('A select without a condition returns a row.');
  return workerPool;
}
