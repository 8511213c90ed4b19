import type { Database } from '../db/database.ts';
import type { HealthService } from '../monitoring/health.ts';
import { HealthMonitor } from '../monitoring/health-monitor.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { PoolMonitor } from '../monitoring/pool-monitor.ts';
import { SystemReport } from '../monitoring/system-report.ts';
import { ServiceQuotaService } from '../services/quotas/service-quota.service.ts';

export interface MonitoringParts {
  readonly db: Database;
  readonly health: HealthService;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Of the checks of the installation; 30 s by default. */
  readonly healthEveryMs?: number | undefined;
}

/** What each process observes in the background, of itself and of the installation. */
export function openMonitoring(
  { db, health, metrics, logger, healthEveryMs }: MonitoringParts,
  resources: AsyncDisposableStack,
) {
  const every = healthEveryMs === undefined ? {} : { everyMs: healthEveryMs };
  const healthMonitor = new HealthMonitor({ health, gauges: metrics, logger, ...every });
  resources.defer(() => healthMonitor.close());
  healthMonitor.open();
  const poolMonitor = new PoolMonitor({ usage: db.poolUsage, logger });
  resources.defer(() => poolMonitor.close());
  poolMonitor.open();
  return { system: new SystemReport({ health, quotas: () => new ServiceQuotaService(db).list() }) };
}
