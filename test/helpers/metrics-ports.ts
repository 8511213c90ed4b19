import type { MetricsPorts } from '../../src/monitoring/metrics.ts';

/** What metrics read at each scrape, of an installation without work, with these differences. */
export function metricsPorts(given: Partial<MetricsPorts> = {}): MetricsPorts {
  const none = { endedJobs: 0, failedJobs: 0, shownFailures: 0, endedVideos: 0, failedVideos: 0, stuckVideos: 0 };
  return {
    lastTaskSuccesses: async () => [],
    openAlerts: async () => [],
    serviceQuotas: async () => [],
    uncertainAttempts: async () => 0,
    queues: async () => [],
    work: async () => none,
    aliveWorkers: async () => 1,
    outboxAgeSeconds: async () => 0,
    providersOfDay: async () => [],
    pool: async () => ({ total: 3, idle: 2, waiting: 1, max: 8 }),
    onFault: () => undefined,
    ...given,
  };
}
