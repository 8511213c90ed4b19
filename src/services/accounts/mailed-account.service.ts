import { type AttemptLimits, mayStill } from '../../auth/attempt-limiter.ts';
import { notAllowed } from '../../auth/auth-error.ts';
import { networkOf } from '../../auth/client-network.ts';
import type { PasswordRules } from '../../auth/password-rules.ts';
import type { PasswordHasher } from '../../auth/passwords.ts';
import type { Device } from '../../auth/request-facts.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { enqueueMail } from '../mail/mail-store.ts';
import type { MailOrder } from '../mail/mail-texts.ts';
import { UserFaultError } from '../user-fault.ts';
import { emailLocation, findUserId } from './account-store.ts';
import { consumeToken, issueToken } from './account-tokens.ts';
import { endTokens, mailAddressOf, markVerified, writeEmail } from './account-tokens-sql.ts';
import { setPassword } from './credentials-sql.ts';
import { mailboxOf } from './mailbox.ts';
import type { PasswordConfirmation } from './password-confirmation.ts';
import type { Registrations } from './registrations.ts';
import type { SessionService } from './session.service.ts';
import { endSessions } from './session-sql.ts';

export interface MailedAccountParts {
  readonly db: Database;
  readonly sessions: Pick<SessionService, 'announce'>;
  readonly confirmation: PasswordConfirmation;
  readonly registrations: Pick<Registrations, 'confirm'>;
  readonly passwords: PasswordHasher;
  readonly rules: PasswordRules;
  readonly cipher: FieldCipher;
  readonly limits: Pick<AttemptLimits, 'hit'>;
  /** Whether mails are sent, or are at least in the log for a developer. */
  readonly canMail: boolean;
  /** Called after a commit that left a mail. */
  readonly onMail: () => void;
}

/**
 * What users do with their account by means of mail: each throws RateLimitedError for too many attempts. What would mail a link throws
 * UserFaultError UNSUPPORTED where none is sent.
 */
export class MailedAccountService {
  readonly #parts: MailedAccountParts;

  constructor(parts: MailedAccountParts) {
    this.#parts = parts;
  }

  /** Mails the link to confirm the address again. Throws UserFaultError INVALID_STATE where it is confirmed. */
  async requestVerification(viewer: Viewer): Promise<void> {
    const { db, cipher, limits, onMail } = this.#parts;
    const { userId } = viewer;
    if (viewer.apiKeyId !== undefined) throw notAllowed();
    this.#requireMail();
    await limits.hit('requestEmailVerification', userId);
    await db.transaction(async (em) => {
      const rows = sqlOf(em);
      const own = await this.#addressOf(rows, userId);
      if (own.verified)
        throw new UserFaultError({ code: 'INVALID_STATE', message: 'Your address is confirmed already.' });
      const token = await issueToken(rows, cipher, { userId, kind: 'VERIFY' });
      await enqueueMail(rows, cipher, { kind: 'verify', to: own.email, username: own.username, token });
    });
    onMail();
  }

  /** Does the same for every address, in the same time: whether it has an account is looked up when mail is sent. */
  async requestReset(email: string, { ipAddress }: Device): Promise<void> {
    const { db, cipher, limits, onMail } = this.#parts;
    this.#requireMail();
    await limits.hit('requestPasswordReset', networkOf(ipAddress));
    // Who asks gets the usual answer: the owner has the links of the mails before.
    if (!(await mayStill(limits, 'passwordResetMail', cipher.emailIndex(mailboxOf(email))))) return;
    await enqueueMail(db.sql(), cipher, { kind: 'resetRequest', to: email });
    onMail();
  }

  /** Ends all sessions of the user, and confirms the address to which the token went. Throws UserFaultError INVALID and the like. */
  async resetPassword(token: string, newPassword: string, device: Device): Promise<void> {
    const { db, sessions, passwords, cipher, limits, onMail } = this.#parts;
    const network = networkOf(device.ipAddress);
    await limits.hit('resetPassword', network);
    // A password that is refused must not use up the token.
    this.#checkNew(newPassword, []);
    const hash = await passwords.hash(newPassword, network);
    const ended = await db.transaction(async (em) => {
      const rows = sqlOf(em);
      const { userId } = await consumeToken(rows, cipher, token, ['RESET']);
      const own = await this.#addressOf(rows, userId);
      this.#checkNew(newPassword, [own.username, own.email]);
      await setPassword(rows, userId, hash, null);
      await markVerified(rows, userId);
      await endTokens(rows, userId);
      const ids = await endSessions(rows, userId, 'PASSWORD');
      await enqueueMail(rows, cipher, { kind: 'passwordChanged', to: own.email, username: own.username });
      await audit(em, 'password.reset', userId, device);
      return ids;
    });
    await sessions.announce(ended);
    onMail();
  }

  /**
   * Confirms the address to which the token went: it begins the account that was registered, or becomes the address of one. Throws UserFaultError INVALID.
   */
  async verifyEmail(token: string, device: Device): Promise<void> {
    const { db, cipher, limits, onMail, registrations } = this.#parts;
    await limits.hit('verifyEmail', networkOf(device.ipAddress));
    await db.transaction(async (em) => {
      const rows = sqlOf(em);
      const registered = await registrations.confirm(em, token);
      if (registered !== null) return await audit(em, 'account.register', registered, device);
      const { userId, newEmail } = await consumeToken(rows, cipher, token, ['VERIFY', 'CHANGE_EMAIL']);
      if (newEmail === null) {
        await markVerified(rows, userId);
        return await audit(em, 'email.verify', userId, device);
      }
      const { email, username } = await this.#addressOf(rows, userId);
      await this.#moveTo(rows, userId, newEmail);
      await endTokens(rows, userId);
      await enqueueMail(rows, cipher, { kind: 'changed', to: email, username });
      await audit(em, 'email.change', userId, device);
    });
    onMail();
  }

  /** Mails a link to the new address; one that has an account gets another mail, and the caller the same answer. */
  async changeEmail(viewer: Viewer, newEmail: string, password: string, device: Device): Promise<void> {
    const { db, cipher, confirmation, limits, onMail } = this.#parts;
    const { userId, username } = viewer;
    this.#requireMail();
    await limits.hit('changeEmail', userId);
    const asked = { password, field: 'password', action: 'email.change' };
    const { attempt } = await confirmation.confirm(viewer, asked, device);
    await limits.hit('changeEmailMail', cipher.emailIndex(mailboxOf(newEmail)));
    await db.transaction(async (em) => {
      const rows = sqlOf(em);
      await confirmation.succeed(rows, attempt);
      const taken = (await findUserId(rows, newEmail, cipher)) !== null;
      const token = await issueToken(rows, cipher, { userId, kind: 'CHANGE_EMAIL', newEmail });
      const order: MailOrder = taken
        ? { kind: 'taken', to: newEmail }
        : { kind: 'change', to: newEmail, username, token };
      await enqueueMail(rows, cipher, order);
    });
    onMail();
  }

  #requireMail(): void {
    if (this.#parts.canMail) return;
    throw new UserFaultError({ code: 'UNSUPPORTED', message: 'This installation sends no mail: ask its operator.' });
  }

  async #moveTo(rows: Sql, userId: string, newEmail: string): Promise<void> {
    const { cipher } = this.#parts;
    const moved = await writeEmail(rows, userId, {
      emailEncrypted: cipher.encrypt(newEmail, emailLocation(userId)),
      emailIndex: cipher.emailIndex(newEmail),
      otherIndexes: cipher.emailIndexes(newEmail),
    });
    if (moved) return;
    const message = 'This address was taken in the meantime: choose another.';
    throw new UserFaultError({ code: 'INVALID', message, field: ['token'] });
  }

  async #addressOf(rows: Sql, userId: string): Promise<{ email: string; username: string; verified: boolean }> {
    const found = await mailAddressOf(rows, userId);
    if (!found) throw new UserFaultError({ code: 'NOT_FOUND', message: 'This account does not exist any more.' });
    const email = this.#parts.cipher.decrypt(found.emailEncrypted, emailLocation(userId));
    return { email, username: found.username, verified: found.emailVerified };
  }

  #checkNew(password: string, names: readonly string[]): void {
    const problem = this.#parts.rules.problem(password, names);
    if (problem) throw new UserFaultError({ ...problem, field: ['newPassword'] });
  }
}

/** By the holder of a mailed token, who need not be signed in. */
async function audit(em: Em, action: string, userId: string, { ipAddress }: Device): Promise<void> {
  const target = encodeId('user', userId);
  await appendAudit(em, { action, actorId: userId, target, outcome: 'SUCCESS', ipAddress });
}
