import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { QueueName } from '../../entities/enums.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import { encodeId } from '../../ids.ts';
import { type Act, type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { GenerationRuns } from '../generations/generation-runs.ts';
import { noReadCache, type ReadCache } from '../read-cache.ts';
import type { RunService } from '../videos/run.service.ts';
import { type ActiveJobFacts, readActiveJobs } from './active-jobs-sql.ts';
import { type Restarts, type RetriedFailures, retryFailures } from './failed-jobs.ts';
import { type FailedJobFacts, type Failure, readFailedJobs } from './failed-jobs-sql.ts';
import type { JobQueue } from './job-queue.ts';
import { type QueueFacts, readQueueStats } from './queue-stats-sql.ts';
import { readStagePerformance, type StagePerformance } from './stage-performance-sql.ts';
import { cancelWaitingJobs } from './waiting-jobs.ts';

export interface QueueServiceParts {
  readonly db: Database;
  readonly jobs: Pick<JobQueue, 'pause' | 'resume' | 'clearFailures'>;
  readonly runs: Pick<RunService, 'restart' | 'stop'>;
  readonly generationRuns: Pick<GenerationRuns, 'restart' | 'cancel'>;
  readonly bus: Pick<EventBus, 'publish' | 'publishGeneration'>;
  /** How long ended jobs are kept and counted (RETENTION_JOBS_DAYS). */
  readonly retentionDays: number;
  /** Called after a commit that wrote to the outbox. */
  readonly onWork: () => void;
  /** Caches figures that take long to compute; no cache where left out. */
  readonly readCaches?: QueueReadCaches;
}

export interface QueueReadCaches {
  readonly stats: ReadCache<QueueFacts[]>;
  readonly stages: ReadCache<StagePerformance[]>;
}

/** All queues are read together. */
const QUEUES = 'all';
const CANCELED_BY_OPERATOR = 'An operator canceled what was waiting.';

/**
 * What operators see of the queues and do to them. The caller checks permissions; the owners of the videos do not matter here. Each act
 * is one transaction with its entry in the audit log; each job that runs again has its own.
 */
export class QueueService {
  readonly #parts: QueueServiceParts;
  readonly #readCaches: QueueReadCaches;

  constructor(parts: QueueServiceParts) {
    this.#parts = parts;
    this.#readCaches = parts.readCaches ?? { stats: noReadCache(), stages: noReadCache() };
  }

  /** VIDEO, AI, SOCIAL, ANALYTICS. */
  async stats(): Promise<QueueFacts[]> {
    return await this.#readCaches.stats.read(QUEUES, '', () =>
      readQueueStats(this.#parts.db.sql(), this.#parts.retentionDays),
    );
  }

  /** No job of the queue begins from now on, on any worker, until it is resumed; what runs is finished. */
  async pause(actor: Actor, queue: QueueName): Promise<QueueFacts | null> {
    await this.#act(actor, { action: 'queue.pause', target: queue }, (em) => this.#parts.jobs.pause(em, queue));
    return await this.#statsOf(queue);
  }

  /** Notifies workers at once of waiting jobs: notifications that arrived during the pause found nothing to claim. */
  async resume(actor: Actor, queue: QueueName): Promise<QueueFacts | null> {
    await this.#act(actor, { action: 'queue.resume', target: queue }, (em) => this.#parts.jobs.resume(em, queue));
    this.#parts.onWork();
    return await this.#statsOf(queue);
  }

  /** What workers are making, of one queue or of all; claimed longest ago first. */
  async activeJobs(queue: QueueName | null, first: number): Promise<ActiveJobFacts[]> {
    return await readActiveJobs(this.#parts.db.sql(), queue, first);
  }

  /** Failed jobs of the queue that were not cleared, the newest first. */
  async failedJobs(queue: QueueName, first: number): Promise<FailedJobFacts[]> {
    return await readFailedJobs(this.#parts.db.sql(), queue, first);
  }

  /** Runs them all again, each from its first unfinished stage. Refusals are returned as faults. */
  async retryFailed(actor: Actor, queue: QueueName): Promise<RetriedFailures> {
    const { db, runs, generationRuns, onWork } = this.#parts;
    const restarts: Restarts = {
      video: (em, video) => runs.restart(em, video),
      generation: (em, id) => generationRuns.restart(em, id),
      record: async (em, { jobId }) => {
        const act = { action: 'queue.retry', target: queue, details: { job: encodeId('job', jobId) } };
        await appendAudit(em, entryOf(actor, act));
      },
      onRestarted: (failure) => this.#publish(failure),
    };
    const result = await this.#withInvalidation(() => retryFailures(db, queue, restarts));
    if (result.retried > 0) onWork();
    return result;
  }

  /** Hides them; returns how many. Videos stay FAILED and can still be run again by their owners. */
  async clearFailed(actor: Actor, queue: QueueName): Promise<number> {
    const act = { action: 'queue.clear', target: queue };
    return await this.#act(actor, act, (em) => this.#parts.jobs.clearFailures(em, queue));
  }

  /**
   * Cancels what waits in the queue, also for its next attempt, as owners cancel their videos: these become CANCELED, contents without a
   * video FAILED, and what was reserved for them is given back. Returns how many.
   */
  async cancelWaiting(actor: Actor, queue: QueueName): Promise<number> {
    const { db, runs, generationRuns, bus } = this.#parts;
    return await this.#withInvalidation(() =>
      cancelWaitingJobs(db, queue, {
        video: (em, video) => runs.stop(em, video, CANCELED_BY_OPERATOR),
        generation: (em, id) => generationRuns.cancel(em, id, CANCELED_BY_OPERATOR),
        record: async (em, { jobId }) => {
          const act = { action: 'queue.cancel_waiting', target: queue, details: { job: encodeId('job', jobId) } };
          await appendAudit(em, entryOf(actor, act));
        },
        onCanceled: ({ videoId, generationId }, ownerId) => {
          if (generationId !== null) bus.publishGeneration(generationId);
          else if (videoId !== null && ownerId !== null) bus.publish({ ownerId, videoId });
        },
      }),
    );
  }

  async stagePerformance(sinceHours: number): Promise<StagePerformance[]> {
    const read = () => readStagePerformance(this.#parts.db.sql(), sinceHours);
    return await this.#readCaches.stages.read(String(sinceHours), '', read);
  }

  #publish({ videoId, generationId, ownerId }: Failure): void {
    const { bus } = this.#parts;
    if (generationId !== null) bus.publishGeneration(generationId);
    else if (videoId !== null && ownerId !== null) bus.publish({ ownerId, videoId });
  }

  async #act<Result>(actor: Actor, act: Act, change: (em: Em) => Promise<Result>): Promise<Result> {
    return await this.#withInvalidation(() =>
      this.#parts.db.transaction(async (em) => {
        const result = await change(em);
        await appendAudit(em, entryOf(actor, act));
        return result;
      }),
    );
  }

  /** Cached figures show what operators did at once. */
  async #withInvalidation<Result>(change: () => Promise<Result>): Promise<Result> {
    return await this.#readCaches.stats.withInvalidation(QUEUES, change);
  }

  async #statsOf(queue: QueueName): Promise<QueueFacts | null> {
    return (await this.stats()).find(({ name }) => name === queue) ?? null;
  }
}
