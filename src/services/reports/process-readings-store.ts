import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { ProcessReading } from '../../entities/process-reading.ts';

/* The only writer of `process_readings` and `daily_latencies`. Times are the database's. */

/** Without a reading for so long a process has ended, or cannot report. */
const FRESH_SECONDS = 90;
const FORGOTTEN_MINUTES = 5;

export type ProcessReadingRow = Omit<ProcessReading, 'at'>;

/** The worst figures of the processes that report, for the installation as a whole. Null where none reports them. */
export interface ProcessFigures {
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  readonly lowestFreeDiskPercent: number | null;
  readonly apiP95Ms: number | null;
  readonly sqlP95Ms: number | null;
  readonly slowestOperation: { readonly name: string; readonly seconds: number } | null;
}

/** Replaces the reading of its process, and forgets those of processes that are gone. */
export async function recordProcessReading(db: Sql, reading: ProcessReadingRow): Promise<void> {
  const { processId, ...figures } = reading;
  const row = {
    host: figures.host,
    pid: figures.pid,
    kind: figures.kind,
    cpu_percent: figures.cpuPercent ?? null,
    memory_percent: figures.memoryPercent ?? null,
    rss_bytes: figures.rssBytes,
    free_disk_percent: figures.freeDiskPercent ?? null,
    loop_delay_ms: figures.loopDelayMs,
    pool_total: figures.poolTotal,
    pool_used: figures.poolUsed,
    pool_waiting: figures.poolWaiting,
    pool_max: figures.poolMax,
    pool_leaked: figures.poolLeaked,
    requests: figures.requests,
    errors: figures.errors,
    api_latency_ms: figures.apiLatencyMs ?? null,
    sql_latency_ms: figures.sqlLatencyMs ?? null,
    slowest_operation: figures.slowestOperation?.slice(0, 200) ?? null,
    slowest_seconds: figures.slowestSeconds ?? null,
  };
  await db
    .insertInto('process_readings')
    .values({ process_id: processId, ...row })
    .onConflict((same) => same.column('process_id').doUpdateSet({ ...row, at: sql<Date>`now()` }))
    .execute();
  await sql`delete from process_readings where at < now() - make_interval(mins => ${FORGOTTEN_MINUTES})`.execute(db);
}

/** A process has ended. */
export async function removeProcessReading(db: Sql, processId: string): Promise<void> {
  await db.deleteFrom('process_readings').where('process_id', '=', processId).execute();
}

/** Adds to today's counts. Processes write the rows in the same order: otherwise they would wait for each other. */
export async function addLatencies(db: Sql, kind: 'api' | 'sql', buckets: ReadonlyMap<number, number>): Promise<void> {
  const counted = [...buckets].toSorted(([one], [other]) => one - other);
  if (!counted.some(([, count]) => count > 0)) return;
  const [bounds, counts] = [counted.map(([bound]) => String(bound)), counted.map(([, count]) => count)];
  await sql`
    insert into daily_latencies (day, kind, bound_seconds, count)
    select (now() at time zone 'utc')::date, ${kind}, bound, count
    from unnest(${bounds}::float8[], ${counts}::bigint[]) as counted (bound, count) order by bound
    on conflict (day, kind, bound_seconds) do update set count = daily_latencies.count + excluded.count`.execute(db);
}

/** How many operations or statements took at most so many seconds on a day, by the bound; empty where none was counted. */
export async function readLatencies(db: Sql, kind: 'api' | 'sql', day: string): Promise<Map<number, number>> {
  const { rows } = await sql<{ bound: number; count: number }>`
    select bound_seconds as bound, count::float8 as count from daily_latencies
    where day = ${day}::date and kind = ${kind}`.execute(db);
  return new Map(rows.map(({ bound, count }) => [bound, count]));
}

interface FiguresRow extends Omit<ProcessFigures, 'slowestOperation'> {
  readonly slowest: string | null;
  readonly slowestSeconds: number | null;
}

/** The processes that reported in the last 90 s. */
export async function readProcessFigures(db: Sql): Promise<ProcessFigures> {
  const { rows } = await sql<FiguresRow>`
    select max(cpu_percent) as "cpuPercent", max(memory_percent) as "memoryPercent",
      min(free_disk_percent) as "lowestFreeDiskPercent", max(api_latency_ms) as "apiP95Ms", max(sql_latency_ms) as "sqlP95Ms", max(slowest_seconds) as "slowestSeconds",
      (array_agg(slowest_operation order by slowest_seconds desc nulls last))[1] as slowest
    from process_readings where at > now() - make_interval(secs => ${FRESH_SECONDS})`.execute(db);
  const [row] = rows;
  if (!row) throw new TypeError('An aggregate without groups returns a row.');
  const { slowest: name, slowestSeconds: seconds, ...figures } = row;
  return { ...figures, slowestOperation: name === null || seconds === null ? null : { name, seconds } };
}
