import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/** A worker that was making a deleted video has stopped by then. */
const AFTER_MINUTES = 10;

/** The ids of deleted videos whose files can be removed, at most `limit`. */
export async function readDeletedVideos(db: Sql, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from videos where deleted_at < now() - make_interval(mins => ${AFTER_MINUTES})
    order by deleted_at limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The prefixes of files whose account was deleted, and that no worker writes any more; at most `limit`. */
export async function readRemovedFiles(db: Sql, limit: number): Promise<string[]> {
  const { rows } = await sql<{ prefix: string }>`
    select prefix from removed_files where removed_at < now() - make_interval(mins => ${AFTER_MINUTES})
    order by removed_at limit ${limit}`.execute(db);
  return rows.map(({ prefix }) => prefix);
}

export async function forgetRemovedFiles(db: Sql, prefix: string): Promise<void> {
  await db.deleteFrom('removed_files').where('prefix', '=', prefix).execute();
}

/** Those of the ids that have a row, deleted videos included. */
export async function readExistingVideos(db: Sql, videoIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from videos where id = any(${[...videoIds]}::uuid[])`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
