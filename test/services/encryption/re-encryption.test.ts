import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FieldCipher } from '../../../src/auth/secrets.ts';
import type { Database } from '../../../src/db/database.ts';
import { emailLocation, findUserId, phoneLocation } from '../../../src/services/accounts/account-store.ts';
import { consumeToken, issueToken } from '../../../src/services/accounts/account-tokens.ts';
import { ENCRYPTED_COLUMNS } from '../../../src/services/encryption/encrypted-columns.ts';
import { reEncrypt } from '../../../src/services/encryption/re-encryption.ts';
import { enqueueMail, orderOf, takeMails } from '../../../src/services/mail/mail-store.ts';
import { keyLocation } from '../../../src/services/providers/provider-key.service.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const OLD = { id: 'old', key: Buffer.alloc(32, 1) };
const NEW = { id: 'new', key: Buffer.alloc(32, 2) };
const before = new FieldCipher([OLD]);
const during = new FieldCipher([NEW, OLD]);
const after = new FieldCipher([NEW]);
const PHONE = '+886 912 345 678';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** Users whose values are encrypted with the old key, as the services write them. */
async function createUsers(count: number): Promise<string[]> {
  const ids = Array.from(
    { length: count },
    (_, number) => `0190a0b0-0000-7000-8000-${String(number).padStart(12, '0')}`,
  );
  const users = ids.map((id, number) => ({
    id,
    username: `user${number}`,
    password_hash: 'unused',
    email_encrypted: before.encrypt(`user${number}@example.org`, emailLocation(id)),
    email_index: before.emailIndex(`user${number}@example.org`),
    phone_encrypted: number % 2 === 0 ? before.encrypt(PHONE, phoneLocation(id)) : null,
  }));
  const keys = ids.flatMap((id, number) =>
    ['openai', 'claude'].map((provider) => ({
      user_id: id,
      provider,
      key_encrypted: before.encrypt(`sk-${number}`, keyLocation(id, provider)),
      last_four: '1234',
    })),
  );
  await db.sql().insertInto('users').values(users).execute();
  await db.sql().insertInto('provider_keys').values(keys).execute();
  return ids;
}

const renewedOf = (results: Awaited<ReturnType<typeof reEncrypt>>) =>
  Object.fromEntries(results.map(({ column, renewed }) => [column, renewed]));

describe('Encrypting everything anew', () => {
  beforeEach(async () => {
    await db.em().execute('delete from users');
  });

  it('leaves nothing that needs the old key, and changes no value', async () => {
    // More than a batch of each.
    const ids = await createUsers(501);
    expect(renewedOf(await reEncrypt(db, during))).toMatchObject({
      'users.email_encrypted': 501,
      'users.phone_encrypted': 251,
      'provider_keys.key_encrypted': 1_002,
    });
    const id = ids[500] ?? '';
    const user = await db.sql().selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(after.decrypt(user.email_encrypted, emailLocation(id))).toBe('user500@example.org');
    expect(after.decrypt(user.phone_encrypted ?? '', phoneLocation(id))).toBe(PHONE);
    expect(await findUserId(db.sql(), 'USER500@example.org', after)).toBe(id);
    const keys = await db.sql().selectFrom('provider_keys').selectAll().where('user_id', '=', id).execute();
    expect(keys.map((key) => after.decrypt(key.key_encrypted, keyLocation(id, key.provider)))).toEqual([
      'sk-500',
      'sk-500',
    ]);
    // A second time there is nothing to do.
    expect(Object.values(renewedOf(await reEncrypt(db, during))).every((count) => count === 0)).toBe(true);
  });

  it('leaves waiting mails and links that the new key alone can read', async () => {
    const [userId = ''] = await createUsers(1);
    await enqueueMail(db.sql(), before, { kind: 'taken', to: 'new@example.org' });
    const token = await issueToken(db.sql(), before, { userId, kind: 'CHANGE_EMAIL', newEmail: 'new@example.org' });
    expect(renewedOf(await reEncrypt(db, during))).toMatchObject({
      'mails.content_encrypted': 1,
      'account_tokens.email_encrypted': 1,
    });
    const taken = await takeMails(db.sql(), 10);
    expect(taken.map((mail) => orderOf(mail, after))).toMatchObject([{ kind: 'taken', to: 'new@example.org' }]);
    expect(await consumeToken(db.sql(), after, token, ['CHANGE_EMAIL'])).toMatchObject({ newEmail: 'new@example.org' });
  });

  it('counts what no key decrypts, leaves it, and goes on', async () => {
    const [first = '', second = ''] = await createUsers(2);
    await db.em().execute(`update users set email_encrypted = 'lost.AAAA' where id = ?`, [first]);
    await db.em().execute('update users set phone_encrypted = email_encrypted where id = ?', [second]);
    const results = await reEncrypt(db, during);
    expect(results).toContainEqual({ column: 'users.email_encrypted', renewed: 1, unreadable: 1 });
    expect(results).toContainEqual({ column: 'users.phone_encrypted', renewed: 1, unreadable: 1 });
    const { email_encrypted: kept } = await db
      .sql()
      .selectFrom('users')
      .select('email_encrypted')
      .where('id', '=', first)
      .executeTakeFirstOrThrow();
    expect(kept).toBe('lost.AAAA');
  });

  it('knows every encrypted column of the database', async () => {
    const columns = await db.em().execute<{ name: string }[]>(
      `select table_name || '.' || column_name as name from information_schema.columns
         where table_schema = 'public' and column_name like '%encrypted%'`,
    );
    expect(columns.map(({ name }) => name).sort()).toEqual(
      ENCRYPTED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort(),
    );
  });
});
