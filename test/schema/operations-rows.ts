import type { ProviderFacts } from '../../src/resolvers/services.ts';
import type { AlertView } from '../../src/services/alerts/alert-reads-sql.ts';
import type { BackupView } from '../../src/services/backups/backup-store.ts';
import type { ActiveJobFacts } from '../../src/services/queues/active-jobs-sql.ts';
import type { FailedJobFacts } from '../../src/services/queues/failed-jobs-sql.ts';
import type { QueueFacts } from '../../src/services/queues/queue-stats-sql.ts';
import type { QueueSnapshot } from '../../src/services/queues/queue-watch.ts';
import type { StuckVideo } from '../../src/services/queues/stuck-videos-sql.ts';
import type { OperationLatencyFacts } from '../../src/services/reports/operation-latencies.ts';
import type { ReportFacts } from '../../src/services/reports/report.service.ts';
import { ME, OTHER_USER, PROVIDER, SCENE, THEN, VIDEO } from './fake-rows.ts';

export function queue(): QueueFacts {
  const counts = { waiting: 2, delayed: 0, active: 1, succeeded: 5, failed: 1, workers: 1 };
  const lately = { recentFailureRate: 50, recentThroughputPerMinute: 0.2 };
  const rates = { failureRate: 12.5, throughputPerMinute: 0.1, ...lately, oldestWaitingSeconds: 7 };
  const byPriority = [{ priority: 'NORMAL', waiting: 2 }] as const;
  return { name: 'VIDEO', status: 'NORMAL', paused: false, ...counts, ...rates, byPriority };
}

export async function* snapshots(): AsyncGenerator<QueueSnapshot, void, undefined> {
  yield [queue()];
}

export function activeJob(): ActiveJobFacts {
  const worker = { workerHost: 'maker', workerPid: 42, heartbeatAt: THEN, heartbeatAgeSeconds: 2 };
  return { id: SCENE, videoId: VIDEO, queue: 'VIDEO', stage: 'SPEECH', attempts: 1, activeSeconds: 75, ...worker };
}

export function failedJob(): FailedJobFacts {
  const error = { errorCode: 'FFMPEG_FAILED', errorMessage: 'FFmpeg failed.' };
  return { id: SCENE, videoId: VIDEO, queue: 'VIDEO', attempts: 4, failedAt: THEN, ...error };
}

export function stuckVideo(given: Partial<StuckVideo> = {}): StuckVideo {
  const facts = { stuckSeconds: 4_000, stage: 'ASSEMBLY', progress: 81, lastHeartbeatAt: THEN } as const;
  return { videoId: VIDEO, ownerId: ME, ...facts, ...given };
}

export function provider(): ProviderFacts {
  const state = { configured: true, enabled: true, priority: 0, health: 'HEALTHY', circuit: 'CLOSED' } as const;
  return { id: PROVIDER, name: 'local', capabilities: ['TEXT'], models: [], lastError: null, ...state };
}

/** One change. */
export async function* providerChanges() {
  yield provider();
}

export const ALERT = '019a0000-0000-7000-8000-00000000000c';

export function alertView(): AlertView {
  const rule = { rule: 'redis-lost', service: 'redis', priority: 'P0', errorCode: 'REDIS_CONNECTION_FAILED' } as const;
  const texts = {
    message: 'Redis does not answer.',
    actionRequired: 'Check that Redis runs.',
    details: { docs: 'page' },
  };
  const times = { raisedAt: THEN, lastSeenAt: THEN, respondBy: THEN, resolvedAt: null, count: 2 };
  return {
    id: ALERT,
    ...rule,
    ...texts,
    ...times,
    state: 'ACKNOWLEDGED',
    acknowledgedAt: THEN,
    acknowledgedBy: OTHER_USER,
  };
}

export const BACKUP = '019a0000-0000-7000-8000-00000000000d';

export function backupView(): BackupView {
  const place = { location: '/backups/one.backup', size: 7, verified: true };
  return { id: BACKUP, startedAt: THEN, completedAt: THEN, errorMessage: null, ...place };
}

/** One change. */
export async function* alertChanges() {
  yield alertView();
}

export async function* healthChanges() {
  yield { status: 'HEALTHY', version: '0.1.0', uptimeSeconds: 7, timestamp: THEN } as const;
}

export function metrics() {
  return {
    calls: 0,
    successRate: null,
    errorRate: null,
    timeoutRate: null,
    partialFailureRate: null,
    tokenRefreshSuccessRate: null,
    averageRetries: null,
    averageUploadSeconds: null,
    consecutiveFailures: 0,
    p50Ms: null,
    p90Ms: null,
    p99Ms: null,
    cost: '0.0000',
    verdicts: [],
  };
}

export function checks() {
  const works = { status: 'HEALTHY', message: null } as const;
  const pool = { total: 1, idle: 1, used: 0, waiting: 0, max: 50, usagePercentage: 0, longRunning: 0 };
  return {
    database: { ...works, latencyMs: 1.5, pool },
    redis: { ...works, latencyMs: 0.5, memoryBytes: 1_048_576 },
    workers: { ...works, activeWorkers: 1, pendingJobs: 0 },
    disk: { ...works, freeBytes: 2 ** 40, totalBytes: 2 ** 41, percentageUsed: 50 },
    ffmpeg: { ...works, version: '5.1' },
    storage: { ...works, latencyMs: 2 },
    providers: { ...works, healthy: 1, total: 1 },
  };
}

export function operationLatency(): OperationLatencyFacts {
  const percentiles = { p50Ms: 4, p95Ms: 20, p99Ms: 30 };
  return { operation: 'videos', requests: 9, errors: 1, meanMs: 6.5, ...percentiles, minMs: 1, maxMs: 31 };
}

export function dailyReport(): ReportFacts {
  const videos = { totalVideos: 4, completedVideos: 3, failedVideos: 1, successRate: 75, averageDurationSeconds: 90 };
  const api = { apiP50Ms: 5, apiP95Ms: 20, apiP99Ms: 40, sqlP95Ms: 3 };
  return {
    date: '2026-01-31',
    ...videos,
    activeUsers: 2,
    apiCalls: [{ service: 'openai', total: 10, success: 9, failed: 1, successRate: 90 }],
    quotaUsage: [],
    commonErrors: [{ code: 'OPENAI_TIMEOUT', count: 1 }],
    performance: { ...api, makingP50Seconds: 80, makingP95Seconds: 120, availability: 100 },
  };
}
