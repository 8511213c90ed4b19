import type { Database } from '../../db/database.ts';
import { type Reader, readerOf, type Statement } from '../../db/prepared.ts';

/**
 * Every change of users' access that an earlier snapshot did not see, and every role and key that has expired since; $1 is that
 * snapshot, $2 its time. Both come from the database: other clocks may be wrong.
 */
const CHANGES: Statement = {
  name: 'access_changes',
  text: `
    select pg_current_snapshot()::text as "snapshot", now()::text as "time", array(
      select user_id from access_changes
        where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
      union select user_id from user_roles where expires_at > $2::timestamptz and expires_at <= now()
      union select user_id from api_keys where expires_at > $2::timestamptz and expires_at <= now()
    ) as "userIds"`,
};

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
    const [row] = await this.#reader.rows<Position & { readonly userIds: readonly string[] }>(CHANGES, values);
    if (!row) throw new TypeError('A select without a condition returns a row.');
    const isFirst = this.#position === undefined;
    this.#position = row;
    return isFirst ? null : row.userIds;
  }
}
