import type { Sql } from '../../db/orm.ts';
import type { AlertDetails } from '../../entities/alert.ts';
import { AlertPriority, valuesOf } from '../../entities/enums.ts';
import { ALERT_COLUMNS, detailsOf } from './alert-store.ts';

export type AlertState = 'FIRING' | 'ACKNOWLEDGED' | 'RESOLVED';

/** An alert as administrators see it. */
export interface AlertView {
  /** UUID. */
  readonly id: string;
  readonly rule: string;
  readonly service: string;
  readonly priority: AlertPriority;
  readonly state: AlertState;
  readonly errorCode: string | null;
  readonly message: string;
  readonly actionRequired: string;
  readonly details: AlertDetails;
  readonly count: number;
  readonly raisedAt: Date;
  readonly lastSeenAt: Date;
  readonly respondBy: Date;
  readonly acknowledgedAt: Date | null;
  /** UUID of a user. */
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: Date | null;
}

export interface RecentAlert extends AlertView {
  /** When a round first found its cause gone; null while it lasts. */
  readonly goodSince: Date | null;
}

export interface AlertFilter {
  readonly state?: AlertState | null | undefined;
  readonly priority?: AlertPriority | null | undefined;
}

/** The place of an alert in the list, which is sorted by the time at which it was raised, the newest first. */
export type AlertPlace = Pick<AlertView, 'raisedAt' | 'id'>;

export async function readAlerts(db: Sql, filter: AlertFilter, after: AlertPlace | null, limit: number) {
  const found = await filtered(db, filter)
    .select([...ALERT_COLUMNS, 'acknowledged_by as acknowledgedBy'])
    .$if(after !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        after === null ? eb.lit(true) : eb(refTuple('raised_at', 'id'), '<', tuple(after.raisedAt, after.id)),
      ),
    )
    .orderBy('raised_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return found.map(viewOf);
}

export async function countAlerts(db: Sql, filter: AlertFilter): Promise<number> {
  const counted = filtered(db, filter).select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

export async function findAlert(db: Sql, id: string): Promise<AlertView | null> {
  const found = await db
    .selectFrom('alerts')
    .select([...ALERT_COLUMNS, 'acknowledged_by as acknowledgedBy'])
    .where('id', '=', id)
    .executeTakeFirst();
  return found ? viewOf(found) : null;
}

/** Those that are open, and those that were resolved since; the oldest first. */
export async function readRecentAlerts(db: Sql, resolvedSince: Date): Promise<RecentAlert[]> {
  const found = await db
    .selectFrom('alerts')
    .select([...ALERT_COLUMNS, 'acknowledged_by as acknowledgedBy'])
    .where((is) => is.or([is('resolved_at', 'is', null), is('resolved_at', '>=', resolvedSince)]))
    .orderBy('raised_at')
    .orderBy('id')
    .execute();
  return found.map(viewOf);
}

/** All priorities. */
export async function countOpenAlerts(db: Sql): Promise<{ readonly priority: AlertPriority; readonly open: number }[]> {
  const counted = await db
    .selectFrom('alerts')
    .select(({ fn }) => ['priority', fn.countAll<number>().as('open')])
    .where('resolved_at', 'is', null)
    .groupBy('priority')
    .execute();
  const counts = new Map(counted.map(({ priority, open }) => [priority, Number(open)]));
  return valuesOf(AlertPriority).map((priority) => ({ priority, open: counts.get(priority) ?? 0 }));
}

function filtered(db: Sql, { state, priority }: AlertFilter) {
  return db
    .selectFrom('alerts')
    .$if(state === 'RESOLVED', (query) => query.where('resolved_at', 'is not', null))
    .$if(state === 'FIRING' || state === 'ACKNOWLEDGED', (query) => query.where('resolved_at', 'is', null))
    .$if(state === 'FIRING', (query) => query.where('acknowledged_at', 'is', null))
    .$if(state === 'ACKNOWLEDGED', (query) => query.where('acknowledged_at', 'is not', null))
    .$if(priority != null, (query) => query.where('priority', '=', priority ?? 'P0'));
}

type Row = Omit<AlertView, 'state' | 'details'> & { readonly details: unknown };

function viewOf<Found extends Row>(row: Found): Found & AlertView {
  return { ...row, details: detailsOf(row.details), state: stateOf(row) };
}

function stateOf({ resolvedAt, acknowledgedAt }: Pick<AlertView, 'resolvedAt' | 'acknowledgedAt'>): AlertState {
  if (resolvedAt !== null) return 'RESOLVED';
  return acknowledgedAt === null ? 'FIRING' : 'ACKNOWLEDGED';
}
