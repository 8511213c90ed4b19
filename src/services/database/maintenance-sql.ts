import { type RawBuilder, sql } from 'kysely';
import { APPLICATION_NAME } from '../../db/database.ts';
import type { Sql } from '../../db/orm.ts';

const LOCK = 'autovideo_maintenance';

/** For the transaction that runs it: how long a statement, and its wait for a lock, may take. */
export async function limitStatements(db: Sql, milliseconds: number): Promise<void> {
  await sql`select set_config('statement_timeout', ${`${milliseconds}ms`}, true),
    set_config('lock_timeout', ${`${milliseconds}ms`}, true)`.execute(db);
}

export interface VacuumLimits {
  readonly statementMs: number;
  /** How long it waits for a table that another session changes or vacuums. */
  readonly lockMs: number;
}

/** Of the connection `db` alone: its process id, or null where another session maintains the database. The lock ends with the connection. */
export async function beginMaintenance(db: Sql): Promise<number | null> {
  const { rows } = await sql<{ pid: number }>`
    select pg_backend_pid() as pid where pg_try_advisory_lock(hashtext(${LOCK}))`.execute(db);
  return rows[0]?.pid ?? null;
}

/** For the connection `db` alone. At the pace of autovacuum, so that it does not slow down what else runs. */
export async function limitVacuum(db: Sql, { statementMs, lockMs }: VacuumLimits): Promise<void> {
  await sql`select set_config('statement_timeout', ${`${Math.max(1, Math.round(statementMs))}ms`}, false),
    set_config('lock_timeout', ${`${lockMs}ms`}, false), set_config('vacuum_cost_delay', '2ms', false)`.execute(db);
}

/** Removes dead rows and counts anew what the planner has to know. The name is quoted. */
export async function vacuum(db: Sql, table: string): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  await sql`vacuum (analyze) ${sql.id(rows[0]?.schema ?? 'public', table)}`.execute(db);
}

/** The tables of our schema. */
export async function readTableNames(db: Sql): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/** Ends what this session of ours runs. */
export async function cancelStatement(db: Sql, pid: number): Promise<void> {
  await sql`select pg_cancel_backend(${pid}::int)`.execute(db);
}

export interface IdleSession {
  readonly pid: number;
  readonly user: string | null;
  readonly client: string | null;
  readonly application: string | null;
  readonly state: string;
  readonly idleSeconds: number;
  /** Why it is left alone; null where it may be ended. */
  readonly spared: 'another user' | 'holds a lock of the application' | 'pool of Auto Video' | null;
}

export interface IdleTimes {
  readonly idleSeconds: number;
  /** A session of Auto Video that is younger may be in the pool of a running process. */
  readonly poolSeconds: number;
}

/** Sessions of this database without a statement for at least `idleSeconds`, the longest idle first. See `IdleSessions`. */
function idleSessions({ idleSeconds, poolSeconds }: IdleTimes): RawBuilder<IdleSession> {
  return sql<IdleSession>`
    select activity.pid, usename as "user", host(client_addr) as client,
      nullif(application_name, '') as application, state,
      extract(epoch from clock_timestamp() - state_change)::float8 as "idleSeconds",
      case
        when usename is distinct from current_user then 'another user'
        when exists (select from pg_locks where pg_locks.pid = activity.pid and locktype = 'advisory' and granted)
          then 'holds a lock of the application'
        when application_name = ${APPLICATION_NAME}
          and backend_start > clock_timestamp() - make_interval(secs => ${poolSeconds})
          then 'pool of Auto Video'
      end as spared
    from pg_stat_activity activity
    where datname = current_database() and backend_type = 'client backend' and activity.pid <> pg_backend_pid()
      and (state = 'idle' or starts_with(state, 'idle in transaction'))
      and state_change <= clock_timestamp() - make_interval(secs => ${idleSeconds})
    order by state_change`;
}

export async function readIdleSessions(db: Sql, times: IdleTimes): Promise<IdleSession[]> {
  return (await idleSessions(times).execute(db)).rows;
}

/** Returns how many it has ended. */
export async function endIdleSessions(db: Sql, times: IdleTimes): Promise<number> {
  const { rows } = await sql<{ ended: number }>`
    with found as materialized (${idleSessions(times)})
    select count(*) filter (where pg_terminate_backend(pid))::int as ended from found where spared is null`.execute(db);
  return rows[0]?.ended ?? 0;
}
