import type { Database } from '../../db/database.ts';
import { forgetOrder, readOldOrders } from '../../services/generations/ordered-generations-sql.ts';
import type { Storage } from '../../storage/storage.ts';

const BATCH = 500;

/** Removes the files and texts of contents that belong to no video, some time after they were ordered. What they cost stays. */
export class OldGenerationRemoval {
  readonly #db: Database;
  readonly #storage: Pick<Storage, 'removeAll'>;
  readonly #days: number;

  constructor(db: Database, storage: Pick<Storage, 'removeAll'>, days: number) {
    this.#db = db;
    this.#storage = storage;
    this.#days = days;
  }

  /** Returns of how many it removed the content. */
  async remove(signal: AbortSignal): Promise<number> {
    for (let removed = 0; ; ) {
      const ids = await readOldOrders(this.#db.sql(), this.#days, BATCH);
      for (const id of ids) {
        signal.throwIfAborted();
        // Files first: what still has its order is found again. Files of failed attempts lie there too.
        await this.#storage.removeAll(`generations/${id}/`);
        await forgetOrder(this.#db.sql(), id);
        removed++;
      }
      if (ids.length < BATCH) return removed;
    }
  }
}
