import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import type { QueueName } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import { PriorityOrder } from '../../priority-order.ts';
import type { Claim } from '../queue/lease.ts';
import { JobRun, type JobRunParts } from './job-run.ts';
import { WorkerPresence } from './worker-presence.ts';

export interface WorkerParts extends JobRunParts {
  /** Videos made at once. */
  readonly slots: number;
  /** How long close() lets running stages go on. */
  readonly graceSeconds: number;
}

/** The job loop: claims jobs when it is notified or polls, and runs as many at once as it has slots. */
export class Worker {
  readonly id = randomUUIDv7();
  readonly #parts: WorkerParts;
  readonly #order = new PriorityOrder();
  readonly #stopAfterStage = new AbortController();
  readonly #stopNow = new AbortController();
  readonly #running = new Set<Promise<void>>();
  /** By the ids of their videos. */
  readonly #runs = new Map<string, JobRun>();
  readonly #presence: WorkerPresence;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    const { db, slots, logger } = parts;
    this.#presence = new WorkerPresence({ db, slots, logger, workerId: this.id });
  }

  async start(): Promise<void> {
    await this.#presence.start();
  }

  /**
   * Claims the next job by priority, which need not be the one notified, and runs it. Never rejects: for a job that could
   * not be claimed the sweeper sends another notification.
   */
  async onNotification(queue: QueueName): Promise<void> {
    while (this.#running.size >= this.#parts.slots) await Promise.race(this.#running);
    if (this.#stopAfterStage.signal.aborted) return;
    await this.#run(queue);
  }

  /**
   * Claims jobs without a notification, as long as slots are free and jobs wait. Returns at once; each job that was found
   * this way is followed by the next.
   */
  poll(queue: QueueName): void {
    if (this.#running.size >= this.#parts.slots || this.#stopAfterStage.signal.aborted) return;
    let found = false;
    const onClaimed = () => {
      found = true;
      this.poll(queue);
    };
    void this.#run(queue, onClaimed).then(() => {
      if (found) this.poll(queue);
    });
  }

  /** The video may have been canceled: checks its lease now instead of with the next heartbeat. */
  check(videoId: string): void {
    this.#runs.get(videoId)?.check();
  }

  /** Claims no more jobs, lets running stages finish within the grace period, and hands the remaining work back. */
  async close(): Promise<void> {
    this.#stopAfterStage.abort(new AppError('CANCELED', 'The worker is stopping.', { retriable: true }));
    const graceOver = new AbortController();
    await Promise.race([
      Promise.all(this.#running),
      sleep(this.#parts.graceSeconds * 1_000, undefined, { signal: graceOver.signal }).catch(() => undefined),
    ]);
    graceOver.abort();
    this.#stopNow.abort(new AppError('CANCELED', 'The worker is stopping.', { retriable: true }));
    await Promise.all(this.#running);
    await this.#presence.stop();
  }

  /** Never rejects. */
  async #run(queue: QueueName, onClaimed?: () => void): Promise<void> {
    const running = this.#claimAndRun(queue, onClaimed)
      .catch((thrown: unknown) =>
        this.#parts.logger.error(
          { err: thrown, queue },
          'the outcome of a job could not be stored; another worker takes it when its lease expires',
        ),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    await running;
  }

  async #claimAndRun(queue: QueueName, onClaimed?: () => void): Promise<void> {
    const claim = await this.#claim(queue);
    if (!claim) return;
    onClaimed?.();
    const run = new JobRun(this.#parts, claim, {
      now: this.#stopNow.signal,
      afterStage: this.#stopAfterStage.signal,
    });
    this.#runs.set(claim.videoId, run);
    try {
      await run.run();
    } finally {
      this.#runs.delete(claim.videoId);
    }
  }

  /** Waits for a database that is unreachable, so that notifications that arrive meanwhile are not wasted. */
  async #claim(queue: QueueName): Promise<Claim | null> {
    const order = this.#order.next();
    const stopping = this.#stopAfterStage.signal;
    const claiming = retryWhileUnreachable(stopping, () => this.#parts.jobs.claimNext(queue, order, this.id));
    const claim = await claiming.catch((thrown: unknown) => {
      if (stopping.aborted) return null;
      throw thrown;
    });
    if (claim) this.#order.took(claim.priority, order);
    return claim;
  }
}
