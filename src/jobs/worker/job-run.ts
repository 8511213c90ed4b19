import { randomBytes } from 'node:crypto';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { Tracing } from '../../monitoring/tracing.ts';
import type { Claim } from '../queue/lease.ts';
import type { AttemptOutcomes } from './attempt-outcomes.ts';
import { Heartbeat } from './heartbeat.ts';
import { type JobWorkParts, workOf } from './job-kinds.ts';
import { JobTrace } from './job-trace.ts';
import type { JobWork, StopSignals } from './job-work.ts';
import { MAX_WORKER_CRASHES } from './retry-policy.ts';

export interface JobRunParts extends JobWorkParts {
  readonly outcomes: AttemptOutcomes;
  readonly logger: Logger;
  /** Attempts are not traced where left out. */
  readonly tracing?: Tracing | undefined;
  /** Called after a commit that left work in the outbox. */
  readonly onWork: () => void;
}

/** For how long a worker tries to hand back a job whose outcome it could not write because the database was unreachable. */
const RELEASE_MS = 60_000;

/** One claimed job: its lease is renewed while its work is done, and its outcome is written at the end. */
export class JobRun {
  readonly #parts: JobRunParts;
  readonly #claim: Claim;
  readonly #work: JobWork;
  readonly #heartbeat: Heartbeat;
  /** `now` also where the lease is lost. */
  readonly #stop: StopSignals;
  /** Of the worker's stop alone. */
  readonly #workerStopsNow: AbortSignal;
  /** Of the request that ordered the work. Links the error that a client sees to the lines of the log. */
  readonly #traceId: string;
  readonly #log: Logger;
  readonly #trace: JobTrace;

  constructor(parts: JobRunParts, claim: Claim, stop: StopSignals) {
    this.#parts = parts;
    this.#claim = claim;
    this.#traceId = claim.traceId ?? randomBytes(16).toString('hex');
    this.#heartbeat = new Heartbeat(parts.jobs, claim);
    this.#workerStopsNow = stop.now;
    this.#stop = { now: AbortSignal.any([stop.now, this.#heartbeat.signal]), afterStage: stop.afterStage };
    this.#work = workOf(claim, parts);
    this.#log = parts.logger.child({ trace_id: this.#traceId, ...this.#work.logFields, attempt: claim.attempt });
    this.#trace = new JobTrace(parts.tracing, {
      traceId: this.#traceId,
      parentSpanId: claim.spanId,
      noun: this.#work.noun,
      attributes: { ...this.#work.logFields, attempt: claim.attempt },
    });
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
      this.#trace.end();
    } catch (thrown) {
      this.#trace.end(AppError.from(thrown).code);
      await this.#end(thrown);
    } finally {
      this.#heartbeat.stop();
    }
  }

  async #make(): Promise<void> {
    const { noun } = this.#work;
    this.#log.info(`making the ${noun}`);
    await this.#work.make(this.#stop, this.#trace);
    await this.#parts.outcomes.complete(this.#claim, this.#stop.now);
    this.#log.info(`the ${noun} is ready`);
  }

  async #quarantine(): Promise<void> {
    const { noun } = this.#work;
    const lastMessage = await this.#work.lastProgress();
    const error = new AppError(
      'WORKER_DOWN',
      `${MAX_WORKER_CRASHES} workers in a row crashed or made no progress on this ${noun}; it is not retried automatically. Last progress: “${lastMessage}”`,
      { retriable: true },
    );
    this.#log.error({ err: error }, `the ${noun} is quarantined`);
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
    const { noun } = this.#work;
    this.#log.info(outcome === 'FAILED' ? `the ${noun} failed` : `the ${noun} is tried again later`);
  }

  /** A lease that was lost because the database was unreachable, which is the cause then, may be free: no worker crashed. */
  async #lose({ cause }: AppError): Promise<void> {
    this.#log.warn({ err: cause }, 'the lease is lost; this worker discards its work');
    if (cause !== undefined) await this.#release();
  }

  /** Waits for a database that is unreachable. Does nothing where the job has another worker meanwhile. */
  async #release(): Promise<void> {
    const { jobs, onWork } = this.#parts;
    const until = AbortSignal.any([this.#workerStopsNow, AbortSignal.timeout(RELEASE_MS)]);
    await retryWhileUnreachable(until, () => jobs.release(this.#claim));
    onWork();
    this.#log.info(`the ${this.#work.noun} was handed back`);
  }
}
