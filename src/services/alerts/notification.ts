export type NotificationPriority = 'P0' | 'P1' | 'P2';

/** What recipients get: one alert, several that began together, a digest, a resolution, or a report. */
export interface Notification {
  readonly kind: 'firing' | 'resolved' | 'escalated' | 'digest' | 'report';
  readonly priority: NotificationPriority;
  /** One line, at most 200 characters. */
  readonly title: string;
  readonly alerts: readonly AlertNotice[];
  /** Further lines of a report; plain text. */
  readonly text: string | null;
}

/** One alert, as recipients see it. Times are RFC 3339, UTC. */
export interface AlertNotice {
  readonly id: string;
  readonly rule: string;
  readonly priority: NotificationPriority;
  readonly errorCode: string | null;
  readonly service: string | null;
  readonly message: string;
  readonly actionRequired: string;
  /** How often it was raised since `raisedAt`. */
  readonly count: number;
  readonly raisedAt: string;
  readonly respondBy: string;
}
