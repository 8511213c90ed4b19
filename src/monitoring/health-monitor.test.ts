import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HealthChecks, HealthStatus } from './health.ts';
import { HealthMonitor } from './health-monitor.ts';
import { createLogger } from './logger.ts';

const part = { status: 'HEALTHY', message: null } as const;
const CHECKS: HealthChecks = {
  database: {
    ...part,
    latencyMs: 1,
    pool: { total: 1, idle: 1, used: 0, waiting: 0, max: 5, usagePercentage: 0, longRunning: 0 },
  },
  redis: { ...part, latencyMs: 1, memoryBytes: 1 },
  workers: { ...part, activeWorkers: 1, pendingJobs: 0 },
  disk: { ...part, freeBytes: 9, totalBytes: 10, percentageUsed: 10 },
  ffmpeg: { ...part, version: '7.0' },
  storage: { ...part, latencyMs: 1 },
  providers: { ...part, healthy: 1, total: 1 },
};
const LOST: HealthChecks = {
  ...CHECKS,
  redis: { ...CHECKS.redis, status: 'UNHEALTHY', message: 'Redis does not answer.' },
};

const log: Record<string, unknown>[] = [];
const checked: HealthChecks[] = [];
let state: { status: HealthStatus; checks: HealthChecks } = { status: 'HEALTHY', checks: CHECKS };
const monitor = () =>
  new HealthMonitor({
    health: {
      status: async () => ({ status: state.status, version: '1', uptimeSeconds: 1, timestamp: new Date() }),
      checks: async () => state.checks,
    },
    gauges: { healthChecked: (checks) => void checked.push(checks) },
    logger: createLogger({ level: 'info', destination: { write: (line) => log.push(JSON.parse(line)) } }),
  });

afterEach(() => {
  vi.useRealTimers();
  log.length = 0;
  checked.length = 0;
});

describe('The background check of the installation', () => {
  it('runs at once, then every 30 s until it is closed', async () => {
    vi.useFakeTimers();
    const running = monitor();
    running.open();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(checked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(checked).toHaveLength(3);
    await running.close();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(checked).toHaveLength(3);
  });

  it('writes a line when the state changes, with the parts that fail, and none while it stays', async () => {
    vi.useFakeTimers();
    const running = monitor();
    state = { status: 'HEALTHY', checks: CHECKS };
    running.open();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log).toEqual([]);
    state = { status: 'UNHEALTHY', checks: LOST };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log).toMatchObject([
      { level: 'WARNING', status: 'UNHEALTHY', failing: [{ part: 'redis', message: 'Redis does not answer.' }] },
    ]);
    state = { status: 'HEALTHY', checks: CHECKS };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log.slice(1)).toMatchObject([{ level: 'INFO', message: 'the installation is healthy again' }]);
    await running.close();
  });

  it('writes a line also where the first check finds a failure', async () => {
    state = { status: 'UNHEALTHY', checks: LOST };
    const running = monitor();
    running.open();
    await running.close();
    expect(log).toHaveLength(1);
  });
});
