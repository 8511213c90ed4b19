import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { HealthService } from '../monitoring/health.ts';
import { HealthMonitor } from '../monitoring/health-monitor.ts';
import type { Logger } from '../monitoring/logger.ts';
import { LoopDelay } from '../monitoring/loop-delay.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { PoolMonitor } from '../monitoring/pool-monitor.ts';
import { ProcessReporter } from '../monitoring/process-reporter.ts';
import { SystemReport } from '../monitoring/system-report.ts';
import { ServiceQuotaService } from '../services/quotas/service-quota.service.ts';
import { Availability } from '../services/reports/availability.ts';
import { OperationLatencies } from '../services/reports/operation-latencies.ts';
import {
  addLatencies,
  recordProcessReading,
  removeProcessReading,
} from '../services/reports/process-readings-store.ts';

export interface MonitoringParts {
  readonly config: Pick<Config, 'dataDir'>;
  readonly db: Database;
  readonly health: HealthService;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly given: {
    /** What this process does. */
    readonly api?: boolean;
    readonly worker?: boolean;
    /** Between two checks of the health; 30 s by default. */
    readonly healthEveryMs?: number;
  };
}

/** What each process observes in the background, of itself and of the installation. */
export function openMonitoring(parts: MonitoringParts, resources: AsyncDisposableStack) {
  const { config, db, health, metrics, logger, given } = parts;
  const availability = new Availability({ db });
  const healthMonitor = new HealthMonitor({
    health,
    gauges: metrics,
    logger,
    onRound: (status) => availability.record(status),
    ...(given.healthEveryMs !== undefined && { everyMs: given.healthEveryMs }),
  });
  resources.defer(() => healthMonitor.close());
  const poolMonitor = new PoolMonitor({ usage: db.poolUsage, logger });
  resources.defer(() => poolMonitor.close());
  poolMonitor.open();
  const operationLatencies = new OperationLatencies({ db, take: () => metrics.operations.take() });
  const loopDelay = new LoopDelay();
  resources.defer(() => loopDelay.close());
  loopDelay.open();
  const reporter = new ProcessReporter({
    kind: given.api && given.worker ? 'all' : given.worker ? 'worker' : 'api',
    db,
    recent: metrics.recent,
    loopDelay,
    dataDir: config.dataDir,
    store: {
      record: (reading) => recordProcessReading(db.sql(), reading),
      addLatencies: (...counted) => addLatencies(db.sql(), ...counted),
      addOperations: () => operationLatencies.record(),
      remove: (processId) => removeProcessReading(db.sql(), processId),
    },
    logger,
  });
  resources.defer(() => reporter.close());
  reporter.open();
  // Its first round comes when the process has begun wholly: until then its worker is not there.
  return {
    healthMonitor,
    loopDelay,
    operationLatencies,
    system: new SystemReport({ health, quotas: () => new ServiceQuotaService(db).list() }),
  };
}
