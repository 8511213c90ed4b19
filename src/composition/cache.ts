import type { Cache } from '../cache/cache.ts';
import { type ProviderMetrics, recentFromJson } from '../services/providers/provider.service.ts';
import type { QueueFacts } from '../services/queues/queue-stats.ts';
import type { StagePerformance } from '../services/queues/stage-performance.ts';
import { VIDEO_CACHE_SETTINGS } from '../services/videos/cached-video-reads.ts';

/** What is gathered more quickly is gathered anew each time, and is exact. */
const LONG_MS = 100;
/** What takes long to gather: everybody who looks at the same within some seconds sees the same. */
const FIGURES = {
  memorySeconds: 5,
  redisSeconds: 10,
  allowsStale: true,
  isWorthCaching: (_figures: unknown, milliseconds: number) => milliseconds >= LONG_MS,
} as const;

/** All that is kept, and for how long: 1,000 answers in memory. What it saves and what it may cost is in docs/decisions/0015-cache.md. */
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
    counts: cache.region<number>({ ...FIGURES, name: 'count', entries: 60, revive: Number }),
    queues: {
      // Of these the counts move while somebody watches.
      stats: cache.region<QueueFacts[]>({
        ...FIGURES,
        name: 'queues',
        entries: 1,
        memorySeconds: 1,
        redisSeconds: 1,
        revive: JSON.parse,
      }),
      stages: cache.region<StagePerformance[]>({ ...FIGURES, name: 'stages', entries: 9, revive: JSON.parse }),
    },
    providers: {
      recent: cache.region({ ...FIGURES, name: 'providers', entries: 10, revive: recentFromJson }),
      metrics: cache.region<ProviderMetrics[]>({ ...FIGURES, name: 'metrics', entries: 20, revive: JSON.parse }),
    },
  };
}
