import { sql } from 'kysely';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { StageAttemptStatus } from '../../entities/enums.ts';
import type { StageKey } from './video-stages-sql.ts';

/** How an attempt began. */
export interface BegunAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly provider: string | undefined;
}

/** How an attempt ended. */
export interface EndedAttempt {
  readonly status: Exclude<StageAttemptStatus, 'RUNNING'>;
  readonly errorCode?: string;
  /** Who made its content; as it was where left out. */
  readonly provider?: string | undefined;
}

/**
 * Adds an attempt, of the worker that has the video's job. One that is still open belonged to a worker that was stopped or has gone: it
 * ended, as far as is known, with its last event.
 */
export async function beginAttempt(em: Em, { videoId, stage }: StageKey, begun: BegunAttempt): Promise<void> {
  await sql`
    with superseded as (
      update video_processing_history set status = 'ABORTED',
        ended_at = greatest(started_at, (select max(at) from video_events where video_id = ${videoId}))
      where video_id = ${videoId} and ended_at is null
    )
    insert into video_processing_history (video_id, number, run, stage, attempt, provider, worker_id)
    select id, 1 + coalesce((select max(number) from video_processing_history where video_id = ${videoId}), 0), run, ${stage},
      ${begun.attempt}, ${begun.provider ?? null}, (select worker_id from jobs where video_id = ${videoId} limit 1)
    from videos where id = ${videoId}`.execute(sqlOf(em));
}

/**
 * Ends the attempt under way, where there is one. Its cost is what its stage has cost more since the attempt before: a stage may be paid
 * for in advance, and the price of a call may be known late.
 */
export async function endAttempt(
  em: Em,
  videoId: string,
  { status, errorCode, provider }: EndedAttempt,
): Promise<void> {
  await sql`
    update video_processing_history as ending set status = ${status}, ended_at = now(), error_code = ${errorCode ?? null},
      provider = coalesce(${provider ?? null}, provider),
      cost = greatest(0, (
        select coalesce(sum(sent.cost), 0) from ai_generations made join generation_attempts sent on sent.generation_id = made.id
        where made.video_id = ${videoId} and made.stage = ending.stage
      ) - (
        select coalesce(sum(earlier.cost), 0) from video_processing_history earlier
        where earlier.video_id = ${videoId} and earlier.stage = ending.stage
      ))
    where video_id = ${videoId} and ended_at is null`.execute(sqlOf(em));
}
