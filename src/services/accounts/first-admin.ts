import { randomBytes } from 'node:crypto';
import type { PasswordRules } from '../../auth/password-rules.ts';
import type { PasswordHasher } from '../../auth/passwords.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import { type Sql, sqlOf } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { checkedAccount } from './account-fields.ts';
import { findUserId, hasAdmin, insertAccount, lockFirstAdmin } from './account-store.ts';

export interface FirstAdmin {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

const USERNAME = 'admin';

export interface FirstAdminParts {
  readonly db: Database;
  readonly passwords: PasswordHasher;
  readonly rules: PasswordRules;
  readonly cipher: FieldCipher;
}

/** Throws CONFIG_INVALID where ADMIN_EMAIL or ADMIN_PASSWORD cannot be used. */
export async function createFirstAdmin(
  { db, passwords, rules, cipher }: FirstAdminParts,
  admin: { readonly email: string; readonly password?: string | undefined },
): Promise<FirstAdmin | null> {
  if (await hasAdmin(db.sql())) return null;
  const password = admin.password ?? randomBytes(15).toString('base64url');
  const passwordHash = await passwords.hash(password);
  return await asConfigError(() =>
    db.transaction(async (em) => {
      await lockFirstAdmin(em);
      const rows = sqlOf(em);
      if (await hasAdmin(rows)) return null;
      const account = checkedAccount(
        { username: await freeUsername(rows, cipher), email: admin.email, password },
        rules,
      );
      const userId = await insertAccount(em, { account, passwordHash, role: 'SUPER_ADMIN' }, cipher);
      const target = encodeId('user', userId);
      await appendAudit(em, { action: 'account.create_first_admin', actorId: null, target, outcome: 'SUCCESS' });
      return { username: account.username, email: account.email, password };
    }),
  );
}

/** Another user may already have registered as "admin". */
async function freeUsername(rows: Sql, cipher: FieldCipher): Promise<string> {
  const taken = (await findUserId(rows, USERNAME, cipher)) !== null;
  return taken ? `${USERNAME}-${randomBytes(4).toString('hex')}` : USERNAME;
}

/** A registered address is not made an administrator: its owner need not be the person that the setting means. */
async function asConfigError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof UserFaultError)) throw thrown;
    const message = `The first administrator cannot be created; correct ADMIN_EMAIL or ADMIN_PASSWORD: ${thrown.message}`;
    throw new AppError('CONFIG_INVALID', message, { cause: thrown });
  }
}
