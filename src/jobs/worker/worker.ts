import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import { AppError } from '../../errors.ts';
import { PriorityOrder } from '../../priority-order.ts';
import type { Claim } from '../queue/lease.ts';
import type { WorkedQueue } from '../queue/queue-notifiers.ts';
import { JobRun, type JobRunParts } from './job-run.ts';
import { WorkerPresence } from './worker-presence.ts';

export interface WorkerParts extends JobRunParts {
  /** Jobs of each queue that run at once. */
  readonly slots: Readonly<Record<WorkedQueue, number>>;
  /** How long close() lets running stages go on. */
  readonly graceSeconds: number;
}

/** What runs of one queue. */
interface Lane {
  readonly slots: number;
  readonly order: PriorityOrder;
  readonly running: Set<Promise<void>>;
}

/** The job loop: claims jobs when it is notified or polls, and runs as many of each queue at once as it has slots for it. */
export class Worker {
  readonly id = randomUUIDv7();
  readonly #parts: WorkerParts;
  readonly #stopAfterStage = new AbortController();
  readonly #stopNow = new AbortController();
  readonly #lanes: Readonly<Record<WorkedQueue, Lane>>;
  /** By the ids of what they make. */
  readonly #runs = new Map<string, JobRun>();
  readonly #presence: WorkerPresence;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    const { db, slots, logger } = parts;
    this.#lanes = { VIDEO: laneOf(slots.VIDEO), AI: laneOf(slots.AI) };
    this.#presence = new WorkerPresence({ db, slots: slots.VIDEO, logger, workerId: this.id });
  }

  async start(): Promise<void> {
    await this.#presence.start();
  }

  /**
   * Claims the next job by priority, which need not be the one notified, and runs it. Never rejects: for a job that could
   * not be claimed the sweeper sends another notification.
   */
  async onNotification(queue: WorkedQueue): Promise<void> {
    const { running, slots } = this.#lanes[queue];
    while (running.size >= slots) await Promise.race(running);
    if (this.#stopAfterStage.signal.aborted) return;
    await this.#run(queue);
  }

  /**
   * Claims jobs without a notification, as long as slots are free and jobs wait. Returns at once; each job that was found
   * this way is followed by the next.
   */
  poll(queue: WorkedQueue): void {
    const { running, slots } = this.#lanes[queue];
    if (running.size >= slots || this.#stopAfterStage.signal.aborted) return;
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
      Promise.all(this.#running()),
      sleep(this.#parts.graceSeconds * 1_000, undefined, { signal: graceOver.signal }).catch(() => undefined),
    ]);
    graceOver.abort();
    this.#stopNow.abort(new AppError('CANCELED', 'The worker is stopping.', { retriable: true }));
    await Promise.all(this.#running());
    await this.#presence.stop();
  }

  #running(): Promise<void>[] {
    return Object.values(this.#lanes).flatMap(({ running }) => [...running]);
  }

  /** Never rejects. */
  async #run(queue: WorkedQueue, onClaimed?: () => void): Promise<void> {
    const lane = this.#lanes[queue];
    const running = this.#claimAndRun(queue, onClaimed)
      .catch((thrown: unknown) =>
        this.#parts.logger.error(
          { err: thrown, queue },
          'the outcome of a job could not be stored; another worker takes it when its lease expires',
        ),
      )
      .finally(() => lane.running.delete(running));
    lane.running.add(running);
    await running;
  }

  async #claimAndRun(queue: WorkedQueue, onClaimed?: () => void): Promise<void> {
    const claim = await this.#claim(queue);
    if (!claim) return;
    onClaimed?.();
    const run = new JobRun(this.#parts, claim, {
      now: this.#stopNow.signal,
      afterStage: this.#stopAfterStage.signal,
    });
    const id = 'videoId' in claim ? claim.videoId : claim.generationId;
    this.#runs.set(id, run);
    try {
      await run.run();
    } finally {
      this.#runs.delete(id);
    }
  }

  /** Waits for a database that is unreachable, so that notifications that arrive meanwhile are not wasted. */
  async #claim(queue: WorkedQueue): Promise<Claim | null> {
    const { order: priorities } = this.#lanes[queue];
    const order = priorities.next();
    const stopping = this.#stopAfterStage.signal;
    const claiming = retryWhileUnreachable(stopping, () => this.#parts.jobs.claimNext(queue, order, this.id));
    const claim = await claiming.catch((thrown: unknown) => {
      if (stopping.aborted) return null;
      throw thrown;
    });
    if (claim) priorities.took(claim.priority, order);
    return claim;
  }
}

function laneOf(slots: number): Lane {
  return { slots, order: new PriorityOrder(), running: new Set() };
}
