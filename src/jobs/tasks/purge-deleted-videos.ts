import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { purgeVideo } from '../../services/videos/video-store.ts';
import type { Storage } from '../../storage/storage.ts';

/** A worker that was making a deleted video has stopped by then. */
const AFTER_MINUTES = 10;
const WORKER_FORGOTTEN_MINUTES = 60;
const BATCH = 500;

/** Removes files and rows of deleted videos, and rows of workers that ended long ago. */
export class DeletedVideoPurge {
  readonly #db: Database;
  readonly #storage: Pick<Storage, 'removeAll'>;

  constructor(db: Database, storage: Pick<Storage, 'removeAll'>) {
    this.#db = db;
    this.#storage = storage;
  }

  /** Returns how many videos it removed. */
  async purge(signal: AbortSignal): Promise<number> {
    await sql`delete from workers where heartbeat_at < now() - make_interval(mins => ${WORKER_FORGOTTEN_MINUTES})`.execute(
      this.#db.sql(),
    );
    for (let purged = 0; ; ) {
      const ids = await this.#deleted();
      for (const id of ids) {
        signal.throwIfAborted();
        // Files first: a row without files can be purged again, but files without a row would remain for a day.
        await this.#storage.removeAll(`videos/${id}/`);
        await purgeVideo(this.#db.sql(), id);
        purged++;
      }
      if (ids.length < BATCH) return purged;
    }
  }

  async #deleted(): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from videos where deleted_at < now() - make_interval(mins => ${AFTER_MINUTES})
      order by deleted_at limit ${BATCH}`.execute(this.#db.sql());
    return rows.map(({ id }) => id);
  }
}
