import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import { recentCalls } from '../services/providers/provider.service.ts';
import { providerMetrics } from '../services/providers/provider-metrics.ts';
import { queueFacts } from '../services/queues/queue-stats-sql.ts';
import { stagePerformance } from '../services/queues/stage-performance-sql.ts';
import { VIDEO_CACHE_SETTINGS } from '../services/videos/cached-video-reads.ts';

/** Answers that take less time to gather are not cached, and are exact. */
const LONG_MS = 100;
/** Answers that take long to gather: all readers within some seconds get the same one. */
const FIGURES = {
  memorySeconds: 5,
  redisSeconds: 10,
  allowsStale: true,
  isWorthCaching: (_figures: unknown, milliseconds: number) => milliseconds >= LONG_MS,
} as const;

/** All regions of the cache and their lifetimes: 1,000 answers in memory. Its benefits and costs are in docs/decisions/0015-cache.md. */
export function createReadCaches(cache: Cache) {
  return {
    videos: cache.region({
      ...VIDEO_CACHE_SETTINGS,
      name: 'video',
      entries: 900,
      memorySeconds: 300,
      redisSeconds: 1_800,
      allowsStale: false,
    }),
    counts: cache.region({ ...FIGURES, name: 'count', entries: 60, schema: z.number() }),
    queues: {
      // Their counts change while clients watch.
      stats: cache.region({
        ...FIGURES,
        name: 'queues',
        entries: 1,
        memorySeconds: 1,
        redisSeconds: 1,
        schema: z.array(queueFacts),
      }),
      stages: cache.region({ ...FIGURES, name: 'stages', entries: 9, schema: z.array(stagePerformance) }),
    },
    providers: {
      recent: cache.region({ ...FIGURES, name: 'providers', entries: 10, schema: z.array(recentCalls) }),
      metrics: cache.region({ ...FIGURES, name: 'metrics', entries: 20, schema: z.array(providerMetrics) }),
    },
  };
}
