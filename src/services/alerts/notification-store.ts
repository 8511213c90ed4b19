import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { type Notification, notificationSchema, RECIPIENTS, type Recipients } from './notification.ts';

/** For so long a process may send what it has taken; after it another takes it. */
const SENDING_SECONDS = 60;
export const GIVEN_UP_HOURS = 24;
const BATCH = 50;

/** Sent after the commit of the transaction of `em`, by each notifier that is set for these recipients. */
export async function queueNotification(em: Em, notification: Notification, recipients: Recipients): Promise<void> {
  await sql`
    insert into alert_deliveries (notification_id, recipients, notification)
    values (${randomUUID()}::uuid, ${recipients}, ${JSON.stringify(notification)}::jsonb)`.execute(sqlOf(em));
}

interface WaitingRow {
  readonly id: number;
  readonly notification_id: string;
  readonly recipients: string;
  readonly notification: unknown;
  readonly created_at: Date;
}

/** How many rows were replaced, and which have a form that this version does not know: they are deleted. */
export interface Distribution {
  readonly notifiers: readonly string[];
  readonly rows: number;
  readonly unknown: number;
  readonly isFull: boolean;
}

/**
 * Replaces each waiting notification by a row for each notifier. Processes do it one after the other, so that the rows of a notifier
 * have the order in which the notifications were queued.
 */
export async function distribute(
  em: Em,
  notifiersFor: (notification: Notification, recipients: Recipients) => readonly string[],
): Promise<Distribution> {
  const rows = sqlOf(em);
  const { rows: waiting } = await sql<WaitingRow>`
    select id, notification_id, recipients, notification, created_at from alert_deliveries
    where notifier = '' order by id limit ${BATCH} for update`.execute(rows);
  const known = waiting.flatMap((row) => {
    const notification = notificationSchema.safeParse(row.notification).data;
    return notification === undefined ? [] : [{ row, notifiers: notifiersFor(notification, levelOf(row.recipients)) }];
  });
  for (const { row, notifiers } of known)
    if (notifiers.length > 0)
      await sql`
        insert into alert_deliveries (notification_id, notifier, recipients, notification, created_at)
        select notification_id, name, recipients, notification, created_at
        from alert_deliveries, unnest(${notifiers}::varchar[]) as names (name) where id = ${row.id}`.execute(rows);
  const ids = waiting.map(({ id }) => id);
  if (ids.length > 0) await sql`delete from alert_deliveries where id = any(${ids}::bigint[])`.execute(rows);
  return {
    notifiers: [...new Set(known.flatMap(({ notifiers }) => notifiers))],
    rows: waiting.length,
    unknown: waiting.length - known.length,
    isFull: waiting.length === BATCH,
  };
}

function levelOf(recipients: string): Recipients {
  return RECIPIENTS.find((level) => level === recipients) ?? 'on_call';
}

export interface TakenDelivery {
  readonly id: number;
  readonly notificationId: string;
  /** Null where this version does not know its form. */
  readonly notification: Notification | null;
  readonly attempts: number;
  /** Whether no further attempt follows this one. */
  readonly isLast: boolean;
}

/**
 * Gives a notifier's oldest row to this process, where it is due: a later one never overtakes it, so that no incident is resolved
 * before it is opened. Null where none is due, or another process has it.
 */
export async function takeDelivery(rows: Sql, notifier: string): Promise<TakenDelivery | null> {
  const { rows: taken } = await sql<Omit<TakenDelivery, 'notification'> & { notification: unknown }>`
    update alert_deliveries set attempts = attempts + 1, next_at = now() + make_interval(secs => ${SENDING_SECONDS})
    where id = (select id from alert_deliveries where notifier = ${notifier} order by id limit 1) and next_at <= now()
    returning id, notification_id as "notificationId", notification, attempts,
      created_at < now() - make_interval(hours => ${GIVEN_UP_HOURS}) as "isLast"`.execute(rows);
  const [row] = taken;
  return row ? { ...row, notification: notificationSchema.safeParse(row.notification).data ?? null } : null;
}

/** It was sent, or is given up. */
export async function deleteDelivery(rows: Sql, id: number): Promise<void> {
  await sql`delete from alert_deliveries where id = ${id}`.execute(rows);
}

export async function postponeDelivery(rows: Sql, id: number, seconds: number): Promise<void> {
  await sql`update alert_deliveries set next_at = now() + make_interval(secs => ${seconds}) where id = ${id}`.execute(
    rows,
  );
}

/** Rows of notifiers that are no longer set, or not in any running process. */
export async function removeOldDeliveries(rows: Sql, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from alert_deliveries where id = any(array(
      select id from alert_deliveries where created_at < now() - interval '2 days' limit ${limit}))`.execute(rows);
  return Number(numAffectedRows);
}
