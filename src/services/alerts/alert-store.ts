import { sql } from 'kysely';
import type { OldRows } from '../../db/old-rows.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { type AlertDetails, alertDetails } from '../../entities/alert.ts';
import { parseJson } from '../../entities/json-column.ts';
import type { AlertRecord } from './alert-record.ts';

/* The only writer of `alerts` and `alert_rounds`. Times are the database's. */

/** Of a round. */
export const ALERT_COLUMNS = [
  'id',
  'rule',
  'service',
  'priority',
  'error_code as errorCode',
  'message',
  'action_required as actionRequired',
  'details',
  'count',
  'raised_at as raisedAt',
  'last_seen_at as lastSeenAt',
  'respond_by as respondBy',
  'good_since as goodSince',
  'resolved_at as resolvedAt',
  'acknowledged_at as acknowledgedAt',
  'notified_at as notifiedAt',
  'end_notified_at as endNotifiedAt',
  'level',
] as const;

/** Takes the next round: true for one process, where the last round began at least so long ago. */
export async function takeRound(db: Sql, everySeconds: number): Promise<boolean> {
  const { rows } = await sql`
    insert into alert_rounds as round (name, at) values ('evaluation', now())
    on conflict (name) do update set at = excluded.at
    where round.at <= excluded.at - make_interval(secs => ${everySeconds}) returning name`.execute(db);
  return rows.length > 0;
}

/** The digests that are due now, and when each was last sent; from the first round on, at each full hour or day (UTC). */
export async function takeDigests(em: Em): Promise<{ readonly priority: 'P1' | 'P2'; readonly since: Date }[]> {
  const { rows } = await sql<{ name: 'P1' | 'P2'; since: Date | null }>`
    with wanted (name, unit) as (values ('P1', 'hour'), ('P2', 'day')),
    last as (select name, at from alert_rounds where name in ('P1', 'P2') for update)
    insert into alert_rounds as round (name, at)
    select wanted.name, now() from wanted left join last on last.name = wanted.name
    where last.at is null or date_trunc(unit, last.at, 'UTC') < date_trunc(unit, now(), 'UTC')
    on conflict (name) do update set at = excluded.at
    returning name, (select at from last where last.name = round.name) as since`.execute(sqlOf(em));
  return rows.flatMap(({ name, since }) => (since ? [{ priority: name, since }] : []));
}

/** All that are open and those resolved since then, locked until the end of the transaction. */
export async function lockAlerts(em: Em, resolvedSince: Date): Promise<AlertRecord[]> {
  const found = await sqlOf(em)
    .selectFrom('alerts')
    .select(ALERT_COLUMNS)
    .where((is) => is.or([is('resolved_at', 'is', null), is('resolved_at', '>=', resolvedSince)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  return found.map((row) => ({ ...row, details: detailsOf(row.details) }));
}

/** Adds or changes the alert. It may lose its acknowledgement, and gets none. */
export async function saveAlert(em: Em, alert: AlertRecord): Promise<void> {
  const values = {
    rule: alert.rule,
    service: alert.service,
    priority: alert.priority,
    error_code: alert.errorCode,
    message: alert.message,
    action_required: alert.actionRequired,
    details: sql<AlertDetails>`${JSON.stringify(alert.details)}::jsonb`,
    count: alert.count,
    raised_at: alert.raisedAt,
    last_seen_at: alert.lastSeenAt,
    respond_by: alert.respondBy,
    good_since: alert.goodSince,
    resolved_at: alert.resolvedAt,
    notified_at: alert.notifiedAt,
    end_notified_at: alert.endNotifiedAt,
    level: alert.level,
    ...(alert.acknowledgedAt === null && { acknowledged_at: null, acknowledged_by: null }),
  };
  await sqlOf(em)
    .insertInto('alerts')
    .values({ id: alert.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

/** Locked until the end of the transaction; null where there is none. */
export async function lockAlert(em: Em, id: string): Promise<AlertRecord | null> {
  const query = sqlOf(em).selectFrom('alerts').select(ALERT_COLUMNS).where('id', '=', id).forUpdate();
  const row = await query.executeTakeFirst();
  return row ? { ...row, details: detailsOf(row.details) } : null;
}

export async function markAcknowledged(em: Em, id: string, userId: string): Promise<void> {
  await sqlOf(em)
    .updateTable('alerts')
    .set({ acknowledged_at: sql<Date>`now()`, acknowledged_by: userId })
    .where('id', '=', id)
    .execute();
}

/** Resolved alerts, at most `limit`; returns how many. */
export async function removeOldAlerts(rows: OldRows, days: number, limit: number): Promise<number> {
  return await rows.remove(
    'alerts',
    sql`
      delete from alerts where id in (
        select id from alerts where resolved_at < now() - make_interval(days => ${days})
        order by resolved_at limit ${limit} for update skip locked)`,
  );
}

export function detailsOf(value: unknown): AlertDetails {
  return parseJson(alertDetails, value, 'alerts.details');
}
