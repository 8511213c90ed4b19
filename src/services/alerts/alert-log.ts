import type { AlertRecord } from './alert-record.ts';
import type { AlertChange } from './alert-round.ts';
import type { AlertLogLevel } from './alert-rule.ts';

/** The part of the logger that alerts use. */
export type AlertLog = Readonly<Record<AlertLogLevel, (facts: object, message: string) => void>>;

/** One line where an alert begins or ends, none while it lasts. */
export function logChange(log: AlertLog, level: AlertLogLevel, { kind, alert }: AlertChange): void {
  if (kind === 'raised' || kind === 'reopened') logAlert(log, level, alert);
  if (kind === 'resolved') log.info(factsOf(alert), `resolved: ${alert.message}`);
}

type LoggedAlert = Pick<
  AlertRecord,
  'priority' | 'rule' | 'errorCode' | 'service' | 'message' | 'actionRequired' | 'details'
>;

export function logAlert(log: AlertLog, level: AlertLogLevel, alert: LoggedAlert): void {
  log[level](factsOf(alert), alert.message);
}

/** In the names that operators' dashboards expect. */
function factsOf({ priority, rule, errorCode, service, actionRequired, details }: LoggedAlert) {
  return {
    alert_priority: priority,
    error_code: errorCode,
    alert: rule,
    details: { service, action_required: actionRequired, ...details },
  };
}
