import { AppError } from '../errors.ts';
import type { Claim, Leases } from './lease.ts';

/**
 * Keeps a claim's lease alive, and says by its signal when it is not ours any more: another worker took it, or the
 * database could not be reached for as long as the lease lasts.
 */
export class Heartbeat {
  readonly #leases: Leases;
  readonly #claim: Claim;
  readonly #lost = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #lastBeat = performance.now();

  constructor(leases: Leases, claim: Claim) {
    this.#leases = leases;
    this.#claim = claim;
    this.#plan();
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Looks now, not only when the next beat is due. */
  check(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    void this.#beat();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #plan(): void {
    this.#timer = setTimeout(() => void this.#beat(), (this.#leases.seconds * 1_000) / 3);
  }

  async #beat(): Promise<void> {
    const begun = performance.now();
    try {
      if (!(await this.#leases.extend(this.#claim))) return this.#lose();
      this.#lastBeat = begun;
    } catch (thrown) {
      // One missed beat is no loss: the lease outlives two.
      if (performance.now() - this.#lastBeat > this.#leases.seconds * 1_000) return this.#lose(thrown);
    }
    if (this.#timer) this.#plan();
  }

  #lose(cause?: unknown): void {
    this.stop();
    this.#lost.abort(
      new AppError('LEASE_LOST', 'Another worker has taken this video over, or it was deleted.', { cause }),
    );
  }
}
