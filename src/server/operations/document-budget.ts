import { LRUCache } from 'lru-cache';
import { RateLimitedError } from '../../auth/auth-error.ts';

export interface DocumentBudgetOptions {
  /** Milliseconds that a caller may use at once. */
  readonly capacityMs?: number;
  /** Milliseconds that come back each second. */
  readonly perSecondMs?: number;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

const CAPACITY_MS = 5_000;
const PER_SECOND_MS = 200;
const MAX_CALLERS = 10_000;

interface Spent {
  readonly ms: number;
  readonly at: number;
}

/**
 * The time in which this process may parse and validate documents of one caller that it does not know: clients send few different ones,
 * and a known one takes none. What is refused by the validation costs no points, so that only this keeps a caller from occupying
 * the process with documents that are wrong.
 */
export class DocumentBudget {
  readonly #capacityMs: number;
  readonly #perSecondMs: number;
  readonly #now: () => number;
  readonly #spent = new LRUCache<string, Spent>({ max: MAX_CALLERS });

  constructor({
    capacityMs = CAPACITY_MS,
    perSecondMs = PER_SECOND_MS,
    now = () => performance.now(),
  }: DocumentBudgetOptions = {}) {
    this.#capacityMs = capacityMs;
    this.#perSecondMs = perSecondMs;
    this.#now = now;
  }

  /** Does the work, and takes its time and `moreMs` from the caller's budget. Throws RateLimitedError where nothing is left of it. */
  spend<Result>(caller: string, work: () => Result, moreMs = 0): Result {
    const before = this.#spentBy(caller);
    if (before >= this.#capacityMs) {
      const seconds = Math.ceil((before - this.#capacityMs) / this.#perSecondMs) + 1;
      throw new RateLimitedError(
        seconds,
        `Too many new or wrong documents: wait ${seconds} s, and send operations with variables.`,
      );
    }
    const begun = this.#now();
    try {
      return work();
    } finally {
      const at = this.#now();
      this.#spent.set(caller, { ms: before + moreMs + at - begun, at });
    }
  }

  #spentBy(caller: string): number {
    const spent = this.#spent.get(caller);
    if (!spent) return 0;
    return Math.max(0, spent.ms - ((this.#now() - spent.at) / 1_000) * this.#perSecondMs);
  }
}
