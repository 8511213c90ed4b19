import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import { encodeId } from '../../ids.ts';
import { entryOf, type SignedInActor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { acknowledgement } from './alert-messages.ts';
import {
  type AlertFilter,
  type AlertPlace,
  type AlertView,
  countAlerts,
  findAlert,
  readAlerts,
} from './alert-reads-sql.ts';
import { lockAlert, markAcknowledged } from './alert-store.ts';
import type { Notification, Recipients } from './notification.ts';

export interface AlertServiceParts {
  readonly db: Database;
  /** In the transaction of `em`. */
  readonly queueNotification: (em: Em, notification: Notification, recipients: Recipients) => Promise<void>;
  /** Called after an alert was acknowledged. */
  readonly onChanged: () => void;
}

export interface AlertQuery extends AlertFilter {
  /** 1 to 100, checked by the caller. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface AlertPage {
  readonly rows: readonly AlertView[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The alerts, and their acknowledgement. */
export class AlertService {
  readonly #parts: AlertServiceParts;

  constructor(parts: AlertServiceParts) {
    this.#parts = parts;
  }

  /** The newest first. Throws CURSOR_INVALID. */
  async page({ first, after, ...filter }: AlertQuery): Promise<AlertPage> {
    // One more row than requested shows whether there are more.
    const place = after == null ? null : placeIn(after);
    const rows = await readAlerts(this.#parts.db.sql(), filter, place, first + 1);
    return { rows: rows.slice(0, first), hasNextPage: rows.length > first, hasPreviousPage: after != null };
  }

  async count(filter: AlertFilter): Promise<number> {
    return await countAlerts(this.#parts.db.sql(), filter);
  }

  async find(id: string): Promise<AlertView | null> {
    return await findAlert(this.#parts.db.sql(), id);
  }

  /**
   * Someone has taken it on, so that it is not escalated. Doing so again changes nothing. Throws UserFaultError NOT_FOUND, or
   * INVALID_STATE for an alert that is resolved.
   */
  async acknowledge(actor: SignedInActor, id: string): Promise<AlertView | null> {
    const { db, queueNotification, onChanged } = this.#parts;
    const isNew = await db.transaction(async (em) => {
      const alert = await lockAlert(em, id);
      if (!alert) throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such alert.', field: ['id'] });
      if (alert.resolvedAt)
        throw new UserFaultError({ code: 'INVALID_STATE', message: 'The alert is resolved.', field: ['id'] });
      if (alert.acknowledgedAt) return false;
      await markAcknowledged(em, id, actor.viewer.userId);
      for (const { notification, recipients } of acknowledgement(alert))
        await queueNotification(em, notification, recipients);
      await appendAudit(em, entryOf(actor, { action: 'alert.acknowledge', target: encodeId('alert', id) }));
      return true;
    });
    if (isNew) onChanged();
    return await this.find(id);
  }
}

/** The position of an alert in the list. */
export function alertCursorOf({ raisedAt, id }: AlertPlace): string {
  return Buffer.from(`${raisedAt.toISOString()} ${id}`).toString('base64url');
}

function placeIn(cursor: string): AlertPlace {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, at = '', id = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(
      text,
    ) ?? [];
  const raisedAt = new Date(at);
  if (!Number.isNaN(raisedAt.getTime())) return { raisedAt, id };
  throw new AppError('CURSOR_INVALID', 'This is not a cursor of this list: give an endCursor that it returned.');
}
