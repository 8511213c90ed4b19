import { AppError } from '../../../errors.ts';
import type { AlertNotice, Notification, NotificationPriority } from '../notification.ts';
import { isUrgent, type Notifier } from '../notifier.ts';
import { oneLine, shortened } from './plain-text.ts';
import { post } from './post.ts';
import { wordingOf } from './wording.ts';

export interface PagerDutyOptions {
  readonly name: string;
  readonly routingKey: string;
  readonly baseUrl: string;
  /** The installation, for people who watch several. */
  readonly source: string;
  /** What all its processes call it; undefined where they have no common name. */
  readonly installation: string | undefined;
  readonly minPriority: NotificationPriority;
}

/** https://developer.pagerduty.com/docs/send-alert-event: the longest texts. */
const SUMMARY = 1_024;
const DEDUP_KEY = 255;
/** Each process may have to report it, as an alert of its own, because there is no table that they share. */
const REPORTED_BY_EACH = 'database-lost';
/** Events that are sent at the same time. */
const AT_ONCE = 10;

const ACTIONS = { firing: 'trigger', escalated: 'trigger', acknowledged: 'acknowledge', resolved: 'resolve' } as const;
const SEVERITIES = { P0: 'critical', P1: 'error', P2: 'warning' } as const;

/**
 * https://developer.pagerduty.com/docs/events-api-v2-overview: an event for each alert, since each is resolved on its own. The id of the
 * alert is its dedup_key, so that an event that is sent twice opens no second incident; of a lost database it is the rule, so that all
 * processes report the same incident, also after a restart. Accepted with 202; 429 and 5xx are tried again.
 * Summaries and reports are no incidents.
 */
export function pagerDutyNotifier(options: PagerDutyOptions): Notifier {
  return {
    name: options.name,
    opensIncidents: true,
    takes: ({ kind, priority }) => kind in ACTIONS && isUrgent(priority, options.minPriority),
    send: async (notification, { signal }) => {
      const events = notification.alerts.map((alert) => eventOf(alert, notification, options));
      const headers = { 'content-type': 'application/json' };
      const url = `${options.baseUrl}/v2/enqueue`;
      const enqueue = (event: object) =>
        post({ service: 'PagerDuty', url, headers, body: JSON.stringify(event), signal });
      const outcomes: PromiseSettledResult<void>[] = [];
      for (let at = 0; at < events.length; at += AT_ONCE)
        outcomes.push(...(await Promise.allSettled(events.slice(at, at + AT_ONCE).map(enqueue))));
      throwWorst(outcomes);
    },
  };
}

/** One event that PagerDuty refuses keeps no other from being sent again. */
function throwWorst(outcomes: readonly PromiseSettledResult<void>[]): void {
  const faults = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [AppError.from(outcome.reason)] : []));
  const worst = faults.find(({ retriable }) => retriable) ?? faults[0];
  if (worst !== undefined) throw worst;
}

function eventOf(alert: AlertNotice, notification: Notification, options: PagerDutyOptions): object {
  const { routingKey, source } = options;
  const { kind } = notification;
  const action = kind === 'digest' || kind === 'report' ? 'trigger' : ACTIONS[kind];
  const event = {
    routing_key: routingKey,
    event_action: action,
    dedup_key: shortened(dedupKeyOf(alert, options), DEDUP_KEY),
  };
  if (action !== 'trigger') return event;
  const { message, action: toDo } = wordingOf(alert, notification);
  return {
    ...event,
    client: 'Auto Video',
    payload: {
      summary: shortened(`${alert.priority}: ${message}`, SUMMARY),
      source,
      severity: SEVERITIES[alert.priority],
      timestamp: alert.raisedAt,
      class: oneLine(alert.rule, 100),
      ...(alert.service === null ? {} : { component: oneLine(alert.service, 100) }),
      custom_details: {
        action_required: toDo,
        error_code: alert.errorCode && oneLine(alert.errorCode, 100),
        count: alert.count,
        respond_by: alert.respondBy,
      },
    },
  };
}

function dedupKeyOf({ id, rule }: AlertNotice, { installation }: PagerDutyOptions): string {
  if (rule !== REPORTED_BY_EACH) return `autovideo-${id}`;
  return ['autovideo', rule, ...(installation === undefined ? [] : [installation])].join('-');
}
