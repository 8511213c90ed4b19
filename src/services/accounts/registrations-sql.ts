import { sql } from 'kysely';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Sql } from '../../db/orm.ts';
import { soughtUsername } from './account-fields.ts';

/** A registration that is not confirmed in this time is removed, so that its user name is free again. */
export const REGISTRATION_DAYS = 7;

export interface Registered {
  readonly id: string;
  readonly username: string;
  readonly fullName: string | null;
  readonly passwordHash: string;
  readonly emailEncrypted: string;
}

const columns = [
  'id',
  'username',
  'full_name as fullName',
  'password_hash as passwordHash',
  'email_encrypted as emailEncrypted',
] as const;
const isOpen = sql<boolean>`(expires_at > now())`;

/** False where another registration has the user name. */
export async function insertRegistration(
  rows: Sql,
  { id, username, fullName, passwordHash, emailEncrypted }: Registered,
  emailIndex: string,
): Promise<boolean> {
  const inserted = await rows
    .insertInto('registrations')
    .values({
      id,
      username,
      full_name: fullName,
      password_hash: passwordHash,
      email_encrypted: emailEncrypted,
      email_index: emailIndex,
      expires_at: sql<Date>`now() + make_interval(days => ${REGISTRATION_DAYS})`,
    })
    .onConflict((any) => any.doNothing())
    .returning('id')
    .execute();
  return inserted.length > 0;
}

export async function isNameRegistered(rows: Sql, username: string): Promise<boolean> {
  const found = rows.selectFrom('registrations').select('id').where(sql<boolean>`lower(username) = lower(${username})`);
  return (await found.executeTakeFirst()) !== undefined;
}

/** By user name or e-mail address; of several with the address the newest. */
export async function findRegistration(rows: Sql, identifier: string, cipher: FieldCipher): Promise<Registered | null> {
  const trimmed = identifier.trim();
  const query = rows.selectFrom('registrations').select(columns).where(isOpen);
  const found = trimmed.includes('@')
    ? query.where('email_index', 'in', cipher.emailIndexes(trimmed))
    : // PostgreSQL accepts no NUL character in a text, and no user name has one.
      query.where(sql<boolean>`lower(username) = lower(${soughtUsername(trimmed)})`);
  return (await found.orderBy('id', 'desc').limit(1).executeTakeFirst()) ?? null;
}

/** Null where it has been confirmed, or has ended. */
export async function registrationOf(rows: Sql, id: string): Promise<Registered | null> {
  const found = rows.selectFrom('registrations').select(columns).where('id', '=', id).where(isOpen);
  return (await found.executeTakeFirst()) ?? null;
}

/** The token before is no longer valid. */
export async function writeRegistrationToken(rows: Sql, id: string, tokenHash: string): Promise<void> {
  await rows.updateTable('registrations').set({ token_hash: tokenHash }).where('id', '=', id).execute();
}

/** Deletes the registration with this token; null where there is none. */
export async function takeRegistration(rows: Sql, tokenHash: string): Promise<Registered | null> {
  const taken = rows.deleteFrom('registrations').where('token_hash', '=', tokenHash).where(isOpen).returning(columns);
  return (await taken.executeTakeFirst()) ?? null;
}
