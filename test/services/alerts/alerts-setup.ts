import { sql } from 'kysely';
import type { Database } from '../../../src/db/database.ts';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { AlertEvaluation } from '../../../src/services/alerts/alert-evaluation.ts';
import { ALERT_TIMES } from '../../../src/services/alerts/alert-round.ts';
import { ALERT_RULES } from '../../../src/services/alerts/alert-rules.ts';
import type { Notification, Recipients } from '../../../src/services/alerts/notification.ts';

export interface Queued {
  readonly recipients: Recipients;
  readonly notification: Notification;
}

/** A process that evaluates, with what it queues, logs and announces. */
export class EvaluatingProcess {
  readonly log: Record<string, unknown>[] = [];
  readonly queued: Queued[] = [];
  announced = 0;
  /** Makes the next round fail after everything was written. */
  failsNext = false;
  readonly logger = createLogger({ level: 'debug', destination: { write: (line) => this.log.push(JSON.parse(line)) } });
  readonly queueNotification = async (_em: unknown, notification: Notification, recipients: Recipients) => {
    this.queued.push({ recipients, notification });
    if (this.failsNext) throw new Error('The process dies here.');
  };
  readonly evaluation: AlertEvaluation;

  constructor(db: Database) {
    this.evaluation = new AlertEvaluation({
      db,
      rules: ALERT_RULES,
      times: ALERT_TIMES,
      log: this.logger,
      queueNotification: this.queueNotification,
      onChanged: () => this.announced++,
    });
  }

  /** Kinds and recipients of what was queued since the last call. */
  takeQueued(): string[] {
    return this.queued.splice(0).map(({ recipients, notification }) => `${notification.kind} ${recipients}`);
  }
}

/** Moves all times of alerts and rounds into the past. */
export async function passMinutes(db: Database, minutes: number): Promise<void> {
  const columns = [
    'raised_at',
    'last_seen_at',
    'respond_by',
    'good_since',
    'resolved_at',
    'acknowledged_at',
    'notified_at',
    'end_notified_at',
  ];
  const earlier = sql.join(
    columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(name)} - make_interval(mins => ${minutes})`),
  );
  await sql`update alerts set ${earlier}`.execute(db.sql());
  await sql`update alert_rounds set at = at - make_interval(mins => ${minutes})`.execute(db.sql());
}

export async function rows(db: Database) {
  const found = db.sql().selectFrom('alerts').select(['rule', 'service', 'count', 'resolved_at as resolvedAt']);
  const alerts = await found.orderBy('raised_at').orderBy('rule').execute();
  return alerts.map(
    ({ rule, service, count, resolvedAt }) => `${rule} ${service} ${count}${resolvedAt ? ' resolved' : ''}`,
  );
}
