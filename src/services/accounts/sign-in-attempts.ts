import { networkOf } from '../../auth/client-network.ts';
import type { Device } from '../../auth/request-facts.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Sql } from '../../db/orm.ts';
import { enqueueMail } from '../mail/mail-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { type AttemptKey, beginAttempt, countFailure, forgetFailures } from './sign-in-attempts-sql.ts';

/**
 * Limits the guesses at a password. They are counted by what was entered and by the client's network, so that others cannot lock a user
 * out; guesses from many networks make only those wait that the user has never used. Identifiers without an account are counted in the
 * same way, by the same statements.
 */
export class SignInAttempts {
  readonly #cipher: FieldCipher;

  constructor(cipher: FieldCipher) {
    this.#cipher = cipher;
  }

  /**
   * Before the password is checked: at a sign-in for what was entered, whose `userId` is null where it has no account; for the
   * confirmation of an act for the id of the user. The two are counted apart, so that what is entered at a sign-in never counts for the
   * other. Throws UserFaultError ACCOUNT_LOCKED.
   */
  async begin(
    rows: Sql,
    {
      purpose,
      of,
      userId,
    }: { readonly purpose: 'sign-in' | 'confirmation'; readonly of: string; readonly userId: string | null },
    { ipAddress }: Device,
  ): Promise<AttemptKey> {
    // The blind index folds letter case, and the database shows no address.
    const identifier = this.#cipher.emailIndex(`${purpose} ${of.trim()}`);
    const key = { identifier, network: networkOf(ipAddress), userId };
    const { waitSeconds } = await beginAttempt(rows, key);
    if (waitSeconds !== null) throw locked(waitSeconds);
    return key;
  }

  /** The password was wrong. The owner is notified when sign-ins begin to be delayed. Throws UserFaultError ACCOUNT_LOCKED where concurrent guesses have used up what was free. */
  async fail(rows: Sql, key: AttemptKey): Promise<void> {
    const { waitSeconds, beginsDelay } = await countFailure(rows, key);
    if (waitSeconds !== null) throw locked(waitSeconds);
    // Also where there is no account: the answer takes the same time.
    if (beginsDelay) await enqueueMail(rows, this.#cipher, { kind: 'delayNotice', userId: key.userId });
  }

  /** The password was right; in the transaction of what it allows. Throws like `fail`. */
  async succeed(rows: Sql, key: AttemptKey): Promise<void> {
    const waitSeconds = await forgetFailures(rows, key);
    if (waitSeconds !== null) throw locked(waitSeconds);
  }
}

function locked(retryAfterSeconds: number): UserFaultError {
  const wait = retryAfterSeconds < 90 ? `${retryAfterSeconds} s` : `${Math.ceil(retryAfterSeconds / 60)} minutes`;
  return new UserFaultError({
    code: 'ACCOUNT_LOCKED',
    message: `Too many wrong passwords: wait ${wait} and try again.`,
    retryAfterSeconds,
  });
}
