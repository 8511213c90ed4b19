import { sql } from 'kysely';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { PipelineStage, StageStatus, VideoStatus } from '../../entities/enums.ts';
import type { VideoErrorFacts } from '../../entities/video.ts';
import type { VideoEventPosition } from '../../events/event-log.ts';

/** One event of a video before it is written. */
export interface VideoEventStep {
  readonly videoId: string;
  readonly status: VideoStatus;
  /** 0 to 100; a lower value than the video's current one is ignored. */
  readonly progress: number;
  /** A message for people. */
  readonly message: string;
  /** The stage of the event. */
  readonly stage?: PipelineStage;
  /** The first stage that is not finished; `stage` by default. */
  readonly currentStage?: PipelineStage;
  readonly stageStatus?: StageStatus;
  /** From 0. */
  readonly sceneIndex?: number;
  readonly sceneCount?: number;
  readonly etaSeconds?: number;
  readonly error?: VideoErrorFacts;
}

/** What the attempts of the video `changed` have cost. */
const SPENT = sql`(
    select coalesce(sum(attempt.cost), 0) from ai_generations generation
      join generation_attempts attempt on attempt.generation_id = generation.id
    where generation.video_id = changed.id
  )`;

/**
 * Changes a video's state and writes the event for it, in the transaction of `em`. The owner's cursor row stays
 * locked until the commit, so that the order of the cursor is the order in which commits become visible.
 * Returns null where the video does not exist.
 */
export async function recordVideoEvent(em: Em, step: VideoEventStep): Promise<WrittenEvent | null> {
  const { rows } = await sql<WrittenEvent>`/* record_step */
    with video as (
      select id, owner_id, run from videos where id = ${step.videoId} for update
    ), cursor as (
      insert into event_cursors (owner_id, last_seq) select owner_id, 1 from video
      on conflict (owner_id) do update set last_seq = event_cursors.last_seq + 1
      returning owner_id, last_seq
    ), changed as (
      update videos set
        status = ${step.status}, progress = greatest(progress, ${step.progress}), current_stage = ${step.currentStage ?? step.stage ?? null},
        eta_seconds = ${step.etaSeconds ?? null}, error = ${json(step.error)}, last_event_seq = cursor.last_seq, updated_at = now()
      from cursor where videos.id = ${step.videoId}
      returning videos.id, videos.owner_id, videos.run, videos.progress, cursor.last_seq as seq
    )
    insert into video_events (owner_id, seq, video_id, run, status, stage, stage_status, progress, message,
      scene_index, scene_count, eta_seconds, cost_spent, error)
    select owner_id, seq, id, run, ${step.status}, ${step.stage ?? null}, ${step.stageStatus ?? null}, progress, ${step.message},
      ${step.sceneIndex ?? null}, ${step.sceneCount ?? null}, ${step.etaSeconds ?? null}, ${SPENT}, ${json(step.error)}
    from changed returning owner_id as "ownerId", seq, now()::timestamptz(3) as now`.execute(sqlOf(em));
  return rows[0] ?? null;
}

/**
 * Records, in the transaction of `em`, that the video has changed without an event; call it with the
 * video's row locked. It gives the row of its owner's cursor another version, which a later read has to include.
 */
export async function markChanged(em: Em, videoId: string): Promise<void> {
  await sql`
    update event_cursors set last_seq = last_seq
    where owner_id = (select owner_id from videos where id = ${videoId})`.execute(sqlOf(em));
}

/**
 * Whether this very event was committed: if not, its number may belong to another event. Call it under the
 * locks that the write took; otherwise the write may still be in progress.
 */
export async function isEventCommitted(
  em: Em,
  { ownerId, seq }: VideoEventPosition,
  videoId: string,
  message: string,
): Promise<boolean> {
  const event = await sqlOf(em)
    .selectFrom('video_events')
    .select('seq')
    .where('owner_id', '=', ownerId)
    .where('seq', '=', seq)
    .where('video_id', '=', videoId)
    .where('message', '=', message)
    .executeTakeFirst();
  return event !== undefined;
}

export interface WrittenEvent extends VideoEventPosition {
  /** When its transaction began, by the database's clock: the value of `now()` in the other rows that it writes. */
  readonly now: Date;
}

function json(value: VideoErrorFacts | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
