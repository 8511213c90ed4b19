import { permissionsOf } from '../../auth/role-permissions.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Permission, Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { readerOf } from '../../db/prepared.ts';
import { decodeId } from '../../ids.ts';
import { findUserId, sortByRank } from '../accounts/account-store.ts';
import { COMMAND_ACCOUNT, type CommandAccountRow } from './command-account-sql.ts';

export interface CommandAccountParts {
  readonly db: Database;
  readonly cipher: FieldCipher;
  /** E-mail address or id. */
  readonly user: string;
}

/** One operation takes no longer. */
const MINUTE_MS = 60_000;
/** Who may use the command gets no more of the account than this. */
const NEEDED: readonly Permission[] = ['VIDEO_CREATE', 'VIDEO_READ'];

/** The account that owns the videos of the command. */
export class CommandAccount {
  readonly #parts: CommandAccountParts;

  constructor(parts: CommandAccountParts) {
    this.#parts = parts;
  }

  /** As of this moment; null where there is none that may sign in. */
  async viewer(): Promise<Viewer | null> {
    const { db, cipher, user } = this.#parts;
    const userId = user.includes('@') ? await findUserId(db.sql(), user, cipher) : decodeId('user', user);
    if (userId === null) return null;
    const [row] = await readerOf(db).rows<CommandAccountRow>(COMMAND_ACCOUNT, [userId]);
    if (!row) return null;
    const roles = sortByRank(row.roles);
    const tokenExpiresAt = new Date(Date.now() + MINUTE_MS);
    const given = permissionsOf(roles);
    const permissions = new Set(NEEDED.filter((permission) => given.has(permission)));
    // There is no session, and nothing that is sent here stays open.
    return { userId, username: row.username, roles, permissions, sessionId: userId, tokenExpiresAt };
  }
}
