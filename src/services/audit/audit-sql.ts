import type { Sql } from '../../db/orm.ts';

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
