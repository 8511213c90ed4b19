import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { AccessChanges } from '../../../src/services/accounts/access-changes.ts';
import { accountsOn, PASSWORD } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const DEVICE = { ipAddress: null, userAgent: null };
let db: Database;
let ann: string;
let ben: string;
let changes: AccessChanges;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql().deleteFrom('users').execute();
  const { accounts } = accountsOn(db);
  const create = (username: string) =>
    accounts.createUser({ username, email: `${username}@example.org`, password: PASSWORD, role: 'CREATOR' });
  [ann, ben] = [(await create('ann')).id, (await create('ben')).id];
  await accounts.login({ identifier: 'ann', password: PASSWORD }, DEVICE);
  changes = new AccessChanges(db);
  expect(await changes.changedUsers()).toBeNull();
  expect(await changes.changedUsers()).toEqual([]);
});

const run = (statement: string) => db.em().execute(statement);
const addKey = (expires = 'null') =>
  run(
    `insert into api_keys (id, user_id, name, prefix, secret_hash, permissions, expires_at)
     values (gen_random_uuid(), '${ann}', 'key', gen_random_uuid()::text::varchar(20), '-', '{}', ${expires})`,
  );

describe('A change of what a user may do', () => {
  it.each([
    ['an account that becomes inactive', () => run(`update users set is_active = false where id = '${ann}'`)],
    ['a deleted account', () => run(`delete from users where id = '${ann}'`)],
    ['a granted role', () => run(`insert into user_roles (user_id, role) values ('${ann}', 'ADMIN')`)],
    [
      'a role with another end',
      // Not at this moment: where the clock is set back by a little, it would expire once more.
      () => run(`update user_roles set expires_at = now() - interval '1 s' where user_id = '${ann}'`),
    ],
    ['a revoked role', () => run(`delete from user_roles where user_id = '${ann}'`)],
    ['a revoked session', () => run(`update sessions set revoked_at = now() where user_id = '${ann}'`)],
    ['a removed session', () => run(`delete from sessions where user_id = '${ann}'`)],
    [
      'a revoked API key',
      async () => {
        await addKey();
        await changes.changedUsers();
        await run('update api_keys set revoked_at = now()');
      },
    ],
    [
      'an API key that expires',
      async () => {
        await addKey("now() + interval '20 ms'");
        await run('select pg_sleep(0.03)');
      },
    ],
  ])('is found once, whatever wrote it: %s', async (_name, change) => {
    await change();
    expect(await changes.changedUsers()).toEqual([ann]);
    expect(await changes.changedUsers()).toEqual([]);
  });

  it('is found when a role expires by itself', async () => {
    await run(`update user_roles set expires_at = now() + interval '100 ms' where user_id = '${ben}'`);
    expect(await changes.changedUsers()).toEqual([ben]);
    expect(await changes.changedUsers()).toEqual([]);
    await run('select pg_sleep(0.11)');
    expect(await changes.changedUsers()).toEqual([ben]);
    expect(await changes.changedUsers()).toEqual([]);
  });

  it('is found after its commit, also where later changes were found before', async () => {
    const [changed, readMeanwhile] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = db.transaction(async (em) => {
      await em.execute(`update users set is_active = false where id = '${ann}'`);
      changed.resolve();
      await readMeanwhile.promise;
    });
    await changed.promise;
    await run(`update users set is_active = false where id = '${ben}'`);
    expect(await changes.changedUsers()).toEqual([ben]);
    readMeanwhile.resolve();
    await slow;
    expect(await changes.changedUsers()).toContain(ann);
    expect(await changes.changedUsers()).toEqual([]);
  });

  it('is none where a user only signs in, or renames', async () => {
    await accountsOn(db).accounts.login({ identifier: 'ben', password: PASSWORD }, DEVICE);
    await run("update users set full_name = 'Ben'");
    await run('update sessions set last_used_at = now()');
    expect(await changes.changedUsers()).toEqual([]);
  });
});
