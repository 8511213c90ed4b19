import type { Database } from './database.ts';
import type { Em } from './orm.ts';

interface StaleIndex {
  readonly name: string;
  /** Version of the collation on the server; null where the server has none. */
  readonly version: string | null;
}

/**
 * Indexes whose order is that of a collation of ICU, and whose comment names another version than the server's: an update of ICU may sort
 * some texts differently, and pages by an index in the old order would leave rows out. The version is kept as the comment of the index,
 * because refreshing that of the collation itself needs its owner, a superuser.
 */
const STALE = `
  select distinct c.relname as name, pg_collation_actual_version(l.oid) as version
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
  join pg_collation l on l.oid = any(i.indcollation) and l.collprovider = 'i'
  where obj_description(c.oid, 'pg_class') is distinct from pg_collation_actual_version(l.oid)
  order by 1`;

/** Whether an index has to be built again because its collation has another version now. */
export async function hasStaleIndexes(db: Database): Promise<boolean> {
  return (await staleIndexes(db.em())).length > 0;
}

/**
 * Rebuilds those indexes in one transaction under the lock of the migrations; returns their names. Their tables cannot be written
 * meanwhile: some seconds for a million rows. `db` has to allow statements of that duration.
 */
export async function rebuildStaleIndexes(db: Database): Promise<string[]> {
  return await db.transaction(async (em) => {
    await em.execute('set local idle_in_transaction_session_timeout = 0');
    await em.execute("select pg_advisory_xact_lock(hashtext('autovideo_migrations'))");
    const stale = await staleIndexes(em);
    for (const { name, version } of stale) {
      await em.execute(`reindex index ${quoted(name, '"')}`);
      await em.execute(`comment on index ${quoted(name, '"')} is ${version === null ? 'null' : quoted(version, "'")}`);
    }
    return stale.map(({ name }) => name);
  });
}

async function staleIndexes(em: Em): Promise<StaleIndex[]> {
  return await em.execute<StaleIndex[]>(STALE);
}

function quoted(text: string, quote: string): string {
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
}
