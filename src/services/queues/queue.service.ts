import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { QueueName } from '../../entities/enums.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import { noReadCache, type ReadCache } from '../read-cache.ts';
import type { RunService } from '../videos/run.service.ts';
import {
  clearFailures,
  type FailedJobFacts,
  type RetriedFailures,
  readFailedJobs,
  retryFailures,
} from './failed-jobs.ts';
import { type QueueFacts, readQueueStats } from './queue-stats.ts';
import { readStagePerformance, type StagePerformance } from './stage-performance.ts';

export interface QueueServiceParts {
  readonly db: Database;
  readonly runs: Pick<RunService, 'restart'>;
  readonly bus: Pick<EventBus, 'publish'>;
  /** How long ended jobs are kept and counted (RETENTION_JOBS_DAYS). */
  readonly retentionDays: number;
  /** Told after a commit that left work in the outbox. */
  readonly onWork: () => void;
  /** Where figures are kept that take long to gather; nowhere where left out. */
  readonly readCaches?: QueueReadCaches;
}

export interface QueueReadCaches {
  readonly stats: ReadCache<QueueFacts[]>;
  readonly stages: ReadCache<StagePerformance[]>;
}

/** All queues are read together. */
const QUEUES = 'all';

/** What operators see of the queues and do to them. Who may is asked before; whose videos they are does not matter here. */
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
  async pause(queue: QueueName): Promise<QueueFacts | null> {
    await this.#withInvalidation(() => this.#setPaused(queue, true));
    return await this.#statsOf(queue);
  }

  /** Rings for what waits at once: rings that came during the pause were answered with nothing. */
  async resume(queue: QueueName): Promise<QueueFacts | null> {
    await this.#withInvalidation(() => this.#setPaused(queue, false));
    await sql`
      with due as (
        select id from jobs where queue = ${queue}
          and (status = 'WAITING' and available_at <= now() or status = 'ACTIVE' and lease_expires_at < now())
        for update skip locked
      ), rung as (
        update jobs set rings = rings + 1, rung_at = now() from due where jobs.id = due.id
        returning jobs.id, jobs.queue, jobs.rings
      )
      insert into outbox (queue, job_id, ring) select queue, id, rings from rung`.execute(this.#parts.db.sql());
    this.#parts.onWork();
    return await this.#statsOf(queue);
  }

  /** Failed jobs of the queue that were not cleared, the newest first. */
  async failedJobs(queue: QueueName, first: number): Promise<FailedJobFacts[]> {
    return await readFailedJobs(this.#parts.db.sql(), queue, first);
  }

  /** Runs them all again, each from its first unfinished stage. What could not be is said in faults. */
  async retryFailed(queue: QueueName): Promise<RetriedFailures> {
    const { db, runs, bus, onWork } = this.#parts;
    const restart: RunService['restart'] = (em, video) => runs.restart(em, video);
    const publish = bus.publish.bind(bus);
    const result = await this.#withInvalidation(() => retryFailures(db, queue, restart, publish));
    if (result.retried > 0) onWork();
    return result;
  }

  /** Forgets them: how many. Their videos stay FAILED and can still be run again by their owners. */
  async clearFailed(queue: QueueName): Promise<number> {
    return await this.#withInvalidation(() => clearFailures(this.#parts.db.sql(), queue));
  }

  async stagePerformance(sinceHours: number): Promise<StagePerformance[]> {
    const read = () => readStagePerformance(this.#parts.db.sql(), sinceHours);
    return await this.#readCaches.stages.read(String(sinceHours), '', read);
  }

  /** Operators see what they have done. */
  async #withInvalidation<Result>(change: () => Promise<Result>): Promise<Result> {
    return await this.#readCaches.stats.withInvalidation(QUEUES, change);
  }

  async #setPaused(queue: QueueName, paused: boolean): Promise<void> {
    await sql`
      insert into queues (name, paused) values (${queue}, ${paused})
      on conflict (name) do update set paused = excluded.paused, changed_at = now()
      where queues.paused <> excluded.paused`.execute(this.#parts.db.sql());
  }

  async #statsOf(queue: QueueName): Promise<QueueFacts | null> {
    return (await this.stats()).find(({ name }) => name === queue) ?? null;
  }
}
