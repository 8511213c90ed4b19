import type { Notification, NotificationPriority } from './notification.ts';

/** One target of notifications: a channel, a list of addresses, a phone. */
export interface Notifier {
  /** How rows of `alert_deliveries` and operators name it; at most 40 characters. */
  readonly name: string;
  /** Whether it opens an incident that stays open until it gets a resolution. */
  readonly opensIncidents: boolean;
  takes(notification: Notification): boolean;
  /**
   * Resolves once the service has it. Throws NOTIFICATION_FAILED: retriable where the same notification may be taken later, and
   * else because of its content.
   */
  send(notification: Notification, delivery: Delivery): Promise<void>;
}

export interface Delivery {
  /** The same in every attempt to deliver one notification. */
  readonly id: string;
  /** Aborted where the attempt takes too long, or the process ends. */
  readonly signal: AbortSignal;
}

/** Hands a mail over to the mail server. */
export type SendAlertMail = (
  to: readonly string[],
  mail: { readonly subject: string; readonly text: string; readonly html: string },
) => Promise<void>;

export function isUrgent(priority: NotificationPriority, least: NotificationPriority): boolean {
  // "P0" is the most urgent.
  return priority <= least;
}
