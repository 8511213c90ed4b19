interface Window {
  hits: number;
  /** Milliseconds of the clock. */
  readonly endsAt: number;
}

/** Keys at once: at about 200 bytes each, 2 MB. Beyond them the oldest window is forgotten. */
const MAX_KEYS = 10_000;

/** Counters in the memory of this process, which expire as those in Redis do. */
export class MemoryCounter {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  count(key: string, windowSeconds: number): { hits: number; secondsLeft: number } {
    const now = this.#now();
    const window = this.#running(key, now) ?? this.#begin(key, now + windowSeconds * 1_000);
    window.hits++;
    return { hits: window.hits, secondsLeft: Math.ceil((window.endsAt - now) / 1_000) };
  }

  #running(key: string, now: number): Window | undefined {
    const window = this.#windows.get(key);
    return window && window.endsAt > now ? window : undefined;
  }

  #begin(key: string, endsAt: number): Window {
    const window = { hits: 0, endsAt };
    // Deleted first, so that the order of the map is the order in which the windows began.
    this.#windows.delete(key);
    this.#windows.set(key, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > MAX_KEYS && oldest !== undefined) this.#windows.delete(oldest);
    return window;
  }
}
