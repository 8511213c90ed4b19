import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/* The only writer of `operation_latencies`. Times are the database's. */

const KEPT_MINUTES = 65;

/** What a process counted of one kind of operation; buckets are those of src/duration-buckets.ts. */
export interface CountedOperation {
  readonly operation: string;
  readonly requests: number;
  readonly errors: number;
  readonly totalMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly buckets: ReadonlyMap<number, number>;
}

/** Adds what a process has counted lately, and forgets what is too old to be asked for. */
export async function addOperations(db: Sql, counted: readonly CountedOperation[]): Promise<void> {
  if (counted.length === 0) return;
  const rows = counted.map(({ buckets, totalMs, minMs, maxMs, ...row }) => ({
    ...row,
    total_ms: totalMs,
    min_ms: minMs,
    max_ms: maxMs,
    buckets: [...buckets.keys()],
    counts: [...buckets.values()],
  }));
  await sql`
    insert into operation_latencies (operation, requests, errors, total_ms, min_ms, max_ms, buckets, counts)
    select operation, requests, errors, total_ms, min_ms, max_ms, buckets, counts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as counted (operation text, requests int, errors int,
      total_ms float8, min_ms float8, max_ms float8, buckets smallint[], counts int[])`.execute(db);
  await sql`delete from operation_latencies where at < now() - make_interval(mins => ${KEPT_MINUTES})`.execute(db);
}

/** What all processes counted in the last minutes, by operation; buckets by their number. */
export async function readOperations(db: Sql, minutes: number): Promise<CountedOperation[]> {
  const { rows } = await sql<Omit<CountedOperation, 'buckets'> & { buckets: Readonly<Record<string, number>> }>`
    with chosen as (select * from operation_latencies where at > now() - make_interval(mins => ${minutes})),
      durations as (
        select operation, bucket, sum(count)::float8 as count
        from chosen, unnest(buckets, counts) as counted (bucket, count) group by operation, bucket
      )
    select operation, sum(requests)::int as requests, sum(errors)::int as errors, sum(total_ms) as "totalMs",
      min(min_ms) as "minMs", max(max_ms) as "maxMs",
      (select json_object_agg(bucket, count) from durations where durations.operation = chosen.operation) as buckets
    from chosen group by operation`.execute(db);
  return rows.map(({ buckets, ...row }) => ({
    ...row,
    buckets: new Map(Object.entries(buckets).map(([bucket, count]) => [Number(bucket), count])),
  }));
}
