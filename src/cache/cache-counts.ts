export type CacheLevel = 'memory' | 'redis';

/** How often the cache was asked, since the process began, and what came of it. */
export class CacheCounts {
  readonly #counts = { memory: { hit: 0, miss: 0 }, redis: { hit: 0, miss: 0 } };

  add(level: CacheLevel, result: 'hit' | 'miss'): void {
    this.#counts[level][result]++;
  }

  of(level: CacheLevel, result: 'hit' | 'miss'): number {
    return this.#counts[level][result];
  }
}
