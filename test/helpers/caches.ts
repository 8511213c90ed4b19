import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Cache } from '../../src/cache/cache.ts';
import type { CacheRegion, RegionSettings } from '../../src/cache/cache-region.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { until } from './until.ts';

/** The cache of one process; those of the same prefix share their content. */
export interface TestCache {
  readonly cache: Cache;
  readonly pubSub: RedisPubSub;
  /** Its reported errors. */
  readonly faults: readonly unknown[];
  close(): void;
}

/** Starts to connect to the Redis at this address. */
export function openCache(redisUrl: string, prefix: string): TestCache {
  const faults: unknown[] = [];
  const pubSub = new RedisPubSub({ redisUrl, prefix });
  const cache = new Cache({ redisUrl, prefix, pubSub, onFault: (thrown) => faults.push(thrown) });
  pubSub.open();
  cache.open();
  const close = () => {
    cache.close();
    pubSub.close();
  };
  return { cache, pubSub, faults, close };
}

/** Several connected caches that share a new prefix. */
export async function connectedCaches(redisUrl: string, count: number): Promise<TestCache[]> {
  const prefix = `t-${randomUUID()}`;
  const caches = Array.from({ length: count }, () => openCache(redisUrl, prefix));
  let received = 0;
  for (const { pubSub } of caches) pubSub.listen('settled', (text) => text !== '' && received++);
  await until('all caches are connected', () => caches.every(({ cache }) => cache.isCurrent));
  // Each announces its start to all, which may still be in transit; later messages arrive later. Its own message arrives at once.
  caches[0]?.pubSub.publish('settled', 'yes');
  await until('all have received the messages of all', () => received > caches.length);
  return caches;
}

/** A region that caches texts for longer than a test takes. */
export function textsIn(cache: Cache, settings: Partial<RegionSettings<string>> = {}): CacheRegion<string> {
  return cache.region({
    name: 'texts',
    entries: 100,
    memorySeconds: 300,
    redisSeconds: 600,
    allowsStale: false,
    isWorthCaching: () => true,
    schema: z.string(),
    ...settings,
  });
}
