import type { AlertReadings } from './alert-readings.ts';
import { type AlertRecord, isEndNotified, isOpen } from './alert-record.ts';
import { type AlertCause, type AlertRule, pageOf } from './alert-rule.ts';

export interface AlertTimes {
  /** How long a cause has to be gone before its alert is resolved. */
  readonly goodMs: number;
  /** A cause that comes back within this time reopens its alert; nor are recipients notified of one alert more often. */
  readonly quietMs: number;
  /** The least time that recipients have to acknowledge an alert before the next level is notified. */
  readonly graceMs: number;
}

export const ALERT_TIMES: AlertTimes = { goodMs: 2 * 60_000, quietMs: 10 * 60_000, graceMs: 5 * 60_000 };

export interface AlertRoundInput {
  readonly rules: readonly AlertRule[];
  readonly readings: AlertReadings;
  /** All that are open, and those that were resolved within the quiet time. */
  readonly alerts: readonly AlertRecord[];
  readonly now: Date;
  readonly times: AlertTimes;
  readonly newId: () => string;
}

/** What a round has found of an alert. `repeated` and `recovering` are of no interest to others. */
export interface AlertChange {
  readonly kind: 'raised' | 'reopened' | 'repeated' | 'recovering' | 'resolved';
  readonly alert: AlertRecord;
}

/** Compares the readings with the rules: which alerts begin, go on and end. An alert of which nothing was read stays as it is. */
export function evaluate(input: AlertRoundInput): readonly AlertChange[] {
  const { rules, readings, alerts } = input;
  const found = rules.flatMap((rule) => {
    const causes = rule.causes(readings);
    if (!causes) return [];
    const services = new Map(causes.map((cause) => [cause.service, cause]));
    const gone = alerts.filter((alert) => isOpen(alert) && alert.rule === rule.name && !services.has(alert.service));
    return [
      ...Array.from(services.values(), (cause) => seen(input, rule, cause)),
      ...gone.map((alert) => away(input, alert)),
    ];
  });
  // A rule that a new version no longer has.
  const names = new Set(rules.map(({ name }) => name));
  const orphans = alerts.filter((alert) => isOpen(alert) && !names.has(alert.rule));
  return [...found, ...orphans.map((alert) => away(input, alert))];
}

function seen({ alerts, now, times, newId }: AlertRoundInput, rule: AlertRule, cause: AlertCause): AlertChange {
  const { name, priority, respondWithinMinutes } = rule;
  const { service, message, errorCode = rule.errorCode, actionRequired = rule.actionRequired } = cause;
  const details = { ...cause.details, docs: `docs/operations/${pageOf(rule)}` };
  const current = { priority, errorCode, message, actionRequired, details, lastSeenAt: now, goodSince: null };
  const respondBy = new Date(now.getTime() + respondWithinMinutes * 60_000);
  const same = alerts.filter((alert) => alert.rule === name && alert.service === service);
  const open = same.find(isOpen);
  if (open) return { kind: 'repeated', alert: { ...open, ...current, count: open.count + 1 } };
  const [last] = same
    .filter(({ resolvedAt }) => resolvedAt !== null && now.getTime() - resolvedAt.getTime() < times.quietMs)
    .sort((one, other) => (other.resolvedAt?.getTime() ?? 0) - (one.resolvedAt?.getTime() ?? 0));
  if (last) {
    // Who had taken it on knows that it was over, and has to learn that it is back.
    const acknowledgedAt = isEndNotified(last) ? null : last.acknowledgedAt;
    const again = { count: last.count + 1, respondBy, resolvedAt: null, acknowledgedAt, level: 0 };
    const alert = { ...last, ...current, ...again };
    return { kind: 'reopened', alert };
  }
  const unknown = { resolvedAt: null, acknowledgedAt: null, notifiedAt: null, endNotifiedAt: null };
  const alert = {
    id: newId(),
    rule: name,
    service,
    ...current,
    ...unknown,
    count: 1,
    raisedAt: now,
    respondBy,
    level: 0,
  };
  return { kind: 'raised', alert };
}

function away({ now, times }: AlertRoundInput, alert: AlertRecord): AlertChange {
  const goodSince = alert.goodSince ?? now;
  const isGood = now.getTime() - goodSince.getTime() >= times.goodMs;
  return isGood
    ? { kind: 'resolved', alert: { ...alert, goodSince, resolvedAt: now } }
    : { kind: 'recovering', alert: { ...alert, goodSince } };
}
