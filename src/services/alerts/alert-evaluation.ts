import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { type Em, nowOf } from '../../db/orm.ts';
import { type AlertLog, logChange } from './alert-log.ts';
import { notify } from './alert-messages.ts';
import type { AlertReadings } from './alert-readings.ts';
import type { AlertRecord } from './alert-record.ts';
import { type AlertChange, type AlertTimes, evaluate } from './alert-round.ts';
import type { AlertRule } from './alert-rule.ts';
import { lockAlerts, saveAlert, takeDigests } from './alert-store.ts';
import type { Notification, Recipients } from './notification.ts';

export interface AlertEvaluationParts {
  readonly db: Database;
  readonly rules: readonly AlertRule[];
  readonly times: AlertTimes;
  readonly log: AlertLog;
  /** In the transaction of `em`. */
  readonly queueNotification: (em: Em, notification: Notification, recipients: Recipients) => Promise<void>;
  /** Called after alerts were raised or resolved. */
  readonly onChanged: () => void;
}

const SHOWN: readonly AlertChange['kind'][] = ['raised', 'reopened', 'resolved'];

/** Applies the readings of a round to the table of alerts, and queues the notifications, in one transaction. */
export class AlertEvaluation {
  readonly #parts: AlertEvaluationParts;

  constructor(parts: AlertEvaluationParts) {
    this.#parts = parts;
  }

  async apply(readings: AlertReadings): Promise<void> {
    const { db, rules, log, onChanged } = this.#parts;
    const changes = await db.transaction((em) => this.#applyIn(em, readings));
    const levels = new Map(rules.map(({ name, logLevel }) => [name, logLevel]));
    for (const change of changes) logChange(log, levels.get(change.alert.rule) ?? 'info', change);
    if (changes.some(({ kind }) => SHOWN.includes(kind))) onChanged();
  }

  async #applyIn(em: Em, readings: AlertReadings): Promise<readonly AlertChange[]> {
    const { rules, times, queueNotification } = this.#parts;
    const now = await nowOf(em);
    const digests = await takeDigests(em);
    const quietSince = now.getTime() - times.quietMs;
    const known = await lockAlerts(em, new Date(Math.min(quietSince, ...digests.map(({ since }) => since.getTime()))));
    const changes = evaluate({ rules, readings, alerts: known, now, times, newId: randomUUIDv7 });
    const changed = byId(changes.map(({ alert }) => alert));
    const alerts = [...byId([...known, ...changed.values()]).values()];
    const notified = notify({ alerts, rules, now, times, digests });
    for (const alert of byId([...changed.values(), ...notified.alerts]).values()) await saveAlert(em, alert);
    for (const { notification, recipients } of notified.messages) await queueNotification(em, notification, recipients);
    return changes;
  }
}

/** The last of each id. */
function byId(alerts: readonly AlertRecord[]): ReadonlyMap<string, AlertRecord> {
  return new Map(alerts.map((alert) => [alert.id, alert]));
}
