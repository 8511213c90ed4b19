import { notAllowed } from '../../auth/auth-error.ts';
import { networkOf } from '../../auth/client-network.ts';
import type { PasswordHasher } from '../../auth/passwords.ts';
import type { Device } from '../../auth/request-facts.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Sql, sqlOf } from '../../db/orm.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { type Credentials, credentialsOfUser } from './credentials-sql.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';
import type { AttemptKey } from './sign-in-attempts-sql.ts';

export interface Confirmed {
  readonly found: Credentials;
  /** To be forgotten in the transaction of what the password allows. */
  readonly attempt: AttemptKey;
}

export interface Confirmation {
  readonly password: string;
  /** The argument that holds it. */
  readonly field: string;
  /** Of the entry in the audit log for a wrong one. */
  readonly action: string;
}

export interface ConfirmationParts {
  readonly db: Database;
  readonly passwords: PasswordHasher;
  readonly attempts: SignInAttempts;
}

/** Asks a signed-in user for their password again: a stolen access token alone takes no account over. */
export class PasswordConfirmation {
  readonly #parts: ConfirmationParts;

  constructor(parts: ConfirmationParts) {
    this.#parts = parts;
  }

  /** Throws FORBIDDEN for a caller with an API key, UserFaultError INVALID_CREDENTIALS, or ACCOUNT_LOCKED after too many guesses. */
  async confirm(viewer: Viewer, { password, field, action }: Confirmation, device: Device): Promise<Confirmed> {
    const { db, passwords, attempts } = this.#parts;
    if (viewer.apiKeyId !== undefined) throw notAllowed();
    const { userId } = viewer;
    const found = await credentialsOfUser(db.sql(), userId);
    // Counted apart from sign-ins: a thief with a token must not make the owner wait there.
    const attempt = await attempts.begin(db.sql(), { purpose: 'confirmation', of: userId, userId }, device);
    const { matches } = await passwords.verify(password, found?.passwordHash ?? null, networkOf(device.ipAddress));
    if (found && matches) return { found, attempt };
    await db.transaction(async (em) => {
      await attempts.fail(sqlOf(em), attempt);
      const target = encodeId('user', userId);
      const { ipAddress } = device;
      await appendAudit(em, { action, actorId: userId, target, outcome: 'FAILURE', ipAddress });
    });
    throw new UserFaultError({ code: 'INVALID_CREDENTIALS', message: 'The password is wrong.', field: [field] });
  }

  /** In the transaction of what the password allows. */
  async succeed(rows: Sql, attempt: AttemptKey): Promise<void> {
    await this.#parts.attempts.succeed(rows, attempt);
  }
}
