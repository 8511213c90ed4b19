import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { type Sql, sqlOf } from '../../db/orm.ts';
import { readLastVerified } from '../backups/backup-store.ts';

/** A version that ran here. */
export interface DeploymentFacts {
  readonly version: string;
  /** The last migration that was applied then. */
  readonly migration: string;
  readonly firstSeenAt: Date;
  /** When a process of it last started. */
  readonly lastSeenAt: Date;
}

/** Records that a process of the version has started: a row where version or migrations changed, else the time. */
export async function recordStart(db: Database, version: string): Promise<void> {
  await db.transaction(async (em) => {
    // Processes start together.
    await sql`select pg_advisory_xact_lock(hashtext('autovideo_deployments'))`.execute(sqlOf(em));
    await sql`
      with state as (select name from migrations order by id desc limit 1),
      latest as (select id, version, migration from deployments order by id desc limit 1),
      same as (
        update deployments set last_seen_at = now() from latest, state
        where deployments.id = latest.id and latest.version = ${version} and latest.migration = state.name returning deployments.id
      )
      insert into deployments (version, migration) select ${version}, name from state where not exists (select from same)`.execute(
      sqlOf(em),
    );
  });
}

/** The newest first; none before the table exists, as in a database that an earlier version left. */
export async function readDeployments(db: Sql, limit: number): Promise<DeploymentFacts[]> {
  if (!(await exists(db, 'deployments'))) return [];
  const { rows } = await sql<DeploymentFacts>`
    select version, migration, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt" from deployments
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

export interface RunningWork {
  readonly active: number;
  readonly waiting: number;
}

/** Null before the queues exist. */
export async function readRunningWork(db: Sql): Promise<RunningWork | null> {
  if (!(await exists(db, 'jobs'))) return null;
  const { rows } = await sql<RunningWork>`
    select count(*) filter (where status = 'ACTIVE')::int as active, count(*) filter (where status = 'WAITING')::int as waiting
    from jobs where status in ('ACTIVE', 'WAITING')`.execute(db);
  return rows[0] ?? null;
}

/** Null where there is none, also where the version that runs knows no backups yet. */
export async function readLastBackup(db: Sql): Promise<Date | null> {
  return (await exists(db, 'backups')) ? await readLastVerified(db) : null;
}

export interface WorkSince {
  readonly made: number;
  readonly failed: number;
  readonly workers: number;
  readonly openAlerts: readonly string[];
}

/** What has become of jobs since a time; workers that are alive and alerts that are open now. */
export async function readWorkSince(db: Sql, since: Date): Promise<WorkSince> {
  const { rows } = await sql<WorkSince>`
    select (select count(*)::int from jobs where status = 'DONE' and finished_at >= ${since}) as made,
      (select count(*)::int from jobs where status = 'FAILED' and finished_at >= ${since}) as failed,
      (select count(*)::int from workers where heartbeat_at > now() - interval '20 seconds') as workers,
      array(select rule from alerts where resolved_at is null order by priority, raised_at limit 20)::text[] as "openAlerts"`.execute(
    db,
  );
  return rows[0] ?? { made: 0, failed: 0, workers: 0, openAlerts: [] };
}

export interface TableSize {
  readonly table: string;
  /** As PostgreSQL estimates it; 0 where it was never counted. */
  readonly rows: number;
  readonly bytes: number;
}

/** Of every table, and for each index the table it belongs to. */
export async function readTables(db: Sql) {
  const tables = await sql<TableSize>`
    select relname as table, greatest(reltuples, 0)::float8 as rows, pg_total_relation_size(oid)::float8 as bytes
    from pg_class where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace`.execute(db);
  const indexes = await sql<{ name: string; table: string }>`
    select index.relname as name, owner.relname as table from pg_index
    join pg_class as index on index.oid = indexrelid join pg_class as owner on owner.oid = indrelid
    where owner.relnamespace = current_schema()::regnamespace`.execute(db);
  return {
    tables: new Map(tables.rows.map((size) => [size.table, size])),
    tableOfIndex: new Map(indexes.rows.map(({ name, table }) => [name, table])),
  };
}

async function exists(db: Sql, table: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(db);
  return rows[0]?.there === true;
}
