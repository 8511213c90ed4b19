import type { Notifier } from '../notifier.ts';
import { LOG_NOTIFIER } from '../notifier-channels.ts';
import { headlineOf } from './wording.ts';

/** A line for each notification, which says when it was sent to whom; an alert has a line of its own when it is raised. */
export function logNotifier(log: { info(facts: object, message: string): void }): Notifier {
  return {
    name: LOG_NOTIFIER,
    opensIncidents: false,
    takes: () => true,
    send: async (notification) => {
      const { kind, priority, alerts } = notification;
      const facts = { notification: kind, alert_priority: priority, alerts: alerts.map(({ id }) => id) };
      log.info(facts, headlineOf(notification));
    },
  };
}
