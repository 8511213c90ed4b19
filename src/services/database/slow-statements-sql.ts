import { sql } from 'kysely';
import { isNotLoaded } from '../../db/database-errors.ts';
import type { Sql } from '../../db/orm.ts';

export interface SlowStatements {
  /** Milliseconds that its calls take on average, at least. */
  readonly minMeanMs: number;
  readonly first: number;
}

export interface RawSlowStatement {
  readonly query: string;
  readonly calls: number;
  readonly meanMs: number;
  readonly totalMs: number;
  readonly rows: number;
  /** Of the pages that it read, 0 to 100; null where it read none. */
  readonly cacheHitPercentage: number | null;
}

/** Whether the server counts statements: it may lack the extension in this database, or the library that counts. */
export type Counting = 'counts' | 'no extension' | 'no library';

export async function readCounting(db: Sql): Promise<Counting> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regprocedure('pg_stat_statements(boolean)') is not null as there`.execute(db);
  if (!rows[0]?.there) return 'no extension';
  try {
    await sql`select from pg_stat_statements(false) limit 1`.execute(db);
    return 'counts';
  } catch (thrown) {
    if (isNotLoaded(thrown)) return 'no library';
    throw thrown;
  }
}

/** Statements on this database since the counts were last reset, those first that took most time in total. Call it only where it `counts`. */
export async function readSlowStatements(db: Sql, { minMeanMs, first }: SlowStatements): Promise<RawSlowStatement[]> {
  const { rows } = await sql<RawSlowStatement>`
    select left(query, 8000) as query, calls, mean_exec_time as "meanMs", total_exec_time as "totalMs", rows,
      100 * shared_blks_hit::float8 / nullif(shared_blks_hit + shared_blks_read, 0) as "cacheHitPercentage"
    from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database()) and mean_exec_time >= ${minMeanMs}
    order by total_exec_time desc limit ${first}`.execute(db);
  return rows;
}
