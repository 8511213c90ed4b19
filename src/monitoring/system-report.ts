import type { HealthService } from './health.ts';

/** The quota of an outside service, in its own unit. */
export interface ReportedQuota {
  readonly service: string;
  readonly used: number;
  readonly total: number | null;
  readonly percentage: number | null;
  readonly status: string;
  readonly resetAt: Date | null;
}

export interface SystemReportPorts {
  readonly health: Pick<HealthService, 'status' | 'checks'>;
  readonly quotas: () => Promise<readonly ReportedQuota[]>;
}

const BYTES_PER_GB = 1_000_000_000;

/** What GET /api/v1/system/health and /api/v1/system/quota answer: JSON with names in snake_case, for scripts and dashboards of operators. */
export class SystemReport {
  readonly #ports: SystemReportPorts;

  constructor(ports: SystemReportPorts) {
    this.#ports = ports;
  }

  async health() {
    const { health } = this.#ports;
    const [{ status, timestamp }, checks] = await Promise.all([health.status(), health.checks()]);
    const { database, redis, workers, disk, ffmpeg, storage, providers } = checks;
    return {
      status: status.toLowerCase(),
      timestamp: timestamp.toISOString(),
      checks: {
        database: { ...stateOf(database), latency_ms: rounded(database.latencyMs) },
        redis: { ...stateOf(redis), latency_ms: rounded(redis.latencyMs) },
        workers: {
          ...stateOf(workers),
          active_workers: workers.activeWorkers,
          pending_tasks: workers.pendingJobs,
        },
        disk: {
          ...stateOf(disk),
          free_gb: rounded(disk.freeBytes / BYTES_PER_GB),
          total_gb: rounded(disk.totalBytes / BYTES_PER_GB),
          percentage_used: rounded(disk.percentageUsed),
        },
        ffmpeg: { ...stateOf(ffmpeg), version: ffmpeg.version },
        storage: { ...stateOf(storage), latency_ms: rounded(storage.latencyMs) },
        ai_services: { ...stateOf(providers), healthy: providers.healthy, total: providers.total },
      },
    };
  }

  async quota() {
    const quotas = (await this.#ports.quotas()).map(({ service, used, total, percentage, status, resetAt }) => [
      service,
      {
        used,
        total,
        percentage: rounded(percentage),
        reset_date: resetAt?.toISOString() ?? null,
        status: status.toLowerCase(),
      },
    ]);
    return { timestamp: new Date().toISOString(), quotas: Object.fromEntries(quotas) };
  }
}

/** The message only where there is one. */
function stateOf({ status, message }: { readonly status: string; readonly message: string | null }) {
  return { status: status.toLowerCase(), ...(message !== null && { message }) };
}

function rounded<Value extends number | null>(value: Value): Value | number {
  return value === null ? value : Math.round(value * 100) / 100;
}
