import { createHash } from 'node:crypto';
import { RESTORE_APPLICATION } from '../../src/backups/raw-client.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';

/** As the command opens it, so that it is not one of the processes that must not run. */
export async function openForRestore(url: string): Promise<Database> {
  return await openDatabase({ url, poolMax: 4, applicationName: RESTORE_APPLICATION });
}

/** A hash of the rows of each table, and of what it looks like. */
export async function sumsOf(db: Database): Promise<ReadonlyMap<string, string>> {
  const tables = await db.em().execute<{ name: string }[]>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
    and relname not in ('migrations', 'backups') order by 1`,
  );
  const sums = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await db.em().execute<{ row: string }[]>(`select t::text as row from "${name}" t order by 1`);
    const hash = createHash('sha256');
    for (const { row } of rows) hash.update(`${row}\n`);
    sums.set(name, `${rows.length} rows, ${hash.digest('hex')}`);
  }
  return sums;
}

/** Foreign keys, triggers, columns and indexes, as PostgreSQL describes them. */
export async function shapeOf(db: Database): Promise<string[]> {
  const found = await db.em().execute<{ part: string }[]>(
    `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated as part
      from pg_constraint where connamespace = current_schema()::regnamespace
    union all
    select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
    union all
    select attrelid::regclass || ' ' || attname || ' ' || atttypid::regtype || attgenerated::text || attidentity::text from pg_attribute
      where attrelid in (select oid from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace) and attnum > 0
        and not attisdropped
    union all
    select indexdef || ' ' || coalesce(obj_description(indexname::regclass), '') from pg_indexes where schemaname = current_schema()
    order by 1`,
  );
  return found.map(({ part }) => part);
}
