import { sql } from 'kysely';
import { runCompiled } from '../../db/compiled-statement.ts';
import type { Transaction } from '../../db/database.ts';
import { type Em, nowOf, type Sql, sqlOf } from '../../db/orm.ts';
import type { PipelineStage } from '../../entities/enums.ts';
import type { Video, VideoErrorFacts } from '../../entities/video.ts';
import { AppError } from '../../errors.ts';
import type { Checkpoint, ProgressStep, VideoFacts } from '../../pipeline/stage-store.ts';
import type { NewVideoRow } from './new-video-row.ts';
import { beginAttempt, endAttempt } from './processing-history-sql.ts';
import { markChanged, recordVideoEvent, type WrittenEvent } from './video-events-sql.ts';
import { writeFacts } from './video-facts.ts';
import { INSERT_VIDEO, IS_INSERTED } from './video-sql.ts';
import {
  inSeconds,
  interruptStages,
  readCheckpoint,
  reopenStages,
  type StageKey,
  writeStage,
  writeUnfinishedStage,
} from './video-stages-sql.ts';

/*
 * The only writer of `videos`, `video_stages`, `video_processing_history`, `scenes` and `video_events`, with the files in this folder that contain its SQL. Each
 * function is a transition of a video in the transaction of `em`; it writes rows and event together. Callers lock the job first
 * (a worker checks its claim by this) and write quotas before: two transactions that lock in another order wait for each other.
 */

export { readCheckpoint };

/** A new video, of which nothing is made yet, and its first event. */
export async function insertVideo(transaction: Transaction, video: NewVideoRow): Promise<WrittenEvent> {
  const message = 'Accepted; waiting for a worker.';
  const [written] = await runCompiled<WrittenEvent>(transaction, INSERT_VIDEO, { ...video, message });
  if (!written) throw new AppError('INTERNAL_ERROR', `The video ${video.id} was not inserted.`);
  return written;
}

/** Whether the video was inserted, by a transaction that is committed. */
export async function isInserted(transaction: Transaction, videoId: string): Promise<boolean> {
  return (await runCompiled(transaction, IS_INSERTED, { videoId })).length === 1;
}

/** How an attempt at a stage is counted. */
export interface StageAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly provider: string | undefined;
}

/** A worker begins a stage. */
export async function beginStage(
  em: Em,
  videoId: string,
  step: ProgressStep,
  { attempt, maxAttempts, provider }: StageAttempt,
): Promise<WrittenEvent | null> {
  await writeStage(em, stageOf(videoId, step), {
    status: 'RUNNING',
    progress: 0,
    attempt,
    max_attempts: maxAttempts,
    next_attempt_at: null,
    started_at: sql<Date>`now()`,
    completed_at: null,
    provider: provider ?? null,
    error_code: null,
    error_message: null,
  });
  await beginAttempt(em, stageOf(videoId, step), { attempt, provider });
  return await recordStep(em, videoId, step);
}

/** A step within a stage. */
export async function reportStage(
  em: Em,
  videoId: string,
  step: ProgressStep,
  facts: VideoFacts,
): Promise<WrittenEvent | null> {
  await writeFacts(em, videoId, facts);
  await writeStage(em, stageOf(videoId, step), { progress: step.stageProgress, ...madeBy(step) });
  return await recordStep(em, videoId, step);
}

/** A stage is finished, with its checkpoint; `nextStage` is the first that is not. */
export async function completeStage(
  em: Em,
  videoId: string,
  step: ProgressStep & { readonly nextStage: PipelineStage },
  { inputHash, output, facts }: Checkpoint & { readonly facts: VideoFacts },
): Promise<WrittenEvent | null> {
  await writeFacts(em, videoId, facts);
  await writeStage(em, stageOf(videoId, step), {
    status: 'COMPLETED',
    progress: 100,
    completed_at: sql<Date>`now()`,
    input_hash: inputHash,
    output: sql<string>`${JSON.stringify(output)}::jsonb`,
    ...madeBy(step),
  });
  await endAttempt(em, videoId, { status: 'COMPLETED', provider: step.provider });
  return await recordStep(em, videoId, step, step.nextStage);
}

/** Facts without an event. */
export async function noteFacts(em: Em, videoId: string, facts: VideoFacts): Promise<void> {
  await writeFacts(em, videoId, facts);
  await em.flush();
  await markChanged(em, videoId);
}

/** The video is complete. */
export async function completeVideo(em: Em, video: Video): Promise<void> {
  await sqlOf(em).updateTable('videos').set({ completed_at: sql<Date>`now()` }).where('id', '=', video.id).execute();
  await recordVideoEvent(em, {
    videoId: video.id,
    status: 'COMPLETED',
    progress: 100,
    message: `Your video is ready: ${(video.durationSeconds ?? 0).toFixed(1)} s.`,
  });
}

/** The run has ended without a film. */
export async function failVideo(em: Em, video: Video, error: VideoErrorFacts): Promise<void> {
  await stopStage(em, video, error, { status: 'FAILED', next_attempt_at: null });
  await recordVideoEvent(em, {
    videoId: video.id,
    status: 'FAILED',
    progress: video.progress,
    message: error.message,
    ...(error.stage ? { stage: error.stage, stageStatus: 'FAILED' as const } : {}),
    error,
  });
}

export interface PlannedRetry {
  readonly delaySeconds: number;
  /** From 1. */
  readonly retry: number;
  readonly maxRetries: number;
}

/** The stage is tried again later. */
export async function planRetry(
  em: Em,
  video: Video,
  error: VideoErrorFacts,
  { delaySeconds, retry, maxRetries }: PlannedRetry,
): Promise<void> {
  await stopStage(em, video, error, { status: 'RETRYING', next_attempt_at: inSeconds(delaySeconds) });
  await recordVideoEvent(em, {
    videoId: video.id,
    status: 'PROCESSING',
    progress: video.progress,
    message: `${error.message} Trying again in ${Math.round(delaySeconds)} s (retry ${retry} of ${maxRetries}).`,
    ...(error.stage ? { stage: error.stage, stageStatus: 'RETRYING' as const } : {}),
    etaSeconds: Math.ceil(delaySeconds),
    error,
  });
}

/** The run was canceled; the message contains the reason. */
export async function cancelVideo(em: Em, video: Video, message: string): Promise<void> {
  await interruptStages(em, video.id);
  await endAttempt(em, video.id, { status: 'ABORTED', errorCode: 'CANCELED' });
  await recordVideoEvent(em, {
    videoId: video.id,
    status: 'CANCELED',
    progress: video.progress,
    ...(video.currentStage ? { currentStage: video.currentStage } : {}),
    message,
  });
}

/** The next run begins, at its first unfinished stage or at an earlier one. */
export async function restartVideo(em: Em, video: Video, fromStage?: PipelineStage): Promise<void> {
  const first = await reopenStages(em, video.id, fromStage);
  await sql`update videos set run = run + 1, progress = 0 where id = ${video.id}`.execute(sqlOf(em));
  await recordVideoEvent(em, {
    videoId: video.id,
    status: 'PENDING',
    progress: 0,
    currentStage: first,
    message: 'Accepted again; waiting for a worker.',
  });
}

export const RECLAIMED_MESSAGE = 'Reclaimed from a worker that made no progress; waiting for another worker.';

/** The run waits for another worker. */
export async function reclaimVideo(
  em: Em,
  { videoId, stage, progress }: { videoId: string; stage: PipelineStage | null; progress: number },
): Promise<void> {
  await interruptStages(em, videoId);
  await endAttempt(em, videoId, { status: 'ABORTED', errorCode: 'STALLED' });
  const place = stage ? { stage, stageStatus: 'PENDING' as const } : {};
  await recordVideoEvent(em, { videoId, status: 'PROCESSING', progress, message: RECLAIMED_MESSAGE, ...place });
}

/** The owner's changes; the video must be locked. */
export async function changeVideo(em: Em, video: Video, columns: Partial<Video>): Promise<void> {
  em.assign(video, { ...columns, updatedAt: await nowOf(em) });
  await em.flush();
  await markChanged(em, video.id);
}

/** No viewer sees it from now on; `purgeVideo` removes it later. */
export async function hideVideo(em: Em, videoId: string): Promise<void> {
  await sql`update videos set deleted_at = now() where id = ${videoId}`.execute(sqlOf(em));
  await markChanged(em, videoId);
}

/** The rows of a deleted video, those of other tables included; its events stay in the log. */
export async function purgeVideo(db: Sql, videoId: string): Promise<void> {
  await db.deleteFrom('videos').where('id', '=', videoId).execute();
}

/** Without a provider the stage keeps the one that is tried first. */
function madeBy({ provider, notice }: ProgressStep) {
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(notice === undefined ? {} : { error_code: notice.code, error_message: notice.message }),
  };
}

function stageOf(videoId: string, { stage }: ProgressStep): StageKey {
  return { videoId, stage };
}

async function recordStep(
  em: Em,
  videoId: string,
  { stageProgress: _, provider: __, notice: ___, ...step }: ProgressStep,
  currentStage: PipelineStage = step.stage,
): Promise<WrittenEvent | null> {
  return await recordVideoEvent(em, { videoId, status: 'PROCESSING', ...step, currentStage });
}

async function stopStage(
  em: Em,
  { id: videoId }: Video,
  { stage, code, message }: VideoErrorFacts,
  change: { status: 'FAILED' | 'RETRYING'; next_attempt_at: ReturnType<typeof inSeconds> | null },
): Promise<void> {
  await endAttempt(em, videoId, { status: 'FAILED', errorCode: code });
  if (!stage) return;
  await writeUnfinishedStage(em, { videoId, stage }, { ...change, error_code: code, error_message: message });
}

/** The message of the newest event that a video's workers wrote: the progress before they crashed or hung. */
export async function lastProgressMessageOf(db: Sql, videoId: string): Promise<string> {
  const event = await db
    .selectFrom('video_events')
    .select('message')
    .where('video_id', '=', videoId)
    .where('message', '<>', RECLAIMED_MESSAGE)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return event?.message ?? 'none';
}
