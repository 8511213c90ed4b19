import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { PipelineStage, VideoStatus } from '../../entities/enums.ts';
import { Video } from '../../entities/video.ts';
import { AppError } from '../../errors.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { TraceIds } from '../../trace-ids.ts';
import { closeAttempts } from '../generations/generation-store.ts';
import { runOnce } from '../idempotency.ts';
import type { JobQueue } from '../queues/job-queue.ts';
import type { QuotaService } from '../quotas/quota.service.ts';
import { UserFaultError } from '../user-fault.ts';
import { lockVideoAndJob } from './lock-video.ts';
import { isStageFinished } from './video-stages-sql.ts';
import { cancelVideo, restartVideo } from './video-store.ts';

export interface RunServiceParts {
  readonly db: Database;
  readonly jobs: Pick<JobQueue, 'cancel' | 'restart'>;
  readonly quotas: QuotaService;
  readonly bus: Pick<EventBus, 'publish'>;
  /** Called after a commit that left work in the outbox. */
  readonly onWork: () => void;
  /** Called after a commit that stopped the run of a video, which a worker may be working on. */
  readonly onStopped: (videoId: string) => void;
}

const UNFINISHED: ReadonlySet<VideoStatus> = new Set(['PENDING', 'PROCESSING', 'AWAITING_APPROVAL']);
const RESTARTABLE: ReadonlySet<VideoStatus> = new Set(['FAILED', 'CANCELED']);

/** Cancels and restarts runs of videos. */
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
    const request = { userId: viewer.userId, operation: 'retryVideo', key: idempotencyKey, input, subjectId: videoId };
    const video = await db.transaction(async (em) => {
      await runOnce(em, request, async () => {
        const found = await lockVideoAndJob(em, viewer, videoId);
        if (!RESTARTABLE.has(found.status))
          throw invalidState(
            `A video that is ${found.status} cannot be run again: only one that failed or was canceled.`,
          );
        await this.restart(em, found, { fromStage: fromStage ?? undefined, trace: options.trace });
      });
      return await em.findOneOrFail(Video, { id: videoId }, { refresh: true });
    });
    bus.publish({ ownerId: video.ownerId, videoId });
    onWork();
    return video;
  }

  /**
   * In the caller's transaction, with video and job locked: ends the run, where one is under way or waits. Its quota is used once the
   * script is written: who cancels then has had the work.
   */
  async stop(em: Em, video: Video, message: string): Promise<void> {
    if (!UNFINISHED.has(video.status)) return;
    // Before the event is written, in the order in which new videos lock the two: else both wait for each other.
    const outcome = (await hasScript(em, video)) ? 'used' : 'released';
    await this.#parts.quotas.settle(em, video.ownerId, 'VIDEO', outcome);
    await this.#parts.jobs.cancel(em, video.id);
    await closeAttempts(em, { videoId: video.id });
    await cancelVideo(em, video, message);
  }

  /**
   * In the caller's transaction, with video and job locked: begins the next run. One that goes on with the script of a canceled run
   * costs no second quota; one that writes another script does.
   */
  async restart(em: Em, video: Video, { fromStage, trace }: RestartOptions = {}): Promise<void> {
    const isUsed = video.status === 'CANCELED' && (await hasScript(em, video));
    if (isUsed && fromStage !== 'SCRIPT') await this.#parts.quotas.giveBack(em, video.ownerId, 'VIDEO');
    await this.#parts.quotas.reserve(em, video.ownerId, 'VIDEO');
    if (!(await this.#parts.jobs.restart(em, { videoId: video.id, priority: video.priority, trace })))
      throw new AppError('INTERNAL_ERROR', `The video ${video.id} has ended and its job has not.`);
    await restartVideo(em, video, fromStage);
  }

  /** Workers notice at their next heartbeat in any case; with this they notice at once. */
  notifyWorkers(videoId: string): void {
    this.#parts.onStopped(videoId);
  }
}

export interface RetryOptions {
  readonly fromStage?: PipelineStage | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
  /** Of the request. */
  readonly trace?: TraceIds | undefined;
}

interface RestartOptions {
  readonly fromStage?: PipelineStage | undefined;
  readonly trace?: TraceIds | undefined;
}

async function hasScript(em: Em, { id: videoId }: Video): Promise<boolean> {
  return await isStageFinished(sqlOf(em), { videoId, stage: 'SCRIPT' });
}

function invalidState(message: string): UserFaultError {
  return new UserFaultError({ code: 'INVALID_STATE', message, field: ['id'] });
}
