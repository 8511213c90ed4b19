import { z } from 'zod';

const priority = z.enum(['P0', 'P1', 'P2']);
export type NotificationPriority = z.infer<typeof priority>;

/** Whom a notification is for, in the order of escalation. */
export const RECIPIENTS = ['on_call', 'lead', 'architect'] as const;
export type Recipients = (typeof RECIPIENTS)[number];

/** One alert, as recipients see it. */
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
  /** RFC 3339, UTC. */
  readonly raisedAt: string;
  /** RFC 3339, UTC. */
  readonly respondBy: string;
}

/** What recipients get: one alert, several that began together, their acknowledgement or end, a digest, or a report. */
export interface Notification {
  readonly kind: 'firing' | 'resolved' | 'escalated' | 'acknowledged' | 'digest' | 'report';
  readonly priority: NotificationPriority;
  /** One line, at most 200 characters. */
  readonly title: string;
  readonly alerts: readonly AlertNotice[];
  /** Further lines of a report; plain text. */
  readonly text: string | null;
}

const alertNotice: z.ZodType<AlertNotice> = z.object({
  id: z.string(),
  rule: z.string(),
  priority,
  errorCode: z.string().nullable(),
  service: z.string().nullable(),
  message: z.string(),
  actionRequired: z.string(),
  count: z.number(),
  raisedAt: z.string(),
  respondBy: z.string(),
});

/** The form in which a notification is stored. */
export const notificationSchema: z.ZodType<Notification> = z.object({
  kind: z.enum(['firing', 'resolved', 'escalated', 'acknowledged', 'digest', 'report']),
  priority,
  title: z.string(),
  alerts: z.array(alertNotice),
  text: z.string().nullable(),
});
