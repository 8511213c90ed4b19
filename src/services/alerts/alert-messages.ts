import type { AlertPriority } from '../../entities/enums.ts';
import { type AlertRecord, isNotified, isOpen, noticeOf } from './alert-record.ts';
import type { AlertTimes } from './alert-round.ts';
import type { AlertRule } from './alert-rule.ts';
import { type Notification, RECIPIENTS, type Recipients } from './notification.ts';

export interface Message {
  readonly notification: Notification;
  readonly recipients: Recipients;
}

/** What is to be sent, and the alerts whose recipients are notified by it. */
export interface Notified {
  readonly messages: readonly Message[];
  readonly alerts: readonly AlertRecord[];
}

const NOTHING: Notified = { messages: [], alerts: [] };
const TITLE_CHARACTERS = 200;

export interface NotifyInput {
  /** All that are open, and those that were resolved within the quiet time or since the last digest. */
  readonly alerts: readonly AlertRecord[];
  readonly rules: readonly AlertRule[];
  readonly now: Date;
  readonly times: AlertTimes;
  /** The digests that are due, and when each was last sent. */
  readonly digests: readonly { readonly priority: AlertPriority; readonly since: Date }[];
}

/** The notifications of this round: P0 at once, the next level where an acknowledgement is late, and the digests that are due. */
export function notify(input: NotifyInput): Notified {
  const steps: readonly ((alerts: readonly AlertRecord[]) => Notified)[] = [
    (alerts) => begun(alerts, input),
    (alerts) => ended(alerts, input),
    (alerts) => escalated(alerts, input),
    ...input.digests.map(
      ({ priority, since }) =>
        (alerts: readonly AlertRecord[]) =>
          digest(alerts, priority, since, input),
    ),
  ];
  const known = new Map(input.alerts.map((alert) => [alert.id, alert]));
  const notified = new Map<string, AlertRecord>();
  const messages: Message[] = [];
  for (const step of steps) {
    const outcome = step([...known.values()]);
    messages.push(...outcome.messages);
    for (const alert of outcome.alerts) {
      known.set(alert.id, alert);
      notified.set(alert.id, alert);
    }
  }
  return { messages, alerts: [...notified.values()] };
}

/** Of P0, in one message, however many there are. */
function begun(alerts: readonly AlertRecord[], { now, times }: NotifyInput): Notified {
  const isQuiet = ({ notifiedAt }: AlertRecord) =>
    notifiedAt !== null && now.getTime() - notifiedAt.getTime() < times.quietMs;
  const found = alerts.filter(
    (alert) => alert.priority === 'P0' && isOpen(alert) && !isNotified(alert) && !isQuiet(alert),
  );
  return {
    messages: messageOf('firing', found, 'on_call'),
    alerts: found.map((alert) => ({ ...alert, notifiedAt: now })),
  };
}

/** Of P0, and of what was escalated, to the last level that knows of it: the levels below get the end too. */
function ended(alerts: readonly AlertRecord[], { now }: NotifyInput): Notified {
  const found = alerts.filter(
    (alert) => !isOpen(alert) && isNotified(alert) && (alert.priority === 'P0' || alert.level > 0),
  );
  return {
    messages: RECIPIENTS.flatMap((recipients, index) =>
      messageOf(
        'resolved',
        found.filter(({ level }) => level === index),
        recipients,
      ),
    ),
    alerts: found.map((alert) => ({ ...alert, endNotifiedAt: now })),
  };
}

/** What recipients know of, lasts, and none has acknowledged in time. P2 waits for its reader. */
function escalated(alerts: readonly AlertRecord[], { rules, now, times }: NotifyInput): Notified {
  const withinMs = new Map(rules.map(({ name, respondWithinMinutes }) => [name, respondWithinMinutes * 60_000]));
  const isLate = ({ rule, notifiedAt }: AlertRecord) => {
    const least = Math.max(withinMs.get(rule) ?? 0, times.graceMs);
    return notifiedAt !== null && now.getTime() - notifiedAt.getTime() >= least;
  };
  const found = alerts.filter(
    (alert) =>
      alert.priority !== 'P2' &&
      alert.level < RECIPIENTS.length - 1 &&
      isOpen(alert) &&
      alert.goodSince === null &&
      isNotified(alert) &&
      alert.acknowledgedAt === null &&
      isLate(alert),
  );
  return {
    messages: RECIPIENTS.slice(1).flatMap((recipients, index) =>
      messageOf(
        'escalated',
        found.filter(({ level }) => level === index),
        recipients,
      ),
    ),
    alerts: found.map((alert) => ({ ...alert, notifiedAt: now, level: alert.level + 1 })),
  };
}

/** To those who know of it, so that their incidents are acknowledged too. */
export function acknowledgement(alert: AlertRecord): readonly Message[] {
  const recipients = RECIPIENTS[alert.level];
  return isNotified(alert) && recipients ? messageOf('acknowledged', [alert], recipients) : [];
}

/** What was raised or resolved since the last one, and what is still open and not acknowledged. */
function digest(alerts: readonly AlertRecord[], priority: AlertPriority, since: Date, { now }: NotifyInput): Notified {
  const own = alerts.filter((alert) => alert.priority === priority);
  const open = own.filter((alert) => isOpen(alert) && (alert.acknowledgedAt === null || alert.raisedAt > since));
  const resolved = own.filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt > since);
  if (open.length + resolved.length === 0) return NOTHING;
  const notification: Notification = {
    kind: 'digest',
    priority,
    title: `${counted(open)} open, ${resolved.length} resolved since ${since.toISOString()}`,
    alerts: open.map(noticeOf),
    text: resolved.length === 0 ? null : resolved.map(({ message }) => `Resolved: ${message}`).join('\n'),
  };
  return {
    messages: [{ notification, recipients: 'on_call' }],
    alerts: [
      ...open.map((alert) => (isNotified(alert) ? alert : { ...alert, notifiedAt: now })),
      ...resolved.map((alert) => ({ ...alert, endNotifiedAt: now })),
    ],
  };
}

function messageOf(
  kind: 'firing' | 'resolved' | 'escalated' | 'acknowledged',
  alerts: readonly AlertRecord[],
  recipients: Recipients,
): readonly Message[] {
  const [first] = alerts;
  if (!first) return [];
  const priority = alerts.some((alert) => alert.priority === 'P0') ? 'P0' : first.priority;
  const what = alerts.length === 1 ? first.message : `${counted(alerts)}: ${namesOf(alerts)}`;
  const title = shortened(what);
  return [{ notification: { kind, priority, title, alerts: alerts.map(noticeOf), text: null }, recipients }];
}

function namesOf(alerts: readonly AlertRecord[]): string {
  return [...new Set(alerts.map(({ rule }) => rule))].join(', ');
}

function counted(alerts: readonly AlertRecord[]): string {
  return `${alerts.length} alert${alerts.length === 1 ? '' : 's'}`;
}

function shortened(text: string): string {
  return text.length <= TITLE_CHARACTERS ? text : `${text.slice(0, TITLE_CHARACTERS - 1).toWellFormed()}…`;
}
