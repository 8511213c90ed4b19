import type { Database } from '../db/database.ts';
import type { Em } from '../db/orm.ts';
import { AlertChanges } from '../events/redis/alert-changes.ts';
import type { RedisPubSub } from '../events/redis/redis-pub-sub.ts';
import type { HealthService } from '../monitoring/health.ts';
import type { Logger } from '../monitoring/logger.ts';
import { AlertService } from '../services/alerts/alert.service.ts';
import { AlertEvaluation } from '../services/alerts/alert-evaluation.ts';
import { AlertMonitor, type AlertMonitorTimes, MONITOR_TIMES } from '../services/alerts/alert-monitor.ts';
import type { AlertReadings } from '../services/alerts/alert-readings.ts';
import { readDatabase, readWork } from '../services/alerts/alert-readings-sql.ts';
import { readRecentAlerts } from '../services/alerts/alert-reads-sql.ts';
import { ALERT_TIMES, type AlertTimes } from '../services/alerts/alert-round.ts';
import { ALERT_RULES } from '../services/alerts/alert-rules.ts';
import { AlertWatch } from '../services/alerts/alert-watch.ts';
import { DatabaseLoss } from '../services/alerts/database-loss.ts';
import type { Notification, Recipients } from '../services/alerts/notification.ts';
import { queueNotification } from '../services/alerts/notification-store.ts';
import { readBackupFailure } from '../services/backups/backup-store.ts';
import type { ProviderService } from '../services/providers/provider.service.ts';
import { ServiceQuotaService } from '../services/quotas/service-quota.service.ts';
import { readAvailability } from '../services/reports/availability-store.ts';
import { readMeanMaking } from '../services/reports/daily-report-sql.ts';
import { readDailyActiveUsers } from '../services/reports/daily-report-store.ts';
import { readProcessFigures } from '../services/reports/process-readings-store.ts';
import { readSlackFacts } from '../services/slack/slack-facts-store.ts';
import type { Notifications } from './notifiers.ts';

export interface AlertsParts {
  readonly db: Database;
  readonly health: Pick<HealthService, 'checks'>;
  readonly providers: Pick<ProviderService, 'readings'>;
  readonly pubSub: RedisPubSub;
  readonly notifications: Notifications;
  readonly logger: Logger;
  readonly times?: Partial<AlertTimes & AlertMonitorTimes> | undefined;
}

/** Looks for alerts in this process too, until the resources are disposed of. */
export function alertsOf(parts: AlertsParts, resources: AsyncDisposableStack) {
  const { db, health, pubSub, notifications, logger: log } = parts;
  const times = { ...ALERT_TIMES, ...MONITOR_TIMES, ...parts.times };
  const alertChanges = new AlertChanges(pubSub);
  const changing = {
    db,
    queueNotification: async (em: Em, ...notification: [Notification, Recipients]) => {
      await queueNotification(em, ...notification);
      db.afterCommit(em, () => notifications.deliveries.trigger());
    },
    onChanged: () => alertChanges.publish(),
  };
  const monitor = new AlertMonitor({
    db,
    health: () => health.checks(),
    read: () => readingsOf(parts),
    evaluation: new AlertEvaluation({ ...changing, rules: ALERT_RULES, times, log }),
    loss: lossOf(parts, alertChanges, times),
    times,
    onFault: (thrown) => log.warn({ err: thrown }, 'alerts could not be looked for'),
  });
  resources.defer(() => monitor.close());
  monitor.open();
  return { alerts: new AlertService(changing), alertChanges };
}

export function alertWatchOf(db: Database, logger: Logger): AlertWatch {
  return new AlertWatch({
    read: () => readRecentAlerts(db.sql(), new Date(Date.now() - ALERT_TIMES.quietMs)),
    onFault: (thrown) => logger.warn({ err: thrown }, 'could not read the alerts'),
  });
}

function lossOf({ db, logger: log, notifications }: AlertsParts, changes: AlertChanges, times: AlertTimes) {
  const rule = ALERT_RULES.find(({ name }) => name === 'database-lost');
  if (!rule) throw new TypeError('The rule database-lost is missing.');
  return new DatabaseLoss({
    db,
    rule,
    log,
    claims: {
      claim: (id, level) => changes.claimLoss(id, level),
      settle: (id, level, isSent) => changes.settleLoss(id, level, isSent),
      end: (levels) => changes.endLoss(levels),
    },
    quietMs: times.quietMs,
    graceMs: times.graceMs,
    sendNow: (...given) => notifications.notifierChannels.sendNow(...given),
    onChanged: () => changes.publish(),
  });
}

const AVAILABILITY_DAYS = 30;
const MAKING_HOURS = 24;
/** Three falls in a row need four days. */
const ACTIVE_USER_DAYS = 4;

/**
 * One after the other: ten statements at once would open ten connections every half minute, each of which takes some MB of
 * the server for a while. What cannot be read is left out, so that one source does not hide all others.
 */
async function readingsOf({ db, providers, logger }: AlertsParts): Promise<Omit<AlertReadings, 'health'>> {
  const read = async <Value>(what: string, reading: () => Promise<Value>): Promise<Value | undefined> =>
    await reading().catch((thrown: unknown) => {
      logger.warn({ err: thrown, what }, 'the rules of alerts could not read their figures');
      return undefined;
    });
  const rows = db.sql();
  const services = await read('services', () => providers.readings());
  const quotas = await read('quotas', () => new ServiceQuotaService(db).list());
  const work = await read('work', () => readWork(rows));
  const database = await read('database', () => readDatabase(rows));
  const processes = await read('processes', () => readProcessFigures(rows));
  const availability = await read('availability', () => readAvailability(rows, AVAILABILITY_DAYS));
  const making = await read('making times', () => readMeanMaking(rows, MAKING_HOURS));
  const users = await read('active users', () => readDailyActiveUsers(rows, ACTIVE_USER_DAYS));
  const backup = await read('backups', () => readBackupFailure(rows));
  const slack = await read('Slack', () => readSlackFacts(rows));
  return {
    ...(services && { services }),
    ...(quotas && { quotas }),
    ...(work && { work }),
    ...(database && { database }),
    ...(processes && { processes }),
    ...(availability !== undefined && { availability30dPercent: availability }),
    ...(making !== undefined && { meanMakingSeconds: making }),
    ...(users && { dailyActiveUsers: users }),
    ...(backup !== undefined && { backupFailure: backup }),
    ...(slack && { slackCommand: slack }),
  };
}
