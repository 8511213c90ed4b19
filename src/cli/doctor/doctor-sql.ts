import { sql } from 'kysely';
import { APPLICATION_NAME } from '../../db/database.ts';
import type { Sql } from '../../db/orm.ts';

/** What is asked of PostgreSQL itself; needs no table of the program. */
export interface ServerFacts {
  /** As it says it, such as 18.1. */
  readonly version: string;
  readonly connections: number;
  readonly maxConnections: number;
  readonly idleInTransaction: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly isReadOnly: boolean;
}

export async function readServer(db: Sql): Promise<ServerFacts> {
  const { rows } = await sql<ServerFacts>`
    select current_setting('server_version') as version, current_setting('max_connections')::int as "maxConnections",
      count(*)::int as connections, (count(*) filter (where state like 'idle in transaction%'))::int as "idleInTransaction",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now, pg_is_in_recovery() as "isReadOnly"
    from pg_stat_activity where backend_type = 'client backend'`.execute(db);
  const [row] = rows;
  if (!row) throw new TypeError('An aggregate without groups returns a row.');
  return row;
}

/** A process that reported in the last 90 s. */
export interface LiveProcess {
  readonly host: string;
  readonly pid: number;
  readonly kind: 'all' | 'api' | 'worker';
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  readonly freeDiskPercent: number | null;
  readonly rssBytes: number;
  readonly loopDelayMs: number;
  readonly poolUsed: number;
  readonly poolWaiting: number;
  readonly poolMax: number;
  readonly poolLeaked: number;
  readonly requests: number;
  readonly errors: number;
}

export async function readLiveProcesses(db: Sql): Promise<LiveProcess[]> {
  const { rows } = await sql<LiveProcess>`
    select host, pid, kind, cpu_percent as "cpuPercent", memory_percent as "memoryPercent", free_disk_percent as "freeDiskPercent",
      rss_bytes::float8 as "rssBytes", loop_delay_ms as "loopDelayMs", pool_used as "poolUsed", pool_waiting as "poolWaiting",
      pool_max as "poolMax", pool_leaked as "poolLeaked", requests, errors
    from process_readings where at > now() - interval '90 seconds' order by host, kind, pid`.execute(db);
  return rows;
}

/** Whether the cause of an alert was seen within the seconds. */
export async function isFiring(db: Sql, rule: string, seconds: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from alerts where rule = ${rule} and resolved_at is null and good_since is null
      and last_seen_at > now() - make_interval(secs => ${seconds})`.execute(db);
  return rows.length > 0;
}

/** The names of the migrations that were applied; empty in a database without the program's tables. */
export async function readAppliedMigrations(db: Sql): Promise<string[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('migrations') is not null as there`.execute(db);
  if (!rows[0]?.there) return [];
  return (await sql<{ name: string }>`select name from migrations order by name`.execute(db)).rows.map(
    ({ name }) => name,
  );
}

/** A session that others wait for, and that waits for none itself. */
export interface LockHolder {
  /** 0 for a prepared transaction, which has no session. */
  readonly pid: number;
  readonly user: string | null;
  readonly application: string | null;
  /** Null where we may not see it: a session of another role. */
  readonly state: string | null;
  /** In this state. */
  readonly seconds: number | null;
  /** `autovideo db idle --end` ends it once it has been idle for long enough. */
  readonly isEndable: boolean;
  /** Sessions of this database that wait for it directly. */
  readonly blocked: number;
  /** Of the one that has waited longest. */
  readonly waitingSeconds: number;
  /** Tables and indexes that are waited for; empty where it is for rows. */
  readonly relations: readonly string[];
}

/** Locks nothing. The one that others have waited for longest comes first. */
export async function readLockHolders(db: Sql): Promise<LockHolder[]> {
  const { rows } = await sql<LockHolder>`
    with waits as materialized (
      select blocked.pid, blocking.pid as by, lock.relation,
        extract(epoch from clock_timestamp() - coalesce(lock.waitstart, blocked.query_start)) as seconds
      from pg_stat_activity blocked
        cross join lateral (select distinct unnest(pg_blocking_pids(blocked.pid)) as pid) blocking
        left join lateral (
          select relation, waitstart from pg_locks where pg_locks.pid = blocked.pid and not granted order by waitstart limit 1
        ) lock on true
      where blocked.datname = current_database() and blocked.wait_event_type = 'Lock'
    )
    select waits.by as pid, holder.usename as "user", nullif(holder.application_name, '') as application, holder.state,
      extract(epoch from clock_timestamp() - holder.state_change)::float8 as seconds,
      coalesce(holder.usename = current_user and holder.application_name <> ${APPLICATION_NAME}
        and starts_with(holder.state, 'idle in transaction')
        and not exists (select from pg_locks where pg_locks.pid = waits.by and locktype = 'advisory' and granted), false) as "isEndable",
      count(distinct waits.pid)::int as blocked, max(waits.seconds)::float8 as "waitingSeconds",
      coalesce(array_agg(distinct class.relname::text order by class.relname::text) filter (where class.relname is not null), '{}') as relations
    from waits
      left join pg_stat_activity holder on holder.pid = waits.by
      left join pg_class class on class.oid = waits.relation
    where waits.by not in (select pid from waits)
    group by waits.by, holder.usename, holder.application_name, holder.state, holder.state_change
    order by "waitingSeconds" desc, 1`.execute(db);
  return rows;
}
