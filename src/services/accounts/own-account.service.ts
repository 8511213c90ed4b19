import type { AttemptLimits } from '../../auth/attempt-limiter.ts';
import { networkOf } from '../../auth/client-network.ts';
import type { PasswordRules } from '../../auth/password-rules.ts';
import type { PasswordHasher } from '../../auth/passwords.ts';
import type { Device } from '../../auth/request-facts.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { sqlOf } from '../../db/orm.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { enqueueMail } from '../mail/mail-store.ts';
import { UserFaultError } from '../user-fault.ts';
import type { AccountService, SignInResult } from './account.service.ts';
import { deleteAccountData } from './account-deletion.ts';
import { emailLocation } from './account-store.ts';
import { type Credentials, setPassword } from './credentials-sql.ts';
import type { PasswordConfirmation } from './password-confirmation.ts';
import type { SessionService } from './session.service.ts';
import { endSessions, renewSession } from './session-sql.ts';

export interface OwnAccountParts {
  readonly db: Database;
  readonly accounts: Pick<AccountService, 'signedIn'>;
  readonly sessions: Pick<SessionService, 'announce'>;
  readonly confirmation: PasswordConfirmation;
  readonly passwords: PasswordHasher;
  readonly rules: PasswordRules;
  readonly cipher: FieldCipher;
  readonly limits: Pick<AttemptLimits, 'hit'>;
  /** Called after a commit that left a mail. */
  readonly onMail: () => void;
}

/** What users do with their own account. */
export class OwnAccountService {
  readonly #parts: OwnAccountParts;

  constructor(parts: OwnAccountParts) {
    this.#parts = parts;
  }

  /**
   * Ends every other session of the user and returns new tokens for this one. Throws UserFaultError INVALID_CREDENTIALS, ACCOUNT_LOCKED,
   * or what is wrong with the new password; RateLimitedError.
   */
  async changePassword(
    viewer: Viewer,
    { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
    device: Device,
  ): Promise<SignInResult> {
    const { db, accounts, sessions, confirmation, passwords, limits, cipher, onMail } = this.#parts;
    const { userId, sessionId, username } = viewer;
    await limits.hit('changePassword', userId);
    const asked = { password: currentPassword, field: 'currentPassword', action: 'password.change' };
    const { found, attempt } = await confirmation.confirm(viewer, asked, device);
    const email = this.#emailOf(found);
    this.#checkNew(newPassword, currentPassword, [username, email]);
    const hash = await passwords.hash(newPassword, networkOf(device.ipAddress));
    const changed = await db.transaction(async (em) => {
      const rows = sqlOf(em);
      await confirmation.succeed(rows, attempt);
      if (!(await setPassword(rows, userId, hash, found.passwordHash))) throw changedMeanwhile();
      const ended = await endSessions(rows, userId, 'PASSWORD', { except: sessionId });
      const refreshJti = await renewSession(rows, sessionId);
      await enqueueMail(rows, cipher, { kind: 'passwordChanged', to: email, username });
      const target = encodeId('user', userId);
      const { ipAddress } = device;
      await appendAudit(em, { action: 'password.change', actorId: userId, target, outcome: 'SUCCESS', ipAddress });
      return { ended, refreshJti };
    });
    onMail();
    await sessions.announce(changed.ended);
    return await accounts.signedIn({ userId, sessionId, refreshJti: changed.refreshJti });
  }

  /**
   * Deletes the account and all that belongs to it. Returns the ids of its videos, for `onVideosDeleted`. Throws
   * UserFaultError INVALID_CREDENTIALS, ACCOUNT_LOCKED, or INVALID_STATE for the last SUPER_ADMIN; RateLimitedError.
   */
  async deleteAccount(viewer: Viewer, password: string, device: Device): Promise<readonly string[]> {
    const { db, sessions, confirmation, limits, cipher, onMail } = this.#parts;
    const { userId, username } = viewer;
    await limits.hit('deleteAccount', userId);
    const asked = { password, field: 'password', action: 'account.delete' };
    const { found } = await confirmation.confirm(viewer, asked, device);
    const deleted = await db.transaction(async (em) => {
      const owned = await deleteAccountData(em, userId);
      await enqueueMail(sqlOf(em), cipher, { kind: 'deleted', to: this.#emailOf(found), username });
      // Without anything that says whose it was.
      await appendAudit(em, { action: 'account.delete', actorId: null, outcome: 'SUCCESS' });
      return owned;
    });
    onMail();
    await sessions.announce(deleted.sessionIds);
    return deleted.videoIds;
  }

  #emailOf({ userId, emailEncrypted }: Credentials): string {
    return this.#parts.cipher.decrypt(emailEncrypted, emailLocation(userId));
  }

  #checkNew(password: string, current: string, names: readonly string[]): void {
    const problem = this.#parts.rules.problem(password, names);
    if (problem) throw new UserFaultError({ ...problem, field: ['newPassword'] });
    if (password !== current) return;
    const message = 'The new password is the current one: choose another.';
    throw new UserFaultError({ code: 'INVALID', message, field: ['newPassword'] });
  }
}

function changedMeanwhile(): UserFaultError {
  return new UserFaultError({
    code: 'CONFLICT',
    message: 'The password was changed elsewhere at the same time: sign in again.',
  });
}
