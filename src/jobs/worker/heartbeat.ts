import { withTimeout } from '../../concurrency/timeout.ts';
import { AppError } from '../../errors.ts';
import type { JobStore } from '../queue/job-store.ts';
import { type Claim, leaseLost } from '../queue/lease.ts';

/** After a failed beat the next one follows soon: the database may be reachable again in a moment. */
const RETRY_MS = 250;
const UNREACHABLE_MESSAGE = 'The database could not be reached for as long as a lease lasts.';

/**
 * Renews a claim's lease, and aborts its signal when the lease is lost: another worker took the job, or the database could not
 * be reached for as long as the lease lasts; then the reason's cause is the error of the last beat.
 */
export class Heartbeat {
  readonly #jobs: Pick<JobStore, 'renew' | 'leaseSeconds'>;
  readonly #claim: Claim;
  readonly #lost = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #lastBeat = performance.now();

  constructor(jobs: Pick<JobStore, 'renew' | 'leaseSeconds'>, claim: Claim) {
    this.#jobs = jobs;
    this.#claim = claim;
    this.#plan(this.#beatMs);
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Renews the lease now, not only when the next beat is due. */
  check(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    void this.#beat();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #beatMs(): number {
    return (this.#jobs.leaseSeconds * 1_000) / 3;
  }

  #plan(milliseconds: number): void {
    this.#timer = setTimeout(() => void this.#beat(), milliseconds);
  }

  async #beat(): Promise<void> {
    try {
      // A connection may be silent for much longer than a lease lasts; the next beat uses another one.
      const isOurs = await withTimeout(
        { milliseconds: this.#beatMs, code: 'DATABASE_CONNECTION_FAILED', message: 'The database does not answer.' },
        this.#renew(),
      );
      if (isOurs && this.#timer) this.#plan(this.#beatMs);
    } catch (thrown) {
      // One missed beat does no harm: the lease outlives two.
      if (performance.now() - this.#lastBeat > this.#jobs.leaseSeconds * 1_000)
        return this.#lose(new AppError('LEASE_LOST', UNREACHABLE_MESSAGE, { cause: thrown }));
      if (this.#timer) this.#plan(RETRY_MS);
    }
  }

  /** A late answer, from a busy database, counts as well as a timely one. */
  async #renew(): Promise<boolean> {
    const begun = performance.now();
    const isOurs = await this.#jobs.renew(this.#claim);
    if (isOurs) this.#lastBeat = Math.max(begun, this.#lastBeat);
    else this.#lose(leaseLost());
    return isOurs;
  }

  #lose(reason: AppError): void {
    this.stop();
    this.#lost.abort(reason);
  }
}
