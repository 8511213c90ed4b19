import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { AccountTokenKind } from '../../entities/account-token.ts';

export interface TakenToken {
  readonly userId: string;
  readonly kind: AccountTokenKind;
  readonly emailEncrypted: string | null;
}

export async function writeToken(
  rows: Sql,
  { hash, userId, kind, emailEncrypted }: TakenToken & { readonly hash: string },
  lifetimeSeconds: number,
): Promise<void> {
  const fresh = {
    hash,
    email_encrypted: emailEncrypted,
    expires_at: sql<Date>`now() + make_interval(secs => ${lifetimeSeconds})`,
  };
  await rows
    .insertInto('account_tokens')
    .values({ user_id: userId, kind, ...fresh })
    .onConflict((same) => same.columns(['user_id', 'kind']).doUpdateSet(fresh))
    .execute();
}

/** Deletes the token; null where there is none of these kinds that has not expired. */
export async function takeToken(
  rows: Sql,
  hash: string,
  kinds: readonly AccountTokenKind[],
): Promise<TakenToken | null> {
  const taken = await rows
    .deleteFrom('account_tokens')
    .where('hash', '=', hash)
    .where('kind', 'in', kinds)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['user_id', 'kind', 'email_encrypted'])
    .executeTakeFirst();
  return taken ? { userId: taken.user_id, kind: taken.kind, emailEncrypted: taken.email_encrypted } : null;
}

/** Ends every token that was mailed to the user: password or address have changed. */
export async function endTokens(rows: Sql, userId: string): Promise<void> {
  await rows.deleteFrom('account_tokens').where('user_id', '=', userId).execute();
}

export interface MailAddress {
  readonly username: string;
  readonly emailEncrypted: string;
  readonly emailVerified: boolean;
}

export async function mailAddressOf(rows: Sql, userId: string): Promise<MailAddress | null> {
  const row = await rows
    .selectFrom('users')
    .select(['username', 'email_encrypted', 'email_verified'])
    .where('id', '=', userId)
    .executeTakeFirst();
  return row
    ? { username: row.username, emailEncrypted: row.email_encrypted, emailVerified: row.email_verified }
    : null;
}

export async function markVerified(rows: Sql, userId: string): Promise<void> {
  await rows
    .updateTable('users')
    .set({ email_verified: true, updated_at: sql<Date>`now()` })
    .where('id', '=', userId)
    .execute();
}

/** False where the address has an account already. */
export async function writeEmail(
  rows: Sql,
  userId: string,
  {
    emailEncrypted,
    emailIndex,
    otherIndexes,
  }: { emailEncrypted: string; emailIndex: string; otherIndexes: readonly string[] },
): Promise<boolean> {
  const { rows: changed } = await sql`
    update users set email_encrypted = ${emailEncrypted}, email_index = ${emailIndex}, email_verified = true, updated_at = now()
    where id = ${userId} and not exists (select 1 from users where email_index = any(${[...otherIndexes]}::text[]))
    returning id`.execute(rows);
  return changed.length > 0;
}
