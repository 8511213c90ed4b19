import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { type UserQuery, userCursorOf } from '../../../src/services/accounts/user-directory.ts';
import { accountsOn, PASSWORD } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

let db: Database;
let services: ReturnType<typeof accountsOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  services = accountsOn(db);
  const people = [
    ['ann_b', 'Anna Bergström', 'CREATOR'],
    ['annxb', '王小明', 'ADMIN'],
    ['ben', 'Änne 100% O’Hara', 'CREATOR'],
    ['carl', null, 'USER'],
  ] as const;
  for (const [username, fullName, role] of people) {
    const { id } = await services.accounts.createUser({
      username,
      email: `${username}@example.org`,
      password: PASSWORD,
      role,
    });
    await db.em().execute('update users set full_name = ? where id = ?', [fullName, id]);
  }
});
afterAll(() => db.close());

const found = async (query: Partial<UserQuery>) =>
  (await services.userDirectory.page({ first: 10, ...query })).rows.map(({ username }) => username);

describe('The list of users', () => {
  it.each([
    ['everybody, newest first, without a filter', {}, ['carl', 'ben', 'annxb', 'ann_b']],
    ['by a part of the user name', { search: 'ARL' }, ['carl']],
    ['by a part of the full name, in any letter case', { search: 'BERGSTRÖM' }, ['ann_b']],
    ['by Chinese characters', { search: '小明' }, ['annxb']],
    ['by one character', { search: 'b' }, ['ben', 'annxb', 'ann_b']],
    ['with the signs of patterns as they are', { search: 'ann_' }, ['ann_b']],
    ['with a percent sign', { search: '100%' }, ['ben']],
    ['by a whole e-mail address', { search: ' Carl@Example.org ' }, ['carl']],
    ['but not by a part of an address', { search: 'carl@' }, []],
    ['by role', { role: 'ADMIN' }, ['annxb']],
    ['by both', { search: 'ann', role: 'CREATOR' }, ['ann_b']],
    ['none for a text that no name may have', { search: 'a\0\\b' }, []],
  ] as const)('gives %s', async (_what, query, usernames) => {
    expect(await found(query)).toEqual(usernames);
    expect(await services.userDirectory.count(query)).toBe(usernames.length);
  });

  it('comes in pages without a gap', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await services.userDirectory.page({ first: 3, after });
      seen.push(...page.rows.map(({ username }) => username));
      const last = page.rows.at(-1);
      after = page.hasNextPage && last ? userCursorOf(last) : null;
    } while (after !== null);
    expect(seen).toEqual(['carl', 'ben', 'annxb', 'ann_b']);
    await expect(services.userDirectory.page({ first: 1, after: 'nonsense' })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });

  it('no longer has a role that has expired', async () => {
    await db.em().execute("update user_roles set expires_at = now() where role = 'USER'");
    expect(await found({ role: 'USER' })).toEqual([]);
  });

  it('finds names by an index', async () => {
    await db.em().execute('set enable_seqscan = off');
    const plan = await db
      .em()
      .execute(
        "explain select id from users where lower(username || ' ' || coalesce(full_name, '')) like lower('%berg%')",
      );
    expect(JSON.stringify(plan)).toContain('users_search_index');
  });
});
