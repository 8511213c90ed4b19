import type { AlertDetails } from '../../entities/alert.ts';
import type { AlertPriority } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import type { AlertNotice } from './notification.ts';

/** An alert as a round reads and writes it. */
export interface AlertRecord {
  /** UUID. */
  readonly id: string;
  readonly rule: string;
  readonly service: string;
  readonly priority: AlertPriority;
  readonly errorCode: string | null;
  readonly message: string;
  readonly actionRequired: string;
  readonly details: AlertDetails;
  readonly count: number;
  readonly raisedAt: Date;
  readonly lastSeenAt: Date;
  readonly respondBy: Date;
  readonly goodSince: Date | null;
  readonly resolvedAt: Date | null;
  /** Written when someone acknowledges it; a round only removes it. */
  readonly acknowledgedAt: Date | null;
  readonly notifiedAt: Date | null;
  readonly endNotifiedAt: Date | null;
  readonly level: number;
}

/** Whether recipients know that it is open, or were last notified so. */
export function isNotified({ notifiedAt, endNotifiedAt }: AlertRecord): boolean {
  return notifiedAt !== null && (endNotifiedAt === null || notifiedAt > endNotifiedAt);
}

/** Whether recipients were last notified of its end. */
export function isEndNotified({ notifiedAt, endNotifiedAt }: AlertRecord): boolean {
  return endNotifiedAt !== null && (notifiedAt === null || endNotifiedAt >= notifiedAt);
}

export function isOpen({ resolvedAt }: AlertRecord): boolean {
  return resolvedAt === null;
}

export function noticeOf(alert: AlertRecord): AlertNotice {
  const { id, rule, priority, errorCode, service, message, actionRequired, count, raisedAt, respondBy } = alert;
  return {
    id: encodeId('alert', id),
    rule,
    priority,
    errorCode,
    service,
    message,
    actionRequired,
    count,
    raisedAt: raisedAt.toISOString(),
    respondBy: respondBy.toISOString(),
  };
}
