import { randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import { Video } from '../../entities/video.ts';
import { AppError } from '../../errors.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { StageStore } from '../../pipeline/stage-store.ts';
import type { VideoSpec } from '../../pipeline/video-spec.ts';
import type { Ledger } from '../../providers/ledger.ts';
import { lastProgressMessageOf } from '../../services/videos/video-store.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { Claim } from '../queue/lease.ts';
import type { AttemptOutcomes } from './attempt-outcomes.ts';
import { Heartbeat } from './heartbeat.ts';
import { LeasedLedger, type LostAnswerPolicy } from './leased-ledger.ts';
import { LeasedStageStore } from './leased-stage-store.ts';
import { MAX_WORKER_CRASHES } from './retry-policy.ts';
import { videoSpecOf } from './video-spec-of.ts';

/** When a run has to end: `now` at once, `afterStage` when the stage under way is finished. */
export interface StopSignals {
  readonly now: AbortSignal;
  readonly afterStage: AbortSignal;
}

export interface JobRunParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly jobs: JobStore;
  readonly outcomes: AttemptOutcomes;
  readonly logger: Logger;
  /** What happens to paid requests whose answers are missing. */
  readonly lostAnswers: LostAnswerPolicy;
  make(videoSpec: VideoSpec, stageStore: StageStore, stop: StopSignals, ledger: Ledger): Promise<void>;
  /** Called after a commit that left work in the outbox. */
  readonly onWork: () => void;
}

/** For how long a worker tries to hand back a job whose outcome it could not write because the database was unreachable. */
const RELEASE_MS = 60_000;

/** One claimed job: its lease is renewed while its video is made, and its outcome is written at the end. */
export class JobRun {
  readonly #parts: JobRunParts;
  readonly #claim: Claim;
  readonly #heartbeat: Heartbeat;
  /** `now` also where the lease is lost. */
  readonly #stop: StopSignals;
  /** Of the worker's stop alone. */
  readonly #workerStopsNow: AbortSignal;
  /** Links the error that a client sees to the lines of the log. */
  readonly #traceId = randomBytes(16).toString('hex');
  readonly #log: Logger;

  constructor(parts: JobRunParts, claim: Claim, stop: StopSignals) {
    this.#parts = parts;
    this.#claim = claim;
    this.#heartbeat = new Heartbeat(parts.jobs, claim);
    this.#workerStopsNow = stop.now;
    this.#stop = { now: AbortSignal.any([stop.now, this.#heartbeat.signal]), afterStage: stop.afterStage };
    this.#log = parts.logger.child({ trace_id: this.#traceId, video_id: claim.videoId, attempt: claim.attempt });
  }

  /** Checks now, not only with the next heartbeat, whether the claim is still valid. */
  check(): void {
    this.#heartbeat.check();
  }

  /** Rejects where the outcome could not be written; then the lease expires. */
  async run(): Promise<void> {
    try {
      if (this.#claim.deaths >= MAX_WORKER_CRASHES) await this.#quarantine();
      else await this.#make();
    } catch (thrown) {
      await this.#end(thrown);
    } finally {
      this.#heartbeat.stop();
    }
  }

  async #make(): Promise<void> {
    const { db, jobs, bus, lostAnswers, make, outcomes } = this.#parts;
    const [claim, until] = [this.#claim, this.#stop.now];
    const video = await retryWhileUnreachable(until, () => db.em().findOneOrFail(Video, { id: claim.videoId }));
    this.#log.info('making the video');
    const { maxAttempts } = outcomes;
    const stageStore = new LeasedStageStore({ db, jobs, bus, claim, maxAttempts, until });
    const ledger = new LeasedLedger({ db, jobs, claim, lostAnswers, until });
    await make(videoSpecOf(video), stageStore, this.#stop, ledger);
    await outcomes.complete(claim, until);
    this.#log.info('the video is ready');
  }

  async #quarantine(): Promise<void> {
    const lastMessage = await lastProgressMessageOf(this.#parts.db.sql(), this.#claim.videoId);
    const error = new AppError(
      'WORKER_DOWN',
      `${MAX_WORKER_CRASHES} workers in a row crashed or made no progress on this video; it is not retried automatically. Last progress: “${lastMessage}”`,
      { retriable: true },
    );
    this.#log.error({ err: error }, 'the video is quarantined');
    await this.#parts.outcomes.quarantine(this.#claim, error, this.#traceId);
  }

  async #end(thrown: unknown): Promise<void> {
    const error = AppError.from(thrown);
    if (error.code === 'LEASE_LOST') return await this.#lose(error);
    if (error.code === 'CANCELED' && this.#stop.afterStage.aborted) return await this.#release();
    this.#log.error({ err: thrown }, 'an attempt failed');
    const ending = this.#parts.outcomes.fail(this.#claim, error, this.#traceId, this.#stop.now);
    const outcome = await ending.catch((writeError: unknown) => {
      if (writeError instanceof AppError && writeError.code === 'LEASE_LOST') return writeError;
      throw writeError;
    });
    if (outcome instanceof AppError) return await this.#lose(outcome);
    this.#log.info(outcome === 'FAILED' ? 'the video failed' : 'the video is tried again later');
  }

  /** A lease that was lost because the database was unreachable, which is the cause then, may be free: no worker crashed. */
  async #lose({ cause }: AppError): Promise<void> {
    this.#log.warn({ err: cause }, 'the lease is lost; this worker discards its work');
    if (cause !== undefined) await this.#release();
  }

  /** Waits for a database that is unreachable. Does nothing where the video has another worker meanwhile. */
  async #release(): Promise<void> {
    const { jobs, onWork } = this.#parts;
    const until = AbortSignal.any([this.#workerStopsNow, AbortSignal.timeout(RELEASE_MS)]);
    await retryWhileUnreachable(until, () => jobs.release(this.#claim));
    onWork();
    this.#log.info('the video was handed back');
  }
}
