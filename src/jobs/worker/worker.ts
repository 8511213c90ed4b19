import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import type { QueueName } from '../../entities/enums.ts';
import { Video } from '../../entities/video.ts';
import { AppError } from '../../errors.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { StageStore } from '../../pipeline/stage-store.ts';
import type { VideoSpec } from '../../pipeline/video-spec.ts';
import { PriorityOrder } from '../../priority-order.ts';
import type { Ledger } from '../../providers/ledger.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { Claim } from '../queue/lease.ts';
import type { AttemptOutcomes } from './attempt-outcomes.ts';
import { Heartbeat } from './heartbeat.ts';
import { lastProgressMessageOf } from './last-progress-message.ts';
import { LeasedLedger, type LostAnswerPolicy } from './leased-ledger.ts';
import { LeasedStageStore } from './leased-stage-store.ts';
import { MAX_WORKER_CRASHES } from './retry-policy.ts';
import { videoSpecOf } from './video-spec-of.ts';

/** When a making has to end: `now` at once, `afterStage` when the stage under way is finished. */
export interface StopSignals {
  readonly now: AbortSignal;
  readonly afterStage: AbortSignal;
}

export interface WorkerParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly jobs: JobStore;
  readonly outcomes: AttemptOutcomes;
  readonly logger: Logger;
  /** Videos made at once. */
  readonly slots: number;
  /** How long close() lets running stages go on. */
  readonly graceSeconds: number;
  /** What happens to paid requests whose answers are missing. */
  readonly lostAnswers: LostAnswerPolicy;
  make(videoSpec: VideoSpec, stageStore: StageStore, stop: StopSignals, ledger: Ledger): Promise<void>;
  /** Told after work was handed back. */
  readonly onWork: () => void;
}

const PRESENCE_MS = 5_000;
/** How long a worker tries to hand back what it could not write down for want of a database. */
const RELEASE_MS = 60_000;

/** Takes jobs when the doorbell rings, makes their videos and writes down how they ended. */
export class Worker {
  readonly id = randomUUIDv7();
  readonly #parts: WorkerParts;
  readonly #order = new PriorityOrder();
  readonly #stopAfterStage = new AbortController();
  readonly #stopNow = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #heartbeats = new Map<string, Heartbeat>();
  #presenceTimer: NodeJS.Timeout | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await this.#recordPresence();
    this.#presenceTimer = setInterval(() => {
      this.#recordPresence().catch((thrown: unknown) =>
        this.#parts.logger.warn({ err: AppError.from(thrown) }, 'could not say that this worker is alive'),
      );
    }, PRESENCE_MS);
  }

  /**
   * Answers one ring with the job whose turn it is, which need not be the one that rang. Never rejects: a job that could
   * not even be claimed is rung for again by the sweeper.
   */
  async onNotification(queue: QueueName): Promise<void> {
    while (this.#running.size >= this.#parts.slots) await Promise.race(this.#running);
    if (this.#stopAfterStage.signal.aborted) return;
    await this.#run(queue);
  }

  /**
   * Takes jobs for which nobody has rung, or whose rings were lost, as long as slots are free and jobs wait. Returns at
   * once; each job that was found this way is followed by the next.
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

  /** Somebody may have canceled this video: looks at its lease now instead of at the next heartbeat. */
  check(videoId: string): void {
    this.#heartbeats.get(videoId)?.check();
  }

  /** Takes nothing new, lets running stages finish within the grace period, and hands the rest back. */
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
    clearInterval(this.#presenceTimer);
    await this.#removePresence();
  }

  /** Never rejects. */
  async #run(queue: QueueName, onClaimed?: () => void): Promise<void> {
    const running = this.#claimAndRun(queue, onClaimed)
      .catch((thrown: unknown) =>
        this.#parts.logger.error({ err: thrown, queue }, 'a job ended unwritten; its lease will run out'),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    await running;
  }

  async #claimAndRun(queue: QueueName, onClaimed?: () => void): Promise<void> {
    const { jobs, db, bus, outcomes } = this.#parts;
    const claim = await this.#claim(queue);
    if (!claim) return;
    onClaimed?.();
    const heartbeat = new Heartbeat(jobs, claim);
    this.#heartbeats.set(claim.videoId, heartbeat);
    try {
      const now = AbortSignal.any([this.#stopNow.signal, heartbeat.signal]);
      const { maxAttempts } = outcomes;
      await this.#make(claim, new LeasedStageStore({ db, jobs, bus, claim, maxAttempts, until: now }), {
        now,
        afterStage: this.#stopAfterStage.signal,
      });
    } finally {
      heartbeat.stop();
      this.#heartbeats.delete(claim.videoId);
    }
  }

  /** Waits for a database that is away, so that the rings that come meanwhile are not answered in vain. */
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

  async #make(claim: Claim, stageStore: StageStore, stop: StopSignals): Promise<void> {
    const { db, logger, lostAnswers, make, outcomes } = this.#parts;
    const traceId = randomBytes(16).toString('hex');
    const log = logger.child({ trace_id: traceId, video_id: claim.videoId, attempt: claim.attempt });
    try {
      if (claim.deaths >= MAX_WORKER_CRASHES) return await this.#quarantine(claim, log, traceId);
      const video = await retryWhileUnreachable(stop.now, () => db.em().findOneOrFail(Video, { id: claim.videoId }));
      log.info('making the video');
      await make(videoSpecOf(video), stageStore, stop, new LeasedLedger(db, claim, lostAnswers, stop.now));
      await outcomes.complete(claim, stop.now);
      log.info('the video is ready');
    } catch (thrown) {
      await this.#end(claim, thrown, { log, traceId, until: stop.now });
    }
  }

  async #quarantine(claim: Claim, log: Logger, traceId: string): Promise<void> {
    const lastMessage = await lastProgressMessageOf(this.#parts.db, claim.videoId);
    const error = new AppError(
      'WORKER_DOWN',
      `${MAX_WORKER_CRASHES} workers in a row died or stood still while they were at this video; it is set aside. Last words: “${lastMessage}”`,
      { retriable: true },
    );
    log.error({ err: error }, 'the video is set aside');
    await this.#parts.outcomes.quarantine(claim, error, traceId);
  }

  async #end(claim: Claim, thrown: unknown, { log, traceId, until }: Ending): Promise<void> {
    const error = AppError.from(thrown);
    if (error.code === 'LEASE_LOST') return await this.#lose(claim, error, log);
    if (error.code === 'CANCELED' && this.#stopAfterStage.signal.aborted) return await this.#releaseJob(claim, log);
    log.error({ err: thrown }, 'an attempt failed');
    const ending = this.#parts.outcomes.fail(claim, error, traceId, until);
    const outcome = await ending.catch((writeError: unknown) => {
      if (writeError instanceof AppError && writeError.code === 'LEASE_LOST') return writeError;
      throw writeError;
    });
    if (outcome instanceof AppError) return await this.#lose(claim, outcome, log);
    log.info(outcome === 'FAILED' ? 'the video failed' : 'the video is tried again later');
  }

  /** A lease that was lost for want of a database, which is the cause then, may be nobody's yet: no worker has died. */
  async #lose(claim: Claim, { cause }: AppError, log: Logger): Promise<void> {
    log.warn({ err: cause }, 'the lease is lost; this worker discards its work');
    if (cause !== undefined) await this.#releaseJob(claim, log);
  }

  /** Waits for a database that is away. Does nothing where the video has another worker meanwhile. */
  async #releaseJob(claim: Claim, log: Logger): Promise<void> {
    const { jobs, onWork } = this.#parts;
    const until = AbortSignal.any([this.#stopNow.signal, AbortSignal.timeout(RELEASE_MS)]);
    await retryWhileUnreachable(until, () => jobs.release(claim));
    onWork();
    log.info('the video was handed back');
  }

  async #recordPresence(): Promise<void> {
    const { db, slots } = this.#parts;
    await sql`
      insert into workers (id, hostname, pid, slots) values (${this.id}, ${hostname()}, ${process.pid}, ${slots})
      on conflict (id) do update set heartbeat_at = now()`.execute(db.sql());
  }

  async #removePresence(): Promise<void> {
    const { db, logger } = this.#parts;
    await db
      .sql()
      .deleteFrom('workers')
      .where('id', '=', this.id)
      .execute()
      .catch((thrown: unknown) => logger.warn({ err: thrown }, 'could not say that this worker is gone'));
  }
}

/** What the end of an attempt needs to be written down. */
interface Ending {
  readonly log: Logger;
  readonly traceId: string;
  /** How long a database that is away is waited for. */
  readonly until: AbortSignal;
}
