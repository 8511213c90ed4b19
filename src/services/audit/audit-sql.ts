import type { Sql } from '../../db/orm.ts';
import { type AuditDetails, auditDetails } from '../../entities/audit-entry.ts';
import type { AuditOutcome } from '../../entities/enums.ts';
import { parseJson } from '../../entities/json-column.ts';

const PAGE = 1_000;

/** The next entries in their order; none at the end. */
export function entriesAfter(rows: Sql, seq: number) {
  return rows.selectFrom('audit_log').selectAll().where('seq', '>', seq).orderBy('seq').limit(PAGE).execute();
}

export type AuditRow = Awaited<ReturnType<typeof entriesAfter>>[number];

/** The number of the last entry, by the end of the chain and by the entries themselves; both at the same moment. */
export async function readChainEnds(rows: Sql): Promise<{ readonly chain: number; readonly log: number }> {
  const found = await rows
    .selectFrom('audit_chain')
    .select(({ selectFrom }) => [
      'seq as chain',
      selectFrom('audit_log')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .as('log'),
    ])
    .executeTakeFirst();
  return { chain: found?.chain ?? -1, log: found?.log ?? 0 };
}

/** An entry as administrators see it. */
export interface AuditView {
  readonly seq: number;
  readonly id: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly action: string;
  readonly target: string | null;
  readonly outcome: AuditOutcome;
  readonly ipAddress: string | null;
  readonly details: AuditDetails | null;
}

export interface AuditFilter {
  /** UUID. */
  readonly actorId?: string | null | undefined;
  readonly action?: string | null | undefined;
}

const VIEW = [
  'seq',
  'id',
  'at',
  'actor_id as actorId',
  'action',
  'target',
  'outcome',
  'ip_address as ipAddress',
  'details',
] as const;

/** The entries before a number, newest first. */
export async function readEntries(rows: Sql, filter: AuditFilter, before: number | null, limit: number) {
  const found = await filtered(rows, filter)
    .select(VIEW)
    .$if(before !== null, (query) => query.where('seq', '<', before))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return found.map(viewOf);
}

export async function countEntries(rows: Sql, filter: AuditFilter): Promise<number> {
  const counted = filtered(rows, filter).select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

export async function findEntry(rows: Sql, id: string): Promise<AuditView | null> {
  const found = await rows.selectFrom('audit_log').select(VIEW).where('id', '=', id).executeTakeFirst();
  return found ? viewOf(found) : null;
}

function filtered(rows: Sql, { actorId, action }: AuditFilter) {
  return rows
    .selectFrom('audit_log')
    .$if(actorId != null, (query) => query.where('actor_id', '=', actorId ?? null))
    .$if(action != null, (query) => query.where('action', '=', (action ?? '').replaceAll('\0', '')));
}

function viewOf<Row extends { readonly details: unknown }>(row: Row): Row & { readonly details: AuditDetails | null } {
  return { ...row, details: row.details === null ? null : parseJson(auditDetails, row.details, 'audit_log.details') };
}
