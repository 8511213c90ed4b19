/** Counts in a place that all API processes share. */
export interface AttemptCounter {
  /** Adds one to a counter that vanishes `windowSeconds` after its first hit; null, or an error, where it cannot count now. */
  count(key: string, windowSeconds: number): Promise<{ hits: number; secondsLeft: number } | null>;
}

export interface AttemptLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface Attempt {
  readonly allowed: boolean;
  /** Until the next try may succeed; 0 where this one may. */
  readonly retryAfterSeconds: number;
}

const ALLOWED: Attempt = { allowed: true, retryAfterSeconds: 0 };

/** At most so many tries in a window that opens with the first. Where nobody can count, everything is allowed. */
export class AttemptLimiter {
  readonly #counter: AttemptCounter;
  readonly #limit: AttemptLimit;
  readonly #onUnavailable: (thrown: unknown) => void;

  /** `onUnavailable` is told of each try that could not be counted, so that a limit that is off is seen. */
  constructor(counter: AttemptCounter, limit: AttemptLimit, onUnavailable: (thrown: unknown) => void) {
    this.#counter = counter;
    this.#limit = limit;
    this.#onUnavailable = onUnavailable;
  }

  /** `key` says who tries what, e.g. "register:203.0.113.7". Never throws. */
  async hit(key: string): Promise<Attempt> {
    try {
      const counted = await this.#counter.count(key, this.#limit.windowSeconds);
      if (!counted) throw new Error('Nobody counts tries now.');
      if (counted.hits <= this.#limit.limit) return ALLOWED;
      return { allowed: false, retryAfterSeconds: Math.max(1, counted.secondsLeft) };
    } catch (thrown) {
      this.#onUnavailable(thrown);
      return ALLOWED;
    }
  }
}
