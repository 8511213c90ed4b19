import { sql } from 'kysely';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import { PipelineStage, type VideoStatus, valuesOf } from '../../entities/enums.ts';
import { Video } from '../../entities/video.ts';
import { VideoStage } from '../../entities/video-stage.ts';
import { AppError } from '../../errors.ts';
import { recordVideoEvent } from '../../events/record-video-event.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import { runOnce } from '../idempotency.ts';
import type { JobQueue } from '../queues/job-queue.ts';
import type { QuotaService } from '../quotas/quota.service.ts';
import { UserFaultError } from '../user-fault.ts';
import { lockVideoAndJob } from './lock-video.ts';

export interface RunServiceParts {
  readonly db: Database;
  readonly jobs: Pick<JobQueue, 'cancel' | 'restart'>;
  readonly quotas: QuotaService;
  readonly bus: Pick<EventBus, 'publish'>;
  /** Told after a commit that left work in the outbox. */
  readonly onWork: () => void;
  /** Told after a commit that took a video away from whoever is making it. */
  readonly onStopped: (videoId: string) => void;
}

const UNFINISHED: ReadonlySet<VideoStatus> = new Set(['PENDING', 'PROCESSING', 'AWAITING_APPROVAL']);
const RESTARTABLE: ReadonlySet<VideoStatus> = new Set(['FAILED', 'CANCELED']);

/** Ending the making of a video, and beginning it again. */
export class RunService {
  readonly #parts: RunServiceParts;

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
  }

  /** Ends a run that waits or is under way. Throws NOT_FOUND, or INVALID_STATE for a video that has ended. */
  async cancel(viewer: Viewer, videoId: string): Promise<Video> {
    const { db, bus } = this.#parts;
    const video = await db.transaction(async (em) => {
      const found = await lockVideoAndJob(em, viewer, videoId);
      if (!UNFINISHED.has(found.status))
        throw invalidState(`A video that is ${found.status} cannot be canceled: only one that waits or is being made.`);
      await this.stop(em, found, 'The video was canceled.');
      return await em.findOneOrFail(Video, { id: videoId }, { refresh: true });
    });
    bus.publish({ ownerId: video.ownerId, videoId });
    this.notifyWorkers(videoId);
    return video;
  }

  /**
   * Runs a failed or canceled video again from its first unfinished stage, or from the stage given; what is finished is
   * not made again. Throws NOT_FOUND, INVALID_STATE, QUOTA_EXCEEDED or IDEMPOTENCY_MISMATCH.
   */
  async retry(viewer: Viewer, videoId: string, options: RetryOptions = {}): Promise<Video> {
    const { db, bus, onWork } = this.#parts;
    const { fromStage, idempotencyKey } = options;
    const input = { videoId, fromStage: fromStage ?? null };
    const request = { userId: viewer.userId, operation: 'retryVideo', key: idempotencyKey, input, videoId };
    const video = await db.transaction(async (em) => {
      await runOnce(em, request, async () => {
        const found = await lockVideoAndJob(em, viewer, videoId);
        if (!RESTARTABLE.has(found.status))
          throw invalidState(
            `A video that is ${found.status} cannot be run again: only one that failed or was canceled.`,
          );
        await this.restart(em, found, fromStage ?? undefined);
      });
      return await em.findOneOrFail(Video, { id: videoId }, { refresh: true });
    });
    bus.publish({ ownerId: video.ownerId, videoId });
    onWork();
    return video;
  }

  /** In the caller's transaction, with video and job locked: ends the run, where one is under way or waits. */
  async stop(em: Em, video: Video, message: string): Promise<void> {
    if (!UNFINISHED.has(video.status)) return;
    // Before the event is written, in the order in which new videos lock the two: else both wait for each other.
    await this.#parts.quotas.settleVideo(em, video.ownerId, 'released');
    await this.#parts.jobs.cancel(em, video.id);
    await sqlOf(em)
      .updateTable('video_stages')
      .set({ status: 'PENDING', progress: 0, next_attempt_at: null })
      .where('video_id', '=', video.id)
      .where('status', 'in', ['RUNNING', 'RETRYING'])
      .execute();
    await recordVideoEvent(em, {
      videoId: video.id,
      status: 'CANCELED',
      progress: video.progress,
      ...(video.currentStage ? { currentStage: video.currentStage } : {}),
      message,
    });
  }

  /** In the caller's transaction, with video and job locked: begins the next run. */
  async restart(em: Em, video: Video, fromStage?: PipelineStage): Promise<void> {
    await this.#parts.quotas.reserveVideo(em, video.ownerId);
    const first = await this.#reopenStages(em, video.id, fromStage);
    await sql`update videos set run = run + 1, progress = 0 where id = ${video.id}`.execute(sqlOf(em));
    if (!(await this.#parts.jobs.restart(em, { videoId: video.id, priority: video.priority })))
      throw new AppError('INTERNAL_ERROR', `The video ${video.id} has ended and its job has not.`);
    await recordVideoEvent(em, {
      videoId: video.id,
      status: 'PENDING',
      progress: 0,
      currentStage: first,
      message: 'Accepted again; waiting for a worker.',
    });
  }

  /** Workers notice at their next heartbeat in any case; this makes it now. */
  notifyWorkers(videoId: string): void {
    this.#parts.onStopped(videoId);
  }

  /** The first stage that the next run has to do. */
  async #reopenStages(em: Em, videoId: string, fromStage: PipelineStage | undefined): Promise<PipelineStage> {
    const rows = await em.find(VideoStage, { videoId, status: 'COMPLETED' }, { fields: ['stage'] });
    const done = new Set(rows.map(({ stage }) => stage));
    const stages = valuesOf(PipelineStage);
    const first = stages.find((stage) => !done.has(stage) || stage === fromStage) ?? 'ANALYSIS';
    await sqlOf(em)
      .updateTable('video_stages')
      .set({ status: 'PENDING', progress: 0, attempt: 0, next_attempt_at: null, error_code: null, error_message: null })
      .where('video_id', '=', videoId)
      .where('stage', 'in', stages.slice(stages.indexOf(first)))
      .execute();
    return first;
  }
}

export interface RetryOptions {
  readonly fromStage?: PipelineStage | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

function invalidState(message: string): UserFaultError {
  return new UserFaultError({ code: 'INVALID_STATE', message, field: ['id'] });
}
