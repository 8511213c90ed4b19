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

/** Those of the ids that have a row, deleted videos included. */
export async function readExistingVideos(db: Sql, videoIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from videos where id = any(${[...videoIds]}::uuid[])`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
