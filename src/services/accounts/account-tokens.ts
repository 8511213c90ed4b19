import { createHash, randomBytes } from 'node:crypto';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Sql } from '../../db/orm.ts';
import type { AccountTokenKind } from '../../entities/account-token.ts';
import { enqueueMail } from '../mail/mail-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { emailLocation } from './account-store.ts';
import { type TakenToken, takeToken, writeToken } from './account-tokens-sql.ts';
import { credentialsOf } from './credentials-sql.ts';

const TOKEN_BYTES = 32;
const HOUR = 3_600;
const LIFETIME_SECONDS: Readonly<Record<AccountTokenKind, number>> = {
  VERIFY: 24 * HOUR,
  CHANGE_EMAIL: 24 * HOUR,
  RESET: HOUR,
};

/** The place of an encrypted address, which is part of its encryption. */
export const tokenEmailLocation = (hash: string) => `account_tokens.email:${hash}`;

/** As it is stored; mails and keyboards add spaces. */
export const tokenHashOf = (token: string) => createHash('sha256').update(token.trim()).digest('hex');

export function newToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: tokenHashOf(token) };
}

/** A new token, which replaces the one of the same kind before. `newEmail` is the address that CHANGE_EMAIL confirms. */
export async function issueToken(
  rows: Sql,
  cipher: FieldCipher,
  { userId, kind, newEmail }: { readonly userId: string; readonly kind: AccountTokenKind; readonly newEmail?: string },
): Promise<string> {
  const { token, hash } = newToken();
  const emailEncrypted = newEmail === undefined ? null : cipher.encrypt(newEmail, tokenEmailLocation(hash));
  await writeToken(rows, { hash, userId, kind, emailEncrypted }, LIFETIME_SECONDS[kind]);
  return token;
}

/** Uses a token up. Throws UserFaultError INVALID for one that is unknown, used, replaced or too old: the answer is the same. */
export async function consumeToken(
  rows: Sql,
  cipher: FieldCipher,
  token: string,
  kinds: readonly AccountTokenKind[],
): Promise<Omit<TakenToken, 'emailEncrypted'> & { readonly newEmail: string | null }> {
  const hash = tokenHashOf(token);
  const taken = await takeToken(rows, hash, kinds);
  if (!taken)
    throw new UserFaultError({
      code: 'INVALID',
      message: 'This link is no longer valid: ask for a new one.',
      field: ['token'],
    });
  const { userId, kind, emailEncrypted } = taken;
  return { userId, kind, newEmail: emailEncrypted && cipher.decrypt(emailEncrypted, tokenEmailLocation(hash)) };
}

/** Where the address has an account that may sign in: a token for a new password, and its mail. */
export async function prepareReset(rows: Sql, cipher: FieldCipher, email: string): Promise<void> {
  const found = email.includes('@') ? await credentialsOf(rows, email, cipher) : null;
  if (!found?.isActive) return;
  const token = await issueToken(rows, cipher, { userId: found.userId, kind: 'RESET' });
  const to = cipher.decrypt(found.emailEncrypted, emailLocation(found.userId));
  await enqueueMail(rows, cipher, { kind: 'reset', to, username: found.username, token });
}
