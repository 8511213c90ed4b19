import type { RedisPubSub } from '../events/redis/redis-pub-sub.ts';
import { type CacheLevel, CacheRegion, type RegionSettings } from './cache-region.ts';
import { RedisCache } from './redis-cache.ts';

/** Look-ups in the cache since the process started, and their results. */
export class CacheCounts {
  readonly #counts = { memory: { hit: 0, miss: 0 }, redis: { hit: 0, miss: 0 } };

  add(level: CacheLevel, result: 'hit' | 'miss'): void {
    this.#counts[level][result]++;
  }

  of(level: CacheLevel, result: 'hit' | 'miss'): number {
    return this.#counts[level][result];
  }
}

export interface CacheOptions {
  readonly redisUrl: string;
  /** Prefix of every key in Redis. */
  readonly prefix: string;
  readonly pubSub: Pick<RedisPubSub, 'connected' | 'listen' | 'nameOf'>;
  /** Called for each look-up in the cache. */
  readonly onLookup?: (level: CacheLevel, result: 'hit' | 'miss') => void;
  /** Called once each time that the cache becomes unavailable. */
  readonly onFault: (thrown: unknown) => void;
}

const CHANNEL = 'cache';

/** The cache of this process and the shared one in Redis. The caller that opens it closes it. */
export class Cache {
  readonly #pubSub: CacheOptions['pubSub'];
  readonly #redis: RedisCache;
  readonly #counts = new CacheCounts();
  readonly #regions: Pick<CacheRegion<unknown>, 'size' | 'drop' | 'clear'>[] = [];
  readonly #onLookup: CacheOptions['onLookup'];
  #stop: (() => void) | undefined;

  constructor({ pubSub, onLookup, ...redis }: CacheOptions) {
    this.#pubSub = pubSub;
    this.#onLookup = onLookup;
    this.#redis = new RedisCache({ ...redis, channel: pubSub.nameOf(CHANNEL) });
  }

  /** Starts to connect without waiting: nothing is cached until then, and everything else works. */
  open(): void {
    this.#stop = this.#pubSub.listen(CHANNEL, (name) => {
      for (const region of this.#regions) name === '' ? region.clear() : region.drop(name);
    });
    this.#redis.open();
  }

  /** False while invalidations of other processes may be missed. */
  get isCurrent(): boolean {
    return this.#redis.isTrusted && this.#pubSub.connected;
  }

  /** Its name has to differ from those of all other regions. */
  region<Value>(settings: RegionSettings<Value>): CacheRegion<Value> {
    const region = new CacheRegion<Value>(settings, {
      redis: this.#redis,
      isCurrent: () => this.isCurrent,
      onLookup: (level, result) => {
        this.#counts.add(level, result);
        this.#onLookup?.(level, result);
      },
    });
    this.#regions.push(region);
    return region;
  }

  /** Since the process started: hits, and `misses` that had to be loaded; `hitRate` in percent, `localSize` answers in memory. */
  stats() {
    const localHits = this.#counts.of('memory', 'hit');
    const redisHits = this.#counts.of('redis', 'hit');
    const hits = localHits + redisHits;
    const misses = this.#counts.of('memory', 'miss') - redisHits;
    const localSize = this.#regions.reduce((sum, { size }) => sum + size, 0);
    const hitRate = hits + misses === 0 ? null : (100 * hits) / (hits + misses);
    return { hits, misses, localHits, redisHits, hitRate, localSize };
  }

  close(): void {
    this.#stop?.();
    this.#redis.close();
    for (const region of this.#regions) region.clear();
  }
}
