import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import { type Reader, readerOf } from '../../db/prepared.ts';
import type { Role } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import { decodeId, encodeId } from '../../ids.ts';
import { USER_COUNT, USER_PAGE } from './user-directory-sql.ts';
import type { UserView } from './user-sql.ts';

/** Code points. */
export const MAX_USER_SEARCH = 254;

export interface UserFilter {
  /** A part of the user name or the full name in any letter case, or a whole e-mail address. All users by default. */
  readonly search?: string | null | undefined;
  /** Those with this role, in force. */
  readonly role?: Role | null | undefined;
}

export interface UserQuery extends UserFilter {
  /** 1 to 100, checked by the caller. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface UserPage {
  readonly rows: readonly UserView[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** After every id: so that one statement serves the first page too. */
const BEGINNING = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Lists users for those who manage them, newest first: ids sort by the time at which they were created. */
export class UserDirectory {
  readonly #reader: Reader;
  readonly #cipher: FieldCipher;

  constructor(db: Database, cipher: FieldCipher) {
    this.#reader = readerOf(db);
    this.#cipher = cipher;
  }

  /** Throws CURSOR_INVALID. */
  async page({ first, after, ...filter }: UserQuery): Promise<UserPage> {
    const before = after == null ? BEGINNING : decodeId('user', after);
    if (before === null) throw new AppError('CURSOR_INVALID', 'This is not a cursor of this list: give an endCursor.');
    // One more row than requested shows whether there are more.
    const rows = await this.#reader.rows<UserView>(USER_PAGE, [...this.#conditionsOf(filter), before, first + 1]);
    return { rows: rows.slice(0, first), hasNextPage: rows.length > first, hasPreviousPage: after != null };
  }

  async count(filter: UserFilter): Promise<number> {
    const [row] = await this.#reader.rows<{ readonly count: number }>(USER_COUNT, this.#conditionsOf(filter));
    return row?.count ?? 0;
  }

  /** The pattern of names, the indexes of an e-mail address, and the role; each null where it is no condition. */
  #conditionsOf({ search, role = null }: UserFilter): [string | null, readonly string[] | null, Role | null] {
    // PostgreSQL accepts no NUL character in a text, and no name has one.
    const text = (search ?? '').trim().replaceAll('\0', ' ');
    if (text.includes('@')) return [null, this.#cipher.emailIndexes(text), role];
    return [text === '' ? null : `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`, null, role];
  }
}

/** The position of a user in the list. */
export function userCursorOf({ id }: Pick<UserView, 'id'>): string {
  return encodeId('user', id);
}
