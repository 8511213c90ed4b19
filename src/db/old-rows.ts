import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { type Em, type Sql, sqlOf } from './orm.ts';

/** Stores rows elsewhere before they are deleted. */
export interface RowArchive {
  /** Each row is a JSON object. When it resolves, they survive a power failure. */
  write(table: string, rows: readonly string[]): Promise<void>;
}

/** Longer than an overloaded disk takes for a batch. Only rows whose time is over are locked meanwhile. */
const WRITING_SECONDS = 60;

/** Deletes rows whose time is over. */
export class OldRows {
  readonly #db: Database;
  /** Where the rows are stored before they are deleted; null where they are not. */
  readonly archive: RowArchive | null;

  constructor(db: Database, archive: RowArchive | null) {
    this.#db = db;
    this.archive = archive;
  }

  sql(): Sql {
    return this.#db.sql();
  }

  /** Runs a `delete from table where …` of a batch; returns of how many rows. */
  async remove(table: string, deletion: RawBuilder<unknown>): Promise<number> {
    if (!this.archive) {
      const { numAffectedRows = 0n } = await deletion.execute(this.#db.sql());
      return Number(numAffectedRows);
    }
    return await this.archived(table, async (em) => {
      const { rows } = await sql<{ row: string }>`
        ${deletion} returning to_jsonb(${sql.table(table)})::text as row`.execute(sqlOf(em));
      return rows.map(({ row }) => row);
    });
  }

  /**
   * Commits a deletion once the rows that it returns are archived: a process that is killed in between has deleted none, and the next
   * run writes them once more. `after` belongs to the same transaction.
   */
  async archived(
    table: string,
    remove: (em: Em) => Promise<string[]>,
    after: (em: Em) => Promise<void> = async () => undefined,
  ): Promise<number> {
    return await this.#db.transaction(async (em) => {
      await sql`set local idle_in_transaction_session_timeout = ${sql.lit(`${WRITING_SECONDS}s`)}`.execute(sqlOf(em));
      const rows = await remove(em);
      if (rows.length > 0) await this.archive?.write(table, rows);
      await after(em);
      return rows.length;
    });
  }
}
