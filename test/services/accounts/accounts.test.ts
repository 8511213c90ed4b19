import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RateLimitedError } from '../../../src/auth/auth-error.ts';
import { PasswordHasher } from '../../../src/auth/passwords.ts';
import type { Database } from '../../../src/db/database.ts';
import { UserFaultError } from '../../../src/services/user-fault.ts';
import { accountsOn, cheapHasher, faultsOf, KEY, PASSWORD, registered } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const DEVICE = { ipAddress: '203.0.113.7', userAgent: 'a test' };
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const person = (username: string) => ({ username, email: `${username}@example.org`, password: PASSWORD });

describe('Registering', () => {
  it('creates an account with the default role and the free plan, and signs in', async () => {
    const { accounts, users } = accountsOn(db);
    const { user, tokens } = await registered(accounts, { ...person('ann'), fullName: ' Ann Lee ' }, DEVICE);
    expect(user).toMatchObject({ username: 'ann', fullName: 'Ann Lee', isActive: true, emailVerified: false });
    expect(user.createdAt).toBeInstanceOf(Date);
    expect(tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 });
    const [[grant] = []] = await users.rolesOf([user.id]);
    expect(grant).toMatchObject({ role: 'CREATOR', grantedBy: null, expiresAt: null });
    expect(await users.subscriptionsOf([user.id])).toMatchObject([{ plan: 'FREE', status: 'ACTIVE' }]);
    expect(await accounts.viewerOf(tokens.accessToken)).toMatchObject({
      userId: user.id,
      username: 'ann',
      roles: ['CREATOR'],
    });
  });

  it('reports all errors at once and creates nothing', async () => {
    const { accounts, users } = accountsOn(db);
    const wrong = { username: 'x', email: 'none', password: 'short' };
    expect(await faultsOf(accounts.register(wrong, DEVICE))).toEqual([
      ['TOO_SHORT', 'input.username'],
      ['INVALID', 'input.email'],
      ['TOO_SHORT', 'input.password'],
    ]);
    expect(await users.findByIdentifier('x')).toBeNull();
  });

  it('accepts no user name and no address twice, in any letter case', async () => {
    const { accounts } = accountsOn(db);
    await accounts.register(person('Bea'), DEVICE);
    expect(await faultsOf(accounts.register({ ...person('bEA'), email: 'b2@example.org' }, DEVICE))).toEqual([
      ['TAKEN', 'input.username'],
    ]);
    expect(await faultsOf(accounts.register({ ...person('bea2'), email: 'BEA@Example.org' }, DEVICE))).toEqual([
      ['TAKEN', 'input.email'],
    ]);
    expect(await faultsOf(accounts.register(person('BEA'), DEVICE))).toEqual([
      ['TAKEN', 'input.username'],
      ['TAKEN', 'input.email'],
    ]);
  });

  it('gives a name to one of several concurrent requests for it', async () => {
    const { accounts } = accountsOn(db);
    const tries = Array.from({ length: 6 }, (_, at) => ({ ...person('cleo'), email: `cleo${at}@example.org` }));
    const outcomes = await Promise.all(tries.map((input) => faultsOf(accounts.register(input, DEVICE))));
    expect(outcomes.filter((faults) => faults.length === 0)).toHaveLength(1);
    expect(outcomes.filter(([fault]) => fault?.[0] === 'TAKEN')).toHaveLength(5);
  });

  it('is limited per network, and invalid input does not count', async () => {
    const { accounts } = accountsOn(db, { registrationsAMinute: 2 });
    for (let mistyped = 0; mistyped < 3; mistyped++) await faultsOf(accounts.register(person('d'), DEVICE));
    await accounts.register(person('dora1'), DEVICE);
    await accounts.register(person('dora2'), DEVICE);
    const third = accounts.register(person('dora3'), DEVICE);
    await expect(third).rejects.toBeInstanceOf(RateLimitedError);
    await expect(third).rejects.toMatchObject({ retryAfterSeconds: 30 });
    await accounts.register(person('dora3'), { ...DEVICE, ipAddress: '203.0.113.8' });
  });

  it('accepts a device with too long headers or none', async () => {
    const { accounts } = accountsOn(db);
    const silent = accounts.register(person('emil1'), { ipAddress: null, userAgent: null });
    await expect(silent).resolves.toBeDefined();
    const wordy = accounts.register(person('emil2'), { ipAddress: 'f'.repeat(60), userAgent: 'x'.repeat(2_000) });
    await expect(wordy).resolves.toBeDefined();
  });
});

describe('Many sign-ins', () => {
  const spray = (from: (at: number) => string, identifier = (at: number) => `unknown${at}`) =>
    Array.from({ length: 60 }, (_, at) => ({ identifier: identifier(at), ipAddress: from(at) }));
  /** What each of the sign-ins, one after the other, is refused with. */
  async function outcomesOf(accounts: ReturnType<typeof accountsOn>['accounts'], tries: ReturnType<typeof spray>) {
    const outcomes: string[] = [];
    for (const { identifier, ipAddress } of tries) {
      const tried = accounts.login({ identifier, password: PASSWORD }, { ...DEVICE, ipAddress });
      outcomes.push(await tried.then(() => 'signed in', outcomeOf));
    }
    return outcomes;
  }
  const outcomeOf = (thrown: unknown) =>
    thrown instanceof RateLimitedError ? 'limited' : thrown instanceof UserFaultError ? 'wrong' : 'fault';
  const tenAMinute = { loginsAMinute: 10 };

  it('from one address over many accounts are refused from the eleventh on, before anything is hashed', async () => {
    const passwords = cheapHasher();
    const verify = vi.spyOn(passwords, 'verify');
    const { accounts } = accountsOn(db, { ...tenAMinute, passwords });
    const outcomes = await outcomesOf(
      accounts,
      spray(() => '203.0.113.7'),
    );
    expect(outcomes).toEqual([...new Array(10).fill('wrong'), ...new Array(50).fill('limited')]);
    expect(verify).toHaveBeenCalledTimes(10);
  });

  it('from the addresses of one IPv6 customer are refused as those of one address', async () => {
    const { accounts } = accountsOn(db, tenAMinute);
    const outcomes = await outcomesOf(
      accounts,
      spray((at) => `2001:db8::${at + 1}`),
    );
    expect(outcomes.filter((outcome) => outcome === 'limited')).toHaveLength(50);
  });

  it('to one account are refused where its network may try others, in every spelling of its name', async () => {
    const { accounts } = accountsOn(db, { loginsAMinute: 1_000, loginsOfAccountAMinute: 10 });
    const spelled = spray(
      () => '203.0.113.7',
      (at) => ['mira', 'MIRA', ' Mira '][at % 3] ?? '',
    );
    const outcomes = await outcomesOf(accounts, spelled);
    expect(outcomes.filter((outcome) => outcome === 'limited')).toHaveLength(50);
    const other = accounts.login({ identifier: 'mona', password: PASSWORD }, DEVICE);
    await expect(other).rejects.toBeInstanceOf(UserFaultError);
  });

  it('from one network do not refuse another', async () => {
    const { accounts } = accountsOn(db, tenAMinute);
    await outcomesOf(
      accounts,
      spray(() => '203.0.113.7'),
    );
    await accounts.register(person('olwen'), DEVICE);
    const honest = accounts.login({ identifier: 'olwen', password: PASSWORD }, { ...DEVICE, ipAddress: '203.0.113.8' });
    await expect(honest).resolves.toBeDefined();
  });
});

describe('An e-mail address', () => {
  it('is unreadable in the table, and visible to its owner', async () => {
    const { accounts, users } = accountsOn(db);
    const { user } = await registered(accounts, person('flora'), DEVICE);
    const [row] = await db.em().execute('select to_jsonb(users) as row from users where id = ?', [user.id]);
    expect(JSON.stringify(row)).toContain('flora');
    expect(JSON.stringify(row).toLowerCase()).not.toContain('example.org');
    expect(user.emailEncrypted).toMatch(/^k1\./);
    expect(users.privateFacts(user)).toEqual({ email: 'flora@example.org', phone: null });
  });

  it('stays usable after a key change, and is encrypted with the new key at the next sign-in', async () => {
    const before = accountsOn(db);
    const { user } = await registered(before.accounts, person('gina'), DEVICE);
    const newKey = { id: 'k2', key: randomBytes(32) };
    const during = accountsOn(db, { keys: [newKey, KEY] });
    expect(during.users.privateFacts(user).email).toBe('gina@example.org');
    expect(await faultsOf(during.accounts.register({ ...person('gina2'), email: 'gina@example.org' }, DEVICE))).toEqual(
      [['TAKEN', 'input.email']],
    );
    await during.accounts.login({ identifier: 'gina@example.org', password: PASSWORD }, DEVICE);
    const after = accountsOn(db, { keys: [newKey] });
    const moved = await after.users.findByIdentifier('gina@example.org');
    expect(moved?.emailEncrypted).toMatch(/^k2\./);
    expect(moved && after.users.privateFacts(moved).email).toBe('gina@example.org');
  });
});

describe('Signing in', () => {
  const wrong = (identifier: string) => ({ identifier, password: 'not the password' });
  const right = (identifier: string) => ({ identifier, password: PASSWORD });

  it('works by user name and by e-mail address, in any letter case', async () => {
    const { accounts } = accountsOn(db);
    const { user } = await registered(accounts, person('hugo'), DEVICE);
    for (const identifier of ['hugo', 'HUGO', 'hugo ', 'hugo@example.org', ' Hugo@Example.ORG\u00A0'])
      expect((await accounts.login(right(identifier), DEVICE)).user.id).toBe(user.id);
  });

  it('records the time', async () => {
    const { accounts } = accountsOn(db);
    expect((await registered(accounts, person('ida'), DEVICE)).user.lastLoginAt).toBeNull();
    const { user } = await accounts.login(right('ida'), DEVICE);
    expect(Math.abs(Date.now() - (user.lastLoginAt?.getTime() ?? 0))).toBeLessThan(5_000);
  });

  it('answers the same for an unknown user and a wrong password', async () => {
    const { accounts } = accountsOn(db);
    await accounts.register(person('jane'), DEVICE);
    const answers = ['jane', 'unknown', 'unknown@example.org', '', 'nul\0'].map(async (identifier) =>
      accounts.login(wrong(identifier), DEVICE).catch((thrown: unknown) => thrown),
    );
    const [known, ...unknown] = await Promise.all(answers);
    expect(known).toMatchObject({ faults: [{ code: 'INVALID_CREDENTIALS' }] });
    for (const answer of unknown) expect(answer).toEqual(known);
  });

  it('does not lock a user who signs in many times at once with the right password', async () => {
    const { accounts } = accountsOn(db);
    await accounts.register(person('mona'), DEVICE);
    const many = await Promise.all(Array.from({ length: 12 }, () => faultsOf(accounts.login(right('mona'), DEVICE))));
    expect(many.flat()).toEqual([]);
  });

  it('makes a more expensive hash when the cost was raised, also when two sign in at once', async () => {
    const cheap = accountsOn(db);
    await cheap.accounts.register(person('nora'), DEVICE);
    const dearer = accountsOn(db, { passwords: new PasswordHasher({ memoryKiB: 128, passes: 1, parallelism: 1 }) });
    const both = [1, 2].map(() => faultsOf(dearer.accounts.login(right('nora'), DEVICE)));
    expect((await Promise.all(both)).flat()).toEqual([]);
    expect((await dearer.users.findByIdentifier('nora'))?.passwordHash).toContain('m=128,');
    expect(await faultsOf(dearer.accounts.login(right('nora'), DEVICE))).toEqual([]);
  });

  it('reports a deactivated account only to its owner', async () => {
    const { accounts } = accountsOn(db);
    const { user } = await registered(accounts, person('olga'), DEVICE);
    await db.sql().updateTable('users').set({ is_active: false }).where('id', '=', user.id).execute();
    expect(await faultsOf(accounts.login(wrong('olga'), DEVICE))).toEqual([['INVALID_CREDENTIALS', undefined]]);
    expect(await faultsOf(accounts.login(right('olga'), DEVICE))).toEqual([['INVALID_STATE', undefined]]);
  });
});
