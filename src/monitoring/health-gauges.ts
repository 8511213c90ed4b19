import { Gauge, type Registry } from 'prom-client';
import type { HealthChecks, HealthStatus } from './health.ts';
import type { HealthGauges } from './health-monitor.ts';

const VALUES: Readonly<Record<HealthStatus, number>> = { HEALTHY: 1, DEGRADED: 0.5, UNKNOWN: 0.5, UNHEALTHY: 0 };
const GAUGES = [
  { name: 'database_health', part: 'database', help: 'PostgreSQL: 1 healthy, 0.5 degraded, 0 unhealthy.' },
  { name: 'redis_health', part: 'redis', help: 'Redis: 1 healthy, 0.5 degraded, 0 unhealthy.' },
  {
    name: 'ai_services_health',
    part: 'providers',
    help: 'Content providers: 1 healthy, 0.5 where one fails, 0 where a kind of content has none that works.',
  },
  { name: 'storage_health', part: 'storage', help: 'Files: 1 healthy, 0.5 degraded, 0 unhealthy.' },
  { name: 'ffmpeg_health', part: 'ffmpeg', help: 'FFmpeg: 1 healthy, 0 unhealthy.' },
] as const;

/** What the last health check found. Of the processes that share a port, the one that sees the worst state counts. */
export class CheckGauges implements HealthGauges {
  readonly #states: readonly { readonly part: (typeof GAUGES)[number]['part']; readonly gauge: Gauge }[];
  readonly #freeDisk: Gauge;

  constructor(registry: Registry) {
    const worst = { registers: [registry], aggregator: 'min' as const };
    this.#states = GAUGES.map(({ name, part, help }) => ({ part, gauge: new Gauge({ name, help, ...worst }) }));
    this.#freeDisk = new Gauge({
      name: 'disk_free_ratio',
      help: 'Free share of the disk of the data directory, 0 to 1; missing while it cannot be read.',
      ...worst,
    });
    // Before the first check nothing is known: a gauge without labels would show 0, which is a failure.
    for (const gauge of [...this.#states.map((state) => state.gauge), this.#freeDisk]) gauge.remove();
  }

  healthChecked(checks: HealthChecks): void {
    for (const { part, gauge } of this.#states) gauge.set(VALUES[checks[part].status]);
    const { freeBytes, totalBytes } = checks.disk;
    // A disk that cannot be read has no size, and is not full.
    if (totalBytes > 0) this.#freeDisk.set(freeBytes / totalBytes);
    else this.#freeDisk.remove();
  }
}
