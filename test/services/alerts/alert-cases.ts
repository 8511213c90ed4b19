import type { AlertReadings, HealthReadings, WorkReadings } from '../../../src/services/alerts/alert-readings.ts';
import type { AlertRecord } from '../../../src/services/alerts/alert-record.ts';
import type { ProviderReadings } from '../../../src/services/providers/provider.service.ts';
import { metrics } from '../../schema/operations-rows.ts';

export const T0 = Date.parse('2026-03-01T03:00:00.000Z');
const WORKS = { status: 'HEALTHY', message: null } as const;

/** Minutes after 3 a.m. */
export const at = (minutes: number) => new Date(T0 + minutes * 60_000);

export function health(given: Partial<HealthReadings> = {}): HealthReadings {
  const workers = { ...WORKS, activeWorkers: 1, pendingJobs: 0 };
  const disk = { ...WORKS, totalBytes: 1_000, percentageUsed: 40 };
  return { database: WORKS, redis: WORKS, ffmpeg: WORKS, storage: WORKS, workers, disk, ...given };
}

export function work(given: Partial<WorkReadings> = {}): WorkReadings {
  const jobs = { waiting: 0, endedJobs: 0, failedJobs: 0, shownFailures: 0 };
  return { ...jobs, endedVideos: 0, failedVideos: 0, stuckVideos: 0, ...given };
}

export function provider(
  name: string,
  given: Partial<ProviderReadings['metrics']>,
  lastErrorCode: string | null = null,
) {
  return { name, lastErrorCode, metrics: { ...metrics(), ...given } } satisfies ProviderReadings;
}

/** All is well. */
export const GOOD: AlertReadings = {
  health: health(),
  quotas: [],
  services: [],
  work: work(),
  database: { connectionsPercent: 5, slowestMeanMs: 2 },
};

export const REDIS_LOST: AlertReadings = {
  ...GOOD,
  health: health({ redis: { status: 'UNHEALTHY', message: 'Redis does not answer.' } }),
};

/** An open alert of Redis, raised at 3 a.m. and not notified. */
export function alert(given: Partial<AlertRecord> = {}): AlertRecord {
  const rule = { rule: 'redis-lost', service: 'redis', priority: 'P0', errorCode: 'REDIS_CONNECTION_FAILED' } as const;
  const texts = { message: 'Redis does not answer.', actionRequired: 'Check that Redis runs.', details: {} };
  const times = { raisedAt: at(0), lastSeenAt: at(0), respondBy: at(0), goodSince: null, resolvedAt: null };
  const notified = { acknowledgedAt: null, notifiedAt: null, endNotifiedAt: null, level: 0 };
  return { id: '019a0000-0000-7000-8000-00000000000c', ...rule, ...texts, count: 1, ...times, ...notified, ...given };
}
