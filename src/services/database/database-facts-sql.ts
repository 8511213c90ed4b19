import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

export interface TableStats {
  readonly name: string;
  /** With its indexes and long values. */
  readonly totalBytes: number;
  readonly liveRows: number;
  readonly deadRows: number;
  /** Of its rows, 0 to 100. */
  readonly deadPercentage: number;
  readonly sequentialScans: number;
  /** Read by all sequential scans together. */
  readonly sequentialRows: number;
  /** Null where it has no index. */
  readonly indexScans: number | null;
  readonly lastVacuumAt: Date | null;
}

export interface IndexStats {
  readonly name: string;
  readonly table: string;
  readonly scans: number;
  readonly bytes: number;
  /** It prevents what must not be there twice, also where it is never read. */
  readonly isUnique: boolean;
}

export interface RawSession {
  readonly pid: number;
  readonly user: string | null;
  readonly client: string | null;
  readonly application: string | null;
  readonly state: string;
  /** In this state. */
  readonly seconds: number;
  readonly query: string | null;
}

export interface RawLockWait {
  readonly blockedPid: number;
  readonly blockingPid: number;
  readonly blockedQuery: string | null;
  readonly blockingQuery: string | null;
  readonly waitingSeconds: number;
}

export interface SessionCounts {
  readonly active: number;
  readonly idle: number;
  readonly idleInTransaction: number;
  readonly max: number;
}

/** Bytes of a page of a table; a server may be built with another size. */
const PAGE_BYTES = sql`current_setting('block_size')::int`;
/** More than the schema has. */
const MOST = 500;
/** More than anyone reads. */
const MOST_WAITS = 100;

/**
 * To measure a table or an index, PostgreSQL locks it for reading, and so waits for those who change its structure. What is locked so, or is
 * about to be, has the pages that the last vacuum counted.
 */
const LOCKED = sql`with locked as (
  select relation from pg_locks
  where locktype = 'relation' and mode = 'AccessExclusiveLock'
    and database = (select oid from pg_database where datname = current_database())
)`;

export async function readVersion(db: Sql): Promise<string> {
  return (await one<{ version: string }>(db, sql`select current_setting('server_version') as version`)).version;
}

/** The tables of our schema, the largest first. */
export async function readTables(db: Sql): Promise<TableStats[]> {
  const { rows } = await sql<TableStats>`
    ${LOCKED}
    select stats.relname as name,
      (case
        when exists (select from locked where relation = class.oid or relation = class.reltoastrelid
          or relation in (select indexrelid from pg_index where indrelid in (class.oid, class.reltoastrelid)))
        then ${PAGE_BYTES}::bigint * (
          select coalesce(sum(part.relpages), 0) from pg_class part
          where part.oid in (class.oid, class.reltoastrelid)
            or part.oid in (select indexrelid from pg_index where indrelid in (class.oid, class.reltoastrelid)))
        else coalesce(pg_total_relation_size(class.oid), 0)
      end)::bigint as "totalBytes",
      stats.n_live_tup as "liveRows", stats.n_dead_tup as "deadRows",
      coalesce(100 * stats.n_dead_tup::float8 / nullif(stats.n_live_tup + stats.n_dead_tup, 0), 0) as "deadPercentage",
      stats.seq_scan as "sequentialScans", stats.seq_tup_read as "sequentialRows", stats.idx_scan as "indexScans",
      greatest(stats.last_vacuum, stats.last_autovacuum) as "lastVacuumAt"
    from pg_stat_user_tables stats join pg_class class on class.oid = stats.relid
    where stats.schemaname = current_schema() and class.relkind = 'r'
    order by 2 desc, 1 limit ${MOST}`.execute(db);
  return rows;
}

/** The indexes of our schema, the largest first. */
export async function readIndexes(db: Sql): Promise<IndexStats[]> {
  const { rows } = await sql<IndexStats>`
    ${LOCKED}
    select stats.indexrelname as name, stats.relname as "table", stats.idx_scan as scans,
      (case when stats.indexrelid in (select relation from locked)
        then ${PAGE_BYTES}::bigint * greatest(class.relpages, 0)
        else coalesce(pg_relation_size(stats.indexrelid), 0) end)::bigint as bytes,
      index.indisunique or index.indisexclusion as "isUnique"
    from pg_stat_user_indexes stats
      join pg_class class on class.oid = stats.indexrelid
      join pg_index index on index.indexrelid = stats.indexrelid
    where stats.schemaname = current_schema()
    order by 4 desc, 1 limit ${MOST}`.execute(db);
  return rows;
}

/** Who waits for whom, the longest first. A prepared transaction that blocks has the process id 0. */
export async function readLockWaits(db: Sql): Promise<RawLockWait[]> {
  const { rows } = await sql<RawLockWait>`
    select blocked.pid as "blockedPid", blocking.pid as "blockingPid",
      left(blocked.query, 8000) as "blockedQuery", left(holder.query, 8000) as "blockingQuery",
      extract(epoch from clock_timestamp() - coalesce(
        (select min(waitstart) from pg_locks where pid = blocked.pid and not granted), blocked.query_start
      ))::float8 as "waitingSeconds"
    from pg_stat_activity blocked
      cross join lateral (select distinct unnest(pg_blocking_pids(blocked.pid)) as pid) blocking
      left join pg_stat_activity holder on holder.pid = blocking.pid
    where blocked.datname = current_database() and blocked.wait_event_type = 'Lock'
    order by 5 desc, 1, 2 limit ${MOST_WAITS}`.execute(db);
  return rows;
}

/** Sessions of this database but the one that asks. */
const OTHERS = sql`datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;

export async function countSessions(db: Sql): Promise<SessionCounts> {
  return await one<SessionCounts>(
    db,
    sql`select count(*) filter (where state = 'active')::int as active,
      count(*) filter (where state = 'idle')::int as idle,
      count(*) filter (where starts_with(state, 'idle in transaction'))::int as "idleInTransaction",
      current_setting('max_connections')::int as max
    from pg_stat_activity where ${OTHERS}`,
  );
}

/** Those that have been in their state longest first; at work before idle. A state that we may not see is "unknown". */
export async function readSessions(db: Sql, first: number): Promise<RawSession[]> {
  const { rows } = await sql<RawSession>`
    select pid, usename as "user", coalesce(host(client_addr), client_hostname) as client,
      nullif(application_name, '') as application, coalesce(state, 'unknown') as state,
      greatest(coalesce(extract(epoch from clock_timestamp() - coalesce(state_change, backend_start)), 0), 0)::float8 as seconds,
      left(query, 8000) as query
    from pg_stat_activity where ${OTHERS}
    order by state = 'idle', 6 desc, pid limit ${first}`.execute(db);
  return rows;
}

async function one<Row>(db: Sql, statement: RawBuilder<unknown>): Promise<Row> {
  const { rows } = await sql<Row>`${statement}`.execute(db);
  const [row] = rows;
  if (!row) throw new TypeError('A select of settings and counts returns a row.');
  return row;
}
