import type { Database } from '../../db/database.ts';
import type { RowArchive } from '../../db/old-rows.ts';
import { forgetOrder, readOldOrders, readRowsOf } from '../../services/generations/ordered-generations-sql.ts';
import { Freed, removeCounted } from '../../storage/freed.ts';
import type { Storage } from '../../storage/storage.ts';

/** Their texts may be long, and those of a batch are in memory together where they are archived. */
const BATCH = 100;

export interface OldGenerationRemovalParts {
  readonly db: Database;
  readonly storage: Pick<Storage, 'list' | 'removeAll'>;
  readonly days: number;
  /** Where the texts are stored before they are removed; null where they are not. */
  readonly archive: RowArchive | null;
}

/** Removes the files and texts of contents that belong to no video, some time after they were ordered. What they cost stays. */
export class OldGenerationRemoval {
  readonly #parts: OldGenerationRemovalParts;

  constructor(parts: OldGenerationRemovalParts) {
    this.#parts = parts;
  }

  /** Returns of how many it removed the content. */
  async remove(signal: AbortSignal, freed = new Freed()): Promise<number> {
    const { db, storage, days } = this.#parts;
    for (let removed = 0; ; ) {
      const ids = await readOldOrders(db.sql(), days, BATCH);
      await this.#archive(ids);
      for (const id of ids) {
        signal.throwIfAborted();
        // Files first: what still has its order is found again. Files of failed attempts lie there too.
        await removeCounted(storage, `generations/${id}/`, freed);
        await forgetOrder(db.sql(), id);
        removed++;
      }
      if (ids.length < BATCH) return removed;
    }
  }

  async #archive(ids: readonly string[]): Promise<void> {
    const { db, archive } = this.#parts;
    if (archive && ids.length > 0) await archive.write('ai_generations', await readRowsOf(db.sql(), ids));
  }
}
