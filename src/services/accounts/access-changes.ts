import type { Database } from '../../db/database.ts';
import { type Reader, readerOf } from '../../db/prepared.ts';
import { ACCESS_CHANGES } from './access-changes-sql.ts';

interface Position {
  readonly snapshot: string;
  readonly time: string;
}

/**
 * Finds the users whose sessions, keys, roles or account have changed. What it reads grows with the changes, and not with the
 * connections, so it can be asked several times a second.
 */
export class AccessChanges {
  readonly #reader: Reader;
  #position: Position | undefined;

  constructor(db: Database) {
    this.#reader = readerOf(db);
  }

  /** The UUIDs of users whose access may have changed since the last answer; null, for all of them, at the first call. */
  async changedUsers(): Promise<readonly string[] | null> {
    const values = [this.#position?.snapshot ?? null, this.#position?.time ?? null];
    const [row] = await this.#reader.rows<Position & { readonly userIds: readonly string[] }>(ACCESS_CHANGES, values);
    if (!row) throw new TypeError('A select without a condition returns a row.');
    const isFirst = this.#position === undefined;
    this.#position = row;
    return isFirst ? null : row.userIds;
  }
}
