import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { FieldCipher } from '../../auth/secrets.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { Role, valuesOf } from '../../entities/enums.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { type CheckedAccount, soughtUsername } from './account-fields.ts';
import { isNameRegistered } from './registrations-sql.ts';

/** The places of encrypted fields, which are part of their encryption, so that none can be moved to another user's row. */
export const emailLocation = (userId: string) => `users.email:${userId}`;
export const phoneLocation = (userId: string) => `users.phone:${userId}`;

export interface AccountToInsert {
  readonly account: Omit<CheckedAccount, 'password'>;
  readonly passwordHash: string;
  readonly role: Role;
  /** False by default. */
  readonly emailVerified?: boolean;
}

/** A user with one role and the free plan, in the transaction of `em`. Throws UserFaultError TAKEN. Returns the user's UUID. */
export async function insertAccount(
  em: Em,
  { account, passwordHash, role, emailVerified = false }: AccountToInsert,
  cipher: FieldCipher,
): Promise<string> {
  const rows = sqlOf(em);
  const id = randomUUIDv7();
  const user = {
    id,
    username: account.username,
    full_name: account.fullName,
    password_hash: passwordHash,
    email_encrypted: cipher.encrypt(account.email, emailLocation(id)),
    email_index: cipher.emailIndex(account.email),
    email_verified: emailVerified,
  };
  // Another request may take the name after any look-up: the unique indexes decide.
  const inserted = await rows
    .insertInto('users')
    .values(user)
    .onConflict((any) => any.doNothing())
    .returning('id')
    .execute();
  if (inserted.length === 0) throw new UserFaultError(...(await takenFaults(rows, account, cipher)));
  await rows.insertInto('user_roles').values({ user_id: id, role }).execute();
  await rows
    .insertInto('user_subscriptions')
    .values({ id: randomUUIDv7(), user_id: id, plan: 'FREE', status: 'ACTIVE' })
    .execute();
  return id;
}

/** Throws UserFaultError where the user name (in any letter case) or the e-mail address is taken. */
export async function rejectTaken(rows: Sql, account: CheckedAccount, cipher: FieldCipher): Promise<void> {
  const faults = await takenFaults(rows, account, cipher);
  if (faults.length > 0) throw new UserFaultError(...faults);
}

/** Throws UserFaultError where an account or a registration has the user name, in any letter case. */
export async function rejectTakenName(rows: Sql, username: string): Promise<void> {
  if (await isNameTaken(rows, username)) throw new UserFaultError(nameTaken());
}

export function nameTaken(): UserFault {
  return { code: 'TAKEN', message: 'This user name is taken: choose another.', field: ['input', 'username'] };
}

async function isNameTaken(rows: Sql, username: string): Promise<boolean> {
  return (await idOfUsername(rows, username)) !== null || (await isNameRegistered(rows, username));
}

async function takenFaults(
  rows: Sql,
  { username, email }: Pick<CheckedAccount, 'username' | 'email'>,
  cipher: FieldCipher,
): Promise<UserFault[]> {
  const faults: UserFault[] = [];
  if (await isNameTaken(rows, username)) faults.push(nameTaken());
  if ((await idOfEmail(rows, email, cipher)) !== null)
    faults.push({
      code: 'TAKEN',
      message: 'This e-mail address already has an account: sign in.',
      field: ['input', 'email'],
    });
  return faults;
}

/** The user with a user name or an e-mail address; user names contain no @. */
export async function findUserId(rows: Sql, identifier: string, cipher: FieldCipher): Promise<string | null> {
  // Keyboards of phones add a space after what they complete, and neither of the two contains any.
  const trimmed = identifier.trim();
  return trimmed.includes('@') ? await idOfEmail(rows, trimmed, cipher) : await idOfUsername(rows, trimmed);
}

async function idOfUsername(rows: Sql, username: string): Promise<string | null> {
  const sameName = sql<boolean>`lower(username) = lower(${soughtUsername(username)})`;
  return (await rows.selectFrom('users').select('id').where(sameName).executeTakeFirst())?.id ?? null;
}

async function idOfEmail(rows: Sql, email: string, cipher: FieldCipher): Promise<string | null> {
  const indexes = cipher.emailIndexes(email);
  return (
    (await rows.selectFrom('users').select('id').where('email_index', 'in', indexes).executeTakeFirst())?.id ?? null
  );
}

/** True for the grants that have not expired, by the database's clock. */
const isActiveGrant = sql<boolean>`(user_roles.expires_at is null or user_roles.expires_at > now())`;

/** The roles of the user that have not expired. */
export async function activeRolesOf(rows: Sql, userId: string): Promise<Role[]> {
  const grants = rows.selectFrom('user_roles').select('role').where('user_id', '=', userId).where(isActiveGrant);
  return (await grants.execute()).map(({ role }) => role);
}

/** Whether any user has the role SUPER_ADMIN. */
export async function hasAdmin(rows: Sql): Promise<boolean> {
  const grants = rows.selectFrom('user_roles').select('user_id').where('role', '=', 'SUPER_ADMIN').where(isActiveGrant);
  return (await grants.executeTakeFirst()) !== undefined;
}

/** Until the end of the transaction of `em` no other process creates the first administrator. */
export async function lockFirstAdmin(em: Em): Promise<void> {
  await em.execute("select pg_advisory_xact_lock(hashtext('autovideo_first_admin'))");
}

/** From the lowest to the highest. */
export function sortByRank(roles: readonly Role[]): Role[] {
  return valuesOf(Role).filter((role) => roles.includes(role));
}
