import { randomUUIDv7 } from 'node:crypto';
import { type AttemptLimits, mayStill } from '../../auth/attempt-limiter.ts';
import type { PasswordHasher } from '../../auth/passwords.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { Role } from '../../entities/enums.ts';
import { enqueueMail } from '../mail/mail-store.ts';
import { UserFaultError } from '../user-fault.ts';
import type { CheckedAccount } from './account-fields.ts';
import { findUserId, insertAccount, nameTaken } from './account-store.ts';
import { newToken, tokenHashOf } from './account-tokens.ts';
import { mailboxOf } from './mailbox.ts';
import {
  findRegistration,
  insertRegistration,
  type Registered,
  registrationOf,
  takeRegistration,
  writeRegistrationToken,
} from './registrations-sql.ts';

export interface RegistrationParts {
  readonly db: Database;
  readonly passwords: PasswordHasher;
  readonly cipher: FieldCipher;
  readonly limits: Pick<AttemptLimits, 'hit'>;
  /** Called after a commit that left a mail. */
  readonly onMail: () => void;
  /** Role of a newly registered user. */
  readonly defaultRole: Role;
}

/** The place of an encrypted address, which is part of its encryption. */
export const registrationLocation = (id: string) => `registrations.email:${id}`;

/**
 * New accounts that wait until their address is confirmed. One for an address that has an account is stored in the same way, and holds
 * its user name too: neither answers nor free names show who has an account. Which mail it gets is decided when mail is sent.
 */
export class Registrations {
  readonly #parts: RegistrationParts;

  constructor(parts: RegistrationParts) {
    this.#parts = parts;
  }

  /** Throws RateLimitedError for too many mails to one address, UserFaultError TAKEN for a user name. */
  async add({ username, email, password, fullName }: CheckedAccount, network: string): Promise<void> {
    const { db, passwords, cipher, limits, onMail } = this.#parts;
    await limits.hit('registrationMail', cipher.emailIndex(mailboxOf(email)));
    const passwordHash = await passwords.hash(password, network);
    const id = randomUUIDv7();
    const emailEncrypted = cipher.encrypt(email, registrationLocation(id));
    const registered = { id, username, fullName, passwordHash, emailEncrypted };
    await db.transaction(async (em) => {
      const rows = sqlOf(em);
      if (!(await insertRegistration(rows, registered, cipher.emailIndex(email))))
        throw new UserFaultError(nameTaken());
      await enqueueMail(rows, cipher, { kind: 'registration', id });
    });
    onMail();
  }

  /**
   * After a sign-in that failed: where a registration has the identifier and the password, its mail is sent again (within the limit),
   * and the result is true. Takes one password hash in each case.
   */
  async isAwaited(identifier: string, password: string, network: string): Promise<boolean> {
    const { db, passwords, cipher } = this.#parts;
    const found = await findRegistration(db.sql(), identifier, cipher);
    const { matches } = await passwords.verify(password, found?.passwordHash ?? null, network);
    if (!found || !matches) return false;
    await this.#mailAgain(found);
    return true;
  }

  /**
   * Makes the account of a mailed token, in the transaction of `em`. Returns its UUID; null where no registration has this token. Throws
   * UserFaultError INVALID where name or address were taken in the meantime.
   */
  async confirm(em: Em, token: string): Promise<string | null> {
    const { cipher, defaultRole: role } = this.#parts;
    const found = await takeRegistration(sqlOf(em), tokenHashOf(token));
    if (!found) return null;
    const { username, fullName, passwordHash } = found;
    const account = { username, fullName, email: this.#emailOf(found) };
    try {
      return await insertAccount(em, { account, passwordHash, role, emailVerified: true }, cipher);
    } catch (thrown) {
      if (!(thrown instanceof UserFaultError)) throw thrown;
      const message = 'The user name or the address was taken in the meantime: sign in, or register again.';
      throw new UserFaultError({ code: 'INVALID', message, field: ['token'] });
    }
  }

  async #mailAgain(found: Registered): Promise<void> {
    const { db, cipher, limits, onMail } = this.#parts;
    // Where there are enough mails already, the answer is the same.
    if (!(await mayStill(limits, 'registrationMail', cipher.emailIndex(mailboxOf(this.#emailOf(found)))))) return;
    await enqueueMail(db.sql(), cipher, { kind: 'registration', id: found.id });
    onMail();
  }

  #emailOf({ id, emailEncrypted }: Registered): string {
    return this.#parts.cipher.decrypt(emailEncrypted, registrationLocation(id));
  }
}

/** The mail to the address of a registration: the link, or that the address has an account. */
export async function prepareRegistration(rows: Sql, cipher: FieldCipher, id: string): Promise<void> {
  const found = await registrationOf(rows, id);
  if (!found) return;
  const to = cipher.decrypt(found.emailEncrypted, registrationLocation(id));
  if ((await findUserId(rows, to, cipher)) !== null) return await enqueueMail(rows, cipher, { kind: 'taken', to });
  const { token, hash } = newToken();
  await writeRegistrationToken(rows, id, hash);
  await enqueueMail(rows, cipher, { kind: 'confirm', to, username: found.username, token });
}
