import type { Database } from '../../db/database.ts';
import { removeOldAccessChanges } from './old-rows-sql.ts';

const BATCH = 1_000;

/**
 * Deletes the changes of access that every open connection knows: they name users who may have been deleted, so they are kept for
 * minutes only. Returns their number.
 */
export async function forgetAccessChanges(db: Database, signal: AbortSignal): Promise<number> {
  for (let deleted = 0; ; ) {
    signal.throwIfAborted();
    const count = await removeOldAccessChanges(db.sql(), BATCH);
    deleted += count;
    if (count < BATCH) return deleted;
  }
}
