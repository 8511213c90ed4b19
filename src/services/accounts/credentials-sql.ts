import { type RawBuilder, sql } from 'kysely';
import type { FieldCipher } from '../../auth/secrets.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { emailLocation, findUserId } from './account-store.ts';

export const FAILURES_UNTIL_LOCKED = 5;
export const LOCK_SECONDS = 15 * 60;

/** The fields that signing in reads. */
export interface Credentials {
  readonly userId: string;
  readonly passwordHash: string;
  readonly emailEncrypted: string;
  readonly isActive: boolean;
  /** Seconds until the account is unlocked, at least 1; null where it is not locked. */
  readonly lockedSeconds: number | null;
}

/** The fields to store again while the password is available; null where the hash is up to date. */
export interface Renewal {
  readonly passwordHash: string | null;
}

const isUnlocked: RawBuilder<boolean> = sql<boolean>`(locked_until is null or locked_until <= now())`;

const lockedSeconds: RawBuilder<number | null> = sql<
  number | null
>`case when locked_until > now() then ceil(extract(epoch from locked_until - now()))::int end`;

export async function credentialsOf(rows: Sql, identifier: string, cipher: FieldCipher): Promise<Credentials | null> {
  const userId = await findUserId(rows, identifier, cipher);
  if (userId === null) return null;
  const row = await rows
    .selectFrom('users')
    .select(['password_hash', 'email_encrypted', 'is_active', lockedSeconds.as('locked_seconds')])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (!row) return null;
  const { password_hash: passwordHash, email_encrypted: emailEncrypted, is_active: isActive } = row;
  return { userId, passwordHash, emailEncrypted, isActive, lockedSeconds: row.locked_seconds };
}

/**
 * Counts one more wrong password; the fifth in a row locks the account. Null, or the seconds to wait where it is locked already and
 * nothing was counted. One statement, so that of any number of concurrent guesses exactly five are counted.
 */
export async function countFailure(rows: Sql, userId: string): Promise<number | null> {
  const isLast = sql<boolean>`failed_logins + 1 >= ${FAILURES_UNTIL_LOCKED}`;
  const counted = await rows
    .updateTable('users')
    .set({
      failed_logins: sql<number>`case when ${isLast} then 0 else failed_logins + 1 end`,
      locked_until: sql<Date>`case when ${isLast} then now() + make_interval(secs => ${LOCK_SECONDS}) end`,
    })
    .where('id', '=', userId)
    .where(isUnlocked)
    .returning('id')
    .execute();
  if (counted.length > 0) return null;
  const row = await rows
    .selectFrom('users')
    .select(lockedSeconds.as('seconds'))
    .where('id', '=', userId)
    .executeTakeFirst();
  return row?.seconds ?? 1;
}

/** The right password, in the transaction of `em`. False where the account was locked, or its password or hash changed, meanwhile. */
export async function recordSuccess(
  em: Em,
  found: Credentials,
  { passwordHash }: Renewal,
  cipher: FieldCipher,
): Promise<boolean> {
  const noted = await sqlOf(em)
    .updateTable('users')
    .set({
      failed_logins: 0,
      locked_until: null,
      last_login_at: sql<Date>`now()`,
      ...(passwordHash !== null && { password_hash: passwordHash }),
      ...emailUnderNewKey(found, cipher),
    })
    .where('id', '=', found.userId)
    .where('password_hash', '=', found.passwordHash)
    .where(isUnlocked)
    .returning('id')
    .execute();
  return noted.length > 0;
}

/** After a key change each address is encrypted with the new key when its owner signs in. */
function emailUnderNewKey({ userId, emailEncrypted }: Credentials, cipher: FieldCipher) {
  if (!cipher.isOutdated(emailEncrypted)) return {};
  const email = cipher.decrypt(emailEncrypted, emailLocation(userId));
  return { email_encrypted: cipher.encrypt(email, emailLocation(userId)), email_index: cipher.emailIndex(email) };
}
