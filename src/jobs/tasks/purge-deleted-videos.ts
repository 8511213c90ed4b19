import type { Database } from '../../db/database.ts';
import { purgeVideo } from '../../services/videos/video-store.ts';
import { Freed, removeCounted } from '../../storage/freed.ts';
import type { Storage } from '../../storage/storage.ts';
import { removeOldWorkers } from '../worker/worker-store.ts';
import { forgetRemovedFiles, readDeletedVideos, readRemovedFiles } from './stored-videos-sql.ts';

const BATCH = 500;

/** Removes files and rows of deleted videos, files of deleted accounts, and rows of workers that ended long ago. */
export class DeletedVideoPurge {
  readonly #db: Database;
  readonly #storage: Pick<Storage, 'list' | 'removeAll'>;

  constructor(db: Database, storage: Pick<Storage, 'list' | 'removeAll'>) {
    this.#db = db;
    this.#storage = storage;
  }

  /** Returns how many videos it removed; `freed` counts their files, and a row for each. */
  async purge(signal: AbortSignal, freed = new Freed()): Promise<number> {
    await removeOldWorkers(this.#db.sql());
    await this.#purgeFiles(signal, freed);
    for (let purged = 0; ; ) {
      const ids = await readDeletedVideos(this.#db.sql(), BATCH);
      for (const id of ids) {
        signal.throwIfAborted();
        // Files first: a row without files can be purged again, but files without a row would remain for a day.
        await removeCounted(this.#storage, `videos/${id}/`, freed);
        await purgeVideo(this.#db.sql(), id);
        freed.addRows(1);
        purged++;
      }
      if (ids.length < BATCH) return purged;
    }
  }

  /** Of deleted accounts, whose rows are gone. */
  async #purgeFiles(signal: AbortSignal, freed: Freed): Promise<void> {
    for (;;) {
      const prefixes = await readRemovedFiles(this.#db.sql(), BATCH);
      for (const prefix of prefixes) {
        signal.throwIfAborted();
        await removeCounted(this.#storage, prefix, freed);
        await forgetRemovedFiles(this.#db.sql(), prefix);
      }
      if (prefixes.length < BATCH) return;
    }
  }
}
