import { sql } from 'kysely';
import type { FieldCipher } from '../../auth/secrets.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { soughtUsername } from './account-fields.ts';
import { emailLocation } from './account-store.ts';

/** The fields that signing in reads. */
export interface Credentials {
  readonly userId: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly emailEncrypted: string;
  readonly isActive: boolean;
}

/** The fields to store again while the password is available; null where the hash is up to date. */
export interface Renewal {
  readonly passwordHash: string | null;
}

const columns = ['id', 'username', 'password_hash', 'email_encrypted', 'is_active'] as const;

/** By user name or e-mail address, in one statement for every identifier: its time does not depend on whether it has an account. */
export async function credentialsOf(rows: Sql, identifier: string, cipher: FieldCipher): Promise<Credentials | null> {
  const trimmed = identifier.trim();
  const query = rows.selectFrom('users').select(columns);
  const found = trimmed.includes('@')
    ? query.where('email_index', 'in', cipher.emailIndexes(trimmed))
    : // PostgreSQL accepts no NUL character in a text, and no user name has one.
      query.where(sql<boolean>`lower(username) = lower(${soughtUsername(trimmed)})`);
  return fromRow(await found.executeTakeFirst());
}

export async function credentialsOfUser(rows: Sql, userId: string): Promise<Credentials | null> {
  return fromRow(await rows.selectFrom('users').select(columns).where('id', '=', userId).executeTakeFirst());
}

interface Row {
  readonly id: string;
  readonly username: string;
  readonly password_hash: string;
  readonly email_encrypted: string;
  readonly is_active: boolean;
}

function fromRow(row: Row | undefined): Credentials | null {
  if (!row) return null;
  const { id, username, password_hash: passwordHash, email_encrypted: emailEncrypted, is_active: isActive } = row;
  return { userId: id, username, passwordHash, emailEncrypted, isActive };
}

/** The right password, in the transaction of `em`. False where the password or its hash changed meanwhile. */
export async function recordSuccess(
  em: Em,
  found: Credentials,
  { passwordHash }: Renewal,
  cipher: FieldCipher,
): Promise<boolean> {
  const noted = await sqlOf(em)
    .updateTable('users')
    .set({
      last_login_at: sql<Date>`now()`,
      ...(passwordHash !== null && { password_hash: passwordHash }),
      ...emailUnderNewKey(found, cipher),
    })
    .where('id', '=', found.userId)
    .where('password_hash', '=', found.passwordHash)
    // Deactivated while the password was hashed: a session would come to life when the user is active again.
    .where('is_active', '=', true)
    .returning('id')
    .execute();
  return noted.length > 0;
}

/** False where the password changed meanwhile; `oldHash` is null where it does not matter. */
export async function setPassword(rows: Sql, userId: string, hash: string, oldHash: string | null): Promise<boolean> {
  const changed = await rows
    .updateTable('users')
    .set({ password_hash: hash, updated_at: sql<Date>`now()` })
    .where('id', '=', userId)
    .$if(oldHash !== null, (query) => query.where('password_hash', '=', oldHash ?? ''))
    .returning('id')
    .execute();
  return changed.length > 0;
}

/** After a key change each address is encrypted with the new key when its owner signs in. */
function emailUnderNewKey({ userId, emailEncrypted }: Credentials, cipher: FieldCipher) {
  if (!cipher.isOutdated(emailEncrypted)) return {};
  const email = cipher.decrypt(emailEncrypted, emailLocation(userId));
  return { email_encrypted: cipher.encrypt(email, emailLocation(userId)), email_index: cipher.emailIndex(email) };
}
