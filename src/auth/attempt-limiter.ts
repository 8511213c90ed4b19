/** A counter that all API processes share. */
export interface AttemptCounter {
  /** Adds one to a counter that expires `windowSeconds` after its first hit; null, or an error, while it is unavailable. */
  count(key: string, windowSeconds: number): Promise<{ hits: number; secondsLeft: number } | null>;
}

export interface AttemptLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface Attempt {
  readonly allowed: boolean;
  /** Seconds until the next attempt may succeed; 0 where this one may. */
  readonly retryAfterSeconds: number;
}

const ALLOWED: Attempt = { allowed: true, retryAfterSeconds: 0 };

/** Limits the attempts in a window that begins with the first one. While the counter is unavailable, everything is allowed. */
export class AttemptLimiter {
  readonly #counter: AttemptCounter;
  readonly #limit: AttemptLimit;
  readonly #onUnavailable: (thrown: unknown) => void;

  /** `onUnavailable` is called for each attempt that could not be counted, so that a disabled limit is noticed. */
  constructor(counter: AttemptCounter, limit: AttemptLimit, onUnavailable: (thrown: unknown) => void) {
    this.#counter = counter;
    this.#limit = limit;
    this.#onUnavailable = onUnavailable;
  }

  /** `key` identifies the caller and the action, e.g. "register:203.0.113.7". Never throws. */
  async hit(key: string): Promise<Attempt> {
    try {
      const counted = await this.#counter.count(key, this.#limit.windowSeconds);
      if (!counted) throw new Error('The counter of attempts is unavailable.');
      if (counted.hits <= this.#limit.limit) return ALLOWED;
      return { allowed: false, retryAfterSeconds: Math.max(1, counted.secondsLeft) };
    } catch (thrown) {
      this.#onUnavailable(thrown);
      return ALLOWED;
    }
  }
}
