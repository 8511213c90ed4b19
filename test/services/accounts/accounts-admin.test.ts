import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { Role, valuesOf } from '../../../src/entities/enums.ts';
import { encodeId } from '../../../src/ids.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { accountsOn, faultsOf, PASSWORD } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const DEVICE = { ipAddress: null, userAgent: null };
const ADMIN = { email: 'root@example.org' };
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql().deleteFrom('users').execute();
});

const person = (username: string, role: Role) => ({
  username,
  email: `${username}@example.org`,
  password: PASSWORD,
  role,
});

describe('The first administrator', () => {
  it('is created once, with a random password', async () => {
    const { accounts, users } = accountsOn(db);
    const first = await accounts.ensureFirstAdmin(ADMIN);
    expect(first).toMatchObject({ username: 'admin', email: 'root@example.org' });
    expect(first?.password).toMatch(/^[\w-]{20}$/);
    expect(await accounts.ensureFirstAdmin(ADMIN)).toBeNull();
    const { user } = await accounts.login({ identifier: ADMIN.email, password: first?.password ?? '' }, DEVICE);
    expect((await users.rolesOf([user.id])).flat()).toMatchObject([{ role: 'SUPER_ADMIN' }]);
    const entries = db.sql().selectFrom('audit_log').select(['actor_id', 'target', 'outcome']);
    expect(await entries.where('action', '=', 'account.create_first_admin').execute()).toEqual([
      { actor_id: null, target: encodeId('user', user.id), outcome: 'SUCCESS' },
    ]);
  });

  it('gets the password that is set', async () => {
    const { accounts } = accountsOn(db);
    expect(await accounts.ensureFirstAdmin({ ...ADMIN, password: PASSWORD })).toMatchObject({ password: PASSWORD });
    await accounts.login({ identifier: 'admin', password: PASSWORD }, DEVICE);
  });

  it('is created once by several processes that start together', async () => {
    const starts = Array.from({ length: 4 }, () => accountsOn(db).accounts.ensureFirstAdmin(ADMIN));
    expect((await Promise.all(starts)).filter((made) => made !== null)).toHaveLength(1);
    expect(await db.sql().selectFrom('users').select('id').execute()).toHaveLength(1);
  });

  it('is created again when the only grant has expired', async () => {
    const { accounts, administration } = accountsOn(db);
    const user = await accounts.createUser(person('ann', 'USER'));
    await administration.grantRole(COMMAND_LINE, {
      userId: user.id,
      role: 'SUPER_ADMIN',
      expiresAt: new Date(Date.now() + 60_000),
    });
    expect(await accounts.ensureFirstAdmin(ADMIN)).toBeNull();
    await db.em().execute("update user_roles set expires_at = now() where role = 'SUPER_ADMIN'");
    expect(await accounts.ensureFirstAdmin(ADMIN)).not.toBeNull();
  });

  it('does not conflict with a user named admin', async () => {
    const { accounts } = accountsOn(db);
    await accounts.createUser(person('Admin', 'USER'));
    expect((await accounts.ensureFirstAdmin(ADMIN))?.username).toMatch(/^admin-[0-9a-f]{8}$/);
  });

  it('is never a user who only registered with that address', async () => {
    const { accounts } = accountsOn(db);
    await accounts.createUser({ ...person('ann', 'USER'), email: ADMIN.email });
    await expect(accounts.ensureFirstAdmin(ADMIN)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('ADMIN_EMAIL'),
    });
  });

  it('cannot have a password that is too weak', async () => {
    const wish = { ...ADMIN, password: 'too short' };
    await expect(accountsOn(db).accounts.ensureFirstAdmin(wish)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect(await db.sql().selectFrom('users').select('id').execute()).toHaveLength(0);
  });
});

describe('Creating a user', () => {
  it('works for every role, and opens no session', async () => {
    const { accounts, users } = accountsOn(db);
    for (const role of valuesOf(Role)) {
      const user = await accounts.createUser(person(`user-${role}`, role));
      expect((await users.rolesOf([user.id])).flat()).toMatchObject([{ role }]);
    }
    expect(await db.sql().selectFrom('sessions').select('id').execute()).toHaveLength(0);
  });

  it('reports errors of the input', async () => {
    const { accounts } = accountsOn(db);
    await accounts.createUser(person('ann', 'USER'));
    expect(await faultsOf(accounts.createUser(person('ann', 'USER')))).toEqual([
      ['TAKEN', 'input.username'],
      ['TAKEN', 'input.email'],
    ]);
    expect(await faultsOf(accounts.createUser({ ...person('bea', 'USER'), password: '' }))).toEqual([
      ['TOO_SHORT', 'input.password'],
    ]);
  });
});

describe('Granting a role', () => {
  async function adminAndUser() {
    const services = accountsOn(db);
    const admin = await services.accounts.createUser(person('boss', 'ADMIN'));
    const user = await services.accounts.createUser(person('ann', 'CREATOR'));
    const { tokens } = await services.accounts.login({ identifier: 'boss', password: PASSWORD }, DEVICE);
    return { ...services, admin, user, viewer: await services.accounts.viewerOf(tokens.accessToken) };
  }

  it('records who granted it and until when, and can be granted again', async () => {
    const { administration, users, admin, user, viewer } = await adminAndUser();
    const expiresAt = new Date(Date.now() + 3_600_000);
    await administration.grantRole({ viewer, ipAddress: null }, { userId: user.id, role: 'PREMIUM', expiresAt });
    expect((await users.rolesOf([user.id])).flat()).toMatchObject([
      { role: 'CREATOR', grantedBy: null },
      { role: 'PREMIUM', grantedBy: admin.id, expiresAt },
    ]);
    await administration.grantRole({ viewer, ipAddress: null }, { userId: user.id, role: 'PREMIUM' });
    expect((await users.rolesOf([user.id])).flat()).toMatchObject([{}, { role: 'PREMIUM', expiresAt: null }]);
  });

  it('is allowed up to the granter’s own role and no higher', async () => {
    const { administration, users, user, viewer } = await adminAndUser();
    await administration.grantRole({ viewer, ipAddress: null }, { userId: user.id, role: 'ADMIN' });
    const tooHigh = administration.grantRole({ viewer, ipAddress: null }, { userId: user.id, role: 'SUPER_ADMIN' });
    await expect(tooHigh).rejects.toMatchObject({ name: 'AuthError', code: 'FORBIDDEN' });
    expect((await users.rolesOf([user.id])).flat().map(({ role }) => role)).toEqual(['CREATOR', 'ADMIN']);
    await administration.grantRole(COMMAND_LINE, { userId: user.id, role: 'SUPER_ADMIN' });
  });

  it('requires an existing user and a future expiry', async () => {
    const { administration, user, viewer } = await adminAndUser();
    expect(await faultsOf(administration.grantRole(COMMAND_LINE, { userId: viewer.sessionId, role: 'USER' }))).toEqual([
      ['NOT_FOUND', 'userId'],
    ]);
    const past = administration.grantRole(COMMAND_LINE, {
      userId: user.id,
      role: 'USER',
      expiresAt: new Date(Date.now() - 1),
    });
    expect(await faultsOf(past)).toEqual([['INVALID', 'expiresAt']]);
  });
});

describe('Reading users', () => {
  it('keeps the order of the ids, with null for unknown users', async () => {
    const { accounts, users } = accountsOn(db);
    const ann = await accounts.createUser(person('ann', 'USER'));
    const bea = await accounts.createUser(person('bea', 'ADMIN'));
    const unknownId = '01890000-0000-7000-8000-000000000000';
    const ids = [bea.id, unknownId, ann.id, bea.id];
    expect((await users.loadByIds(ids)).map((user) => user?.username)).toEqual(['bea', undefined, 'ann', 'bea']);
    expect((await users.rolesOf(ids)).map((grants) => grants.map(({ role }) => role))).toEqual([
      ['ADMIN'],
      [],
      ['USER'],
      ['ADMIN'],
    ]);
    expect((await users.subscriptionsOf(ids)).map((plan) => plan?.plan)).toEqual(['FREE', undefined, 'FREE', 'FREE']);
    expect(await users.loadByIds([])).toEqual([]);
  });

  it('finds a user by user name or e-mail address', async () => {
    const { accounts, users } = accountsOn(db);
    const ann = await accounts.createUser(person('ann', 'USER'));
    expect((await users.findByIdentifier('ANN'))?.id).toBe(ann.id);
    expect((await users.findByIdentifier('Ann@example.org'))?.id).toBe(ann.id);
    expect(await users.findByIdentifier('bea')).toBeNull();
  });
});
