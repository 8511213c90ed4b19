import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../db/database.ts';
import { Video } from '../entities/video.ts';
import { AppError } from '../errors.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Brief } from '../pipeline/brief.ts';
import type { Desk } from '../pipeline/desk.ts';
import { briefOf } from './brief-of.ts';
import { FencedDesk } from './fenced-desk.ts';
import { Heartbeat } from './heartbeat.ts';
import type { Claim, Leases } from './lease.ts';
import type { Outcomes } from './outcome.ts';

export interface WorkerParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly leases: Leases;
  readonly outcomes: Outcomes;
  readonly logger: Logger;
  /** Videos made at once. */
  readonly slots: number;
  make(brief: Brief, desk: Desk, signal: AbortSignal): Promise<void>;
  /** Told after work was handed back. */
  readonly onWork: () => void;
}

/** A job whose worker died so often is not tried again: it is probably what kills them. */
const MOST_ATTEMPTS = 3;
const ALIVE_MS = 5_000;
const STOPPING = 'the worker is stopping';

/** Takes jobs for which the doorbell rings, makes their videos and writes down how they ended. */
export class Worker {
  readonly id = randomUUIDv7();
  readonly #parts: WorkerParts;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #alive: NodeJS.Timeout | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await this.#sayAlive();
    this.#alive = setInterval(() => {
      this.#sayAlive().catch((thrown: unknown) =>
        this.#parts.logger.warn({ err: AppError.from(thrown) }, 'could not say that this worker is alive'),
      );
    }, ALIVE_MS);
  }

  /** Answers one ring. Never rejects: a job that could not even be claimed is rung for again by the sweeper. */
  async answer(jobId: string): Promise<void> {
    while (this.#running.size >= this.#parts.slots) await Promise.race(this.#running);
    if (this.#stop.signal.aborted) return;
    const running = this.#take(jobId)
      .catch((thrown: unknown) =>
        this.#parts.logger.error({ err: thrown, job_id: jobId }, 'a job ended unwritten; its lease will run out'),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    await running;
  }

  /** Aborts what is under way, keeps its finished stages and hands it back. */
  async close(): Promise<void> {
    clearInterval(this.#alive);
    this.#stop.abort(new AppError('CANCELED', STOPPING, { retriable: true }));
    await Promise.all(this.#running);
    await this.#parts.db.sql().deleteFrom('workers').where('id', '=', this.id).execute();
  }

  async #take(jobId: string): Promise<void> {
    const { leases, db, bus } = this.#parts;
    const claim = await leases.claim(jobId, this.id);
    if (!claim) return;
    const heartbeat = new Heartbeat(leases, claim);
    try {
      const signal = AbortSignal.any([this.#stop.signal, heartbeat.signal]);
      await this.#make(claim, new FencedDesk(db, bus, claim), signal);
    } finally {
      heartbeat.stop();
    }
  }

  async #make(claim: Claim, desk: Desk, signal: AbortSignal): Promise<void> {
    const { db, logger, make, outcomes } = this.#parts;
    const traceId = randomBytes(16).toString('hex');
    const log = logger.child({ trace_id: traceId, video_id: claim.videoId, attempt: claim.attempt });
    try {
      if (claim.attempt > MOST_ATTEMPTS)
        throw new AppError(
          'STALLED',
          `The worker died each time it made this video (${MOST_ATTEMPTS} times): it is not tried again.`,
        );
      const video = await db.em().findOneOrFail(Video, { id: claim.videoId });
      await db
        .sql()
        .updateTable('videos')
        .set({ started_at: new Date() })
        .where('id', '=', video.id)
        .where('started_at', 'is', null)
        .execute();
      log.info('making the video');
      await make(briefOf(video), desk, signal);
      await outcomes.complete(claim);
      log.info('the video is ready');
    } catch (thrown) {
      await this.#end(claim, thrown, log, traceId);
    }
  }

  async #end(claim: Claim, thrown: unknown, log: Logger, traceId: string): Promise<void> {
    const { leases, outcomes, onWork } = this.#parts;
    if (this.#stop.signal.aborted) {
      await leases.release(claim);
      onWork();
      return log.info('the video was handed back');
    }
    const error = AppError.from(thrown);
    if (error.code === 'LEASE_LOST') return log.warn('the lease is lost; this worker discards its work');
    log.error({ err: thrown }, 'the video failed');
    await outcomes.fail(claim, error, traceId);
  }

  async #sayAlive(): Promise<void> {
    const { db, slots } = this.#parts;
    await db
      .sql()
      .insertInto('workers')
      .values({ id: this.id, hostname: hostname(), pid: process.pid, slots })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ heartbeat_at: new Date() }))
      .execute();
  }
}
