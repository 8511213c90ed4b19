import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { z } from 'zod';
import { CONNECTION } from '../db/database.ts';
import { AppError } from '../errors.ts';
import type { About } from './archive/about.ts';
import { type CopiedTable, quoted } from './tables-sql.ts';

/** How long a restore waits for what others have locked. */
const LOCK_TIMEOUT = '10s';

const foreignKey = z.object({ table: z.string(), name: z.string(), definition: z.string() });
type ForeignKey = z.infer<typeof foreignKey>;

/** Where processes of this installation run: one entry for each, "host, process 123". None where none is connected. */
export async function connectedProcesses(client: Client): Promise<string[]> {
  const { rows } = await client.query(
    `select coalesce(host(client_addr), 'this machine') as place, count(*)::int as connections from pg_stat_activity
    where datname = current_database() and application_name = $1 group by 1 order by 1`,
    [CONNECTION.application_name],
  );
  const found = z.array(z.object({ place: z.string(), connections: z.number() })).parse(rows);
  return found.map(({ place, connections }) => `${connections} connections from ${place}`);
}

/** The rows of each table, by its name; none of an empty database. */
export async function countRows(client: Client, tables: readonly CopiedTable[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await client.query(`select count(*) as rows from ${quoted(name)}`);
    counts.set(name, z.tuple([z.object({ rows: z.coerce.number() })]).parse(rows)[0].rows);
  }
  return counts;
}

/** Begins the transaction of a restore, which no migration and no other restore can join. */
export async function beginRestore(client: Client): Promise<void> {
  await client.query(
    `begin; set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0; set local lock_timeout = '${LOCK_TIMEOUT}'`,
  );
  await client.query("select pg_advisory_xact_lock(hashtext('autovideo_migrations'))").catch(busy);
}

/**
 * Empties the tables, and removes their foreign keys and switches off their triggers, which would count and record what is only put
 * back. `finishTables` reverses it. No other connection can use the tables until the transaction ends.
 */
export async function emptyTables(client: Client, tables: readonly CopiedTable[]): Promise<readonly ForeignKey[]> {
  if (tables.length === 0) return [];
  const names = tables.map(({ name }) => quoted(name)).join(', ');
  await client.query(`lock table ${names} in access exclusive mode`).catch(busy);
  const { rows } = await client.query(
    `select conrelid::regclass::text as "table", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2`,
  );
  const keys = z.array(foreignKey).parse(rows);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} disable trigger user`);
  await client.query(`truncate ${names}`);
  return keys;
}

/** Adds rows as `rowsOf` has read them. Returns their number. */
export async function copyRows(client: Client, table: CopiedTable, rows: Readable): Promise<number> {
  const copy = client.query(from(`copy ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) from stdin`));
  await pipeline(rows, copy);
  return copy.rowCount;
}

/** The foreign keys are checked by being added. */
export async function finishTables(
  client: Client,
  tables: readonly CopiedTable[],
  keys: readonly ForeignKey[],
  sequences: About['sequences'],
): Promise<void> {
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} enable trigger user`);
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const { table, column, next } of sequences) {
    // Not setval, which no rollback reverses. The name comes quoted from PostgreSQL.
    const { rows } = await client.query('select pg_get_serial_sequence($1, $2) as sequence', [quoted(table), column]);
    const [{ sequence }] = z.tuple([z.object({ sequence: z.string() })]).parse(rows);
    await client.query(`alter sequence ${sequence} restart with ${Math.max(1, Math.trunc(next))}`);
  }
}

/**
 * Removes all that migrations have made, so that those of an older state can be applied. The list of backups stays in a temporary table:
 * see `putBackBackups`.
 */
export async function dropEverything(client: Client): Promise<void> {
  const { rows: kept } = await client.query("select 1 as found where to_regclass('backups') is not null");
  if (kept.length > 0) await client.query('create temporary table kept_backups on commit drop as table backups');
  const owned = z.array(z.object({ statement: z.string() })).parse(
    (
      await client.query(
        `select format('drop table if exists %s cascade', oid::regclass) as statement, 1 as place from pg_class c
          where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname <> 'migrations'
          and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
        union all
        select format('drop function if exists %s cascade', oid::regprocedure), 2 from pg_proc p
          where pronamespace = current_schema()::regnamespace
          and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')
        order by place, statement`,
      )
    ).rows,
  );
  for (const { statement } of owned) await client.query(statement).catch(busy);
  await client.query('delete from migrations');
}

/** The list of backups names files of this machine, which the restore has not changed. */
export async function putBackBackups(client: Client): Promise<void> {
  const { rows } = await client.query("select 1 as found where to_regclass('pg_temp.kept_backups') is not null");
  if (rows.length > 0) await client.query('insert into backups table kept_backups');
}

export async function recordMigration(client: Client, name: string): Promise<void> {
  await client.query('insert into migrations (name) values ($1)', [name]);
}

export async function commitRestore(client: Client): Promise<void> {
  await client.query('commit');
}

function busy(thrown: unknown): never {
  const isLock = thrown instanceof Error && 'code' in thrown && thrown.code === '55P03';
  if (!isLock) throw thrown;
  const sentence =
    'Something else uses the database: end every process of Auto Video and every other client, then try again.';
  throw new AppError('DATABASE_ERROR', sentence, { cause: thrown, retriable: true });
}
