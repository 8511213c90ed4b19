import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { Em } from '../db/orm.ts';
import type { JobStore } from '../jobs/queue/job-store.ts';
import { ScheduledBackups } from '../jobs/tasks/back-up.ts';
import { ServiceQuotaChecks } from '../jobs/tasks/check-service-quotas.ts';
import { OldRowRemoval } from '../jobs/tasks/clear-old-rows.ts';
import { forgetAccessChanges } from '../jobs/tasks/forget-access-changes.ts';
import { OldGenerationRemoval } from '../jobs/tasks/forget-old-generations.ts';
import { maintainDatabase } from '../jobs/tasks/maintain-database.ts';
import type { PeriodicTask } from '../jobs/tasks/periodic-task.ts';
import { UptimePing } from '../jobs/tasks/ping-uptime-monitor.ts';
import { DeletedVideoPurge } from '../jobs/tasks/purge-deleted-videos.ts';
import { StuckVideoRecovery } from '../jobs/tasks/recover-stuck-videos.ts';
import { OrphanedFileRemoval } from '../jobs/tasks/remove-orphaned-files.ts';
import { RowFiles } from '../jobs/tasks/row-files.ts';
import { ScheduledTaskStore } from '../jobs/tasks/scheduled-task-store.ts';
import { Scheduler } from '../jobs/tasks/scheduler.ts';
import { TaskLocks } from '../jobs/tasks/task-locks.ts';
import { DailyReports } from '../jobs/tasks/write-daily-report.ts';
import { evictClips } from '../media/clips/clip-eviction.ts';
import { readWorkload } from '../monitoring/health-sql.ts';
import type { Logger } from '../monitoring/logger.ts';
import { Metrics, type TaskMetrics } from '../monitoring/metrics.ts';
import { poolCounts } from '../monitoring/pool-facts.ts';
import { readWork } from '../services/alerts/alert-readings-sql.ts';
import { countOpenAlerts } from '../services/alerts/alert-reads-sql.ts';
import type { Notification } from '../services/alerts/notification.ts';
import { queueNotification } from '../services/alerts/notification-store.ts';
import type { BackupService } from '../services/backups/backup.service.ts';
import { DatabaseMaintenance } from '../services/database/database-maintenance.ts';
import { countUncertain } from '../services/generations/generation-store.ts';
import type { RecoveryService } from '../services/queues/recovery.service.ts';
import { readOutboxAge, readProviderDay, readQueueFigures } from '../services/queues/work-figures-sql.ts';
import { readServiceQuotas } from '../services/quotas/service-quota-store.ts';
import { Freed } from '../storage/freed.ts';
import type { Storage } from '../storage/storage.ts';
import { backupsOf } from './backups.ts';
import { quotaSourcesOf } from './service-quotas.ts';
import { slackCheckOf } from './slack.ts';

export interface TaskParts {
  readonly config: Config;
  readonly db: Database;
  readonly jobs: JobStore;
  readonly storage: Storage;
  readonly recovery: RecoveryService;
  /** Whether the core of the installation works. */
  readonly isHealthy: () => Promise<boolean>;
  readonly metrics: TaskMetrics;
  readonly logger: Logger;
}

/** All periodic tasks, once for the installation or on each machine. Times are UTC. */
export function schedulerOf(parts: TaskParts): Scheduler {
  const { db, metrics, logger } = parts;
  return new Scheduler({
    tasks: tasksOf(parts),
    store: new ScheduledTaskStore(db),
    locks: new TaskLocks(db),
    metrics,
    logger,
  });
}

/** Where rendered clips are stored for reuse in films. */
export function clipsFolderOf({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'clips');
}

export function metricsOf(db: Database, logger: Logger): Metrics {
  const store = new ScheduledTaskStore(db);
  return new Metrics({
    lastTaskSuccesses: () => store.lastSuccesses(),
    serviceQuotas: () => readServiceQuotas(db.sql()),
    uncertainAttempts: () => countUncertain(db.sql()),
    queues: () => readQueueFigures(db.sql()),
    work: () => readWork(db.sql()),
    aliveWorkers: async () => (await readWorkload(db.sql())).activeWorkers,
    outboxAgeSeconds: () => readOutboxAge(db.sql()),
    providersOfDay: () => readProviderDay(db.sql()),
    openAlerts: () => countOpenAlerts(db.sql()),
    pool: () => poolCounts(db),
    onFault: (thrown) => logger.warn({ err: thrown }, 'a metric could not be read'),
  });
}

function tasksOf({ config, db, jobs, storage, recovery, isHealthy, logger }: TaskParts): PeriodicTask[] {
  const recovering = new StuckVideoRecovery({ recovery, logger, olderThanSeconds: config.stuckSeconds });
  const purge = new DeletedVideoPurge(db, storage);
  const { archiveDir, generationsDays } = config.retention;
  const archive = archiveDir === null ? null : new RowFiles(archiveDir);
  const retention = new OldRowRemoval({ db, jobs, times: config.retention, archive, logger });
  const generations = new OldGenerationRemoval({ db, storage, days: generationsDays, archive });
  const orphans = new OrphanedFileRemoval({ db, storage, logger });
  const quotaChecks = new ServiceQuotaChecks({ db, sources: quotaSourcesOf(config.services, db), logger });
  const notify = (em: Em, notice: Notification) => queueNotification(em, notice, 'on_call');
  const reports = new DailyReports({ db, logger, notify });
  const maintenance = new DatabaseMaintenance(db);
  const { clipsDays: days, clipsBytes: bytes } = config.retention;
  const clips = (signal: AbortSignal, freed: Freed) =>
    evictClips(clipsFolderOf(config), { days, bytes }, signal, (size) => freed.addFile(size));
  return [
    task('recover-stuck-videos', '*/10 * * * *', (signal) => recovering.recover(signal)),
    cleaning('purge-deleted-videos', '*/5 * * * *', (signal, freed) => purge.purge(signal, freed)),
    task('check-service-quotas', '*/15 * * * *', (signal) => quotaChecks.check(signal)),
    cleaning('forget-access-changes', '*/10 * * * *', async (signal, freed) =>
      freed.addRows(await forgetAccessChanges(db, signal)),
    ),
    cleaning('forget-old-generations', '29 3 * * *', (signal, freed) => generations.remove(signal, freed)),
    cleaning('clear-old-rows', '17 3 * * *', async (signal, freed) => {
      for (const rows of Object.values(await retention.clear(signal))) freed.addRows(rows);
    }),
    cleaning('remove-orphaned-files', '41 4 * * *', (signal, freed) => orphans.remove(signal, freed)),
    task('maintain-database', '11 5 * * *', (signal) => maintainDatabase(maintenance, logger, signal)),
    task('write-daily-report', '5 0 * * *', () => reports.write()),
    ...scheduledBackups(config.backups.schedule, backupsOf({ config, db, storage, logger })),
    ...slackCheck(config, db),
    ...uptimePing(config.uptimePingUrl, isHealthy, logger),
    { ...cleaning('dispose-of-clips', '23 * * * *', clips), scope: 'machine' },
  ];
}

function scheduledBackups(schedule: string | null, backups: BackupService): PeriodicTask[] {
  if (schedule === null) return [];
  const scheduled = new ScheduledBackups(backups);
  return [task('back-up', schedule, (signal) => scheduled.take(signal))];
}

function slackCheck(config: Config, db: Database): PeriodicTask[] {
  const check = slackCheckOf({ config, db });
  if (check === undefined) return [];
  return [{ ...task('check-slack-command', '*/5 * * * *', (signal) => check.check(signal)), catchUp: 'skip' }];
}

function uptimePing(url: string | undefined, isHealthy: () => Promise<boolean>, logger: Logger): PeriodicTask[] {
  if (url === undefined) return [];
  const ping = new UptimePing({ url, isHealthy, logger });
  return [{ ...task('ping-uptime-monitor', '* * * * *', (signal) => ping.ping(signal)), catchUp: 'skip' }];
}

function task(name: string, pattern: string, run: (signal: AbortSignal) => Promise<unknown>): PeriodicTask {
  const withoutResult = async (signal: AbortSignal) => void (await run(signal));
  return { name, pattern, catchUp: 'once', scope: 'installation', run: withoutResult };
}

/** A task that removes what is no longer used, and says how much that was. */
function cleaning(
  name: string,
  pattern: string,
  run: (signal: AbortSignal, freed: Freed) => Promise<unknown>,
): PeriodicTask {
  const counted = async (signal: AbortSignal) => {
    const freed = new Freed();
    await run(signal, freed);
    return freed.toString();
  };
  return { name, pattern, catchUp: 'once', scope: 'installation', run: counted };
}
