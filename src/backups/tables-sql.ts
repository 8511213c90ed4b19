import type { Client } from 'pg';
import { z } from 'zod';

/** A table as it is copied. */
export interface CopiedTable {
  readonly name: string;
  /** Without generated ones. */
  readonly columns: readonly string[];
}

/**
 * Not copied: the list of migrations is in the archive's description, and the list of backups names files of this machine, which a
 * restore does not change.
 */
const EXCLUDED: readonly string[] = ['migrations', 'backups'];

/** A row of one text. */
const nameRow = z.object({ name: z.string() });
const nextRow = z.object({ next: z.coerce.number() });

export async function tablesOf(client: Client): Promise<CopiedTable[]> {
  const { rows } = await client.query(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and not c.relname = any($1::text[])
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
    group by c.relname order by c.relname`,
    [EXCLUDED],
  );
  return z.array(z.object({ name: z.string(), columns: z.array(z.string()) })).parse(rows);
}

/** The names of the migrations that have been applied, in their order; none in an empty database. */
export async function appliedMigrations(client: Client): Promise<string[]> {
  const { rows: found } = await client.query("select 'migrations' as name where to_regclass('migrations') is not null");
  if (found.length === 0) return [];
  const { rows } = await client.query('select name from migrations order by id');
  return z
    .array(nameRow)
    .parse(rows)
    .map(({ name }) => name);
}

/** The next value of each sequence that belongs to a column. */
export async function sequencesOf(
  client: Client,
): Promise<{ readonly table: string; readonly column: string; readonly next: number }[]> {
  const { rows } = await client.query(
    `select t.relname as "table", a.attname as "column", d.objid::regclass::text as sequence
    from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_class t on t.oid = d.refobjid and t.relnamespace = current_schema()::regnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') and not t.relname = any($1::text[]) order by 1, 2`,
    [EXCLUDED],
  );
  const owned = z.array(z.object({ table: z.string(), column: z.string(), sequence: z.string() })).parse(rows);
  const found = [];
  for (const { table, column, sequence } of owned) {
    // The name comes quoted from PostgreSQL.
    const { rows: values } = await client.query(
      `select case when is_called then last_value + 1 else last_value end as next from ${sequence}`,
    );
    const [value] = z.array(nextRow).parse(values);
    if (value) found.push({ table, column, next: value.next });
  }
  return found;
}

/** A name as SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
