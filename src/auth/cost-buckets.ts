/** Levels that all API processes share, see `CostLevels` in src/events/redis. */
export interface SharedLevels {
  /**
   * Raises the level of a key by `addMs`, unless it would then exceed `mostMs`; it falls by itself as time passes. Returns what the
   * level is now, or would have been. Null, or an error, while it is unavailable.
   */
  raise(key: string, addMs: number, mostMs: number): Promise<Level | null>;
}

export interface Level {
  readonly isRaised: boolean;
  readonly levelMs: number;
}

export interface CostBucketsOptions {
  /** Points in a full bucket. */
  readonly limit: number;
  /** Points that come back each second. */
  readonly perSecond: number;
  readonly shared: SharedLevels;
  /** Called once each time that the shared levels become unavailable. */
  readonly onUnavailable: (thrown: unknown) => void;
  /** Milliseconds. */
  readonly now?: () => number;
}

export interface Spending {
  readonly isAllowed: boolean;
  /** Points that are left. */
  readonly remaining: number;
  /** Until as much could be spent; 0 where it was. */
  readonly retryAfterSeconds: number;
}

/** How long the shared levels are not asked after a fault, so that a Redis that hangs delays no more than one operation a second. */
const ALONE_MS = 1_000;

/**
 * A bucket of points for each caller. Each is kept as the time until it would be full again. While the shared levels are
 * unavailable, each process keeps its own, with the same figures, so that the limit holds for each process.
 */
export class CostBuckets {
  readonly #options: CostBucketsOptions;
  readonly #now: () => number;
  readonly #own: MemoryLevels;
  #countsAloneUntil = Number.NEGATIVE_INFINITY;

  constructor(options: CostBucketsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#own = new MemoryLevels(this.#now);
  }

  get limit(): number {
    return this.#options.limit;
  }

  get perSecond(): number {
    return this.#options.perSecond;
  }

  /** Never throws. */
  async spend(key: string, points: number): Promise<Spending> {
    const { limit, perSecond } = this.#options;
    const mostMs = this.#msOf(limit);
    const addMs = this.#msOf(points);
    const { isRaised, levelMs } = (await this.#raiseShared(key, addMs, mostMs)) ?? this.#own.raise(key, addMs, mostMs);
    const usedMs = isRaised ? levelMs : levelMs - addMs;
    return {
      isAllowed: isRaised,
      remaining: Math.max(0, limit - Math.ceil((usedMs * perSecond) / 1_000)),
      retryAfterSeconds: isRaised ? 0 : Math.max(1, Math.ceil((levelMs - mostMs) / 1_000)),
    };
  }

  async #raiseShared(key: string, addMs: number, mostMs: number): Promise<Level | null> {
    if (this.#now() < this.#countsAloneUntil) return null;
    try {
      const level = await this.#options.shared.raise(key, addMs, mostMs);
      if (level) {
        this.#countsAloneUntil = Number.NEGATIVE_INFINITY;
        return level;
      }
      this.#countAlone(new Error('The shared levels are unavailable.'));
    } catch (thrown) {
      this.#countAlone(thrown);
    }
    return null;
  }

  #countAlone(thrown: unknown): void {
    if (this.#countsAloneUntil === Number.NEGATIVE_INFINITY) this.#options.onUnavailable(thrown);
    this.#countsAloneUntil = this.#now() + ALONE_MS;
  }

  #msOf(points: number): number {
    return (points * 1_000) / this.#options.perSecond;
  }
}

/** Callers at once: at about 150 bytes each, 2 MB. Beyond them, the one that was first seen is forgotten. */
const MAX_KEYS = 10_000;

/** The same in the memory of this process. */
class MemoryLevels {
  readonly #now: () => number;
  /** When each bucket is full again. */
  readonly #fullAt = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  raise(key: string, addMs: number, mostMs: number): Level {
    const now = this.#now();
    const fullAt = Math.max(this.#fullAt.get(key) ?? 0, now) + addMs;
    const isRaised = fullAt - now <= mostMs;
    if (isRaised) this.#fullAt.set(key, fullAt);
    const [first] = this.#fullAt.keys();
    if (this.#fullAt.size > MAX_KEYS && first !== undefined) this.#fullAt.delete(first);
    return { isRaised, levelMs: fullAt - now };
  }
}
