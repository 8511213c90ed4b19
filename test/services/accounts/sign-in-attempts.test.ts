import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../../src/auth/auth-error.ts';
import type { Database } from '../../../src/db/database.ts';
import { encodeId } from '../../../src/ids.ts';
import { UserFaultError } from '../../../src/services/user-fault.ts';
import { accountsOn, PASSWORD, registered } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const from = (ipAddress: string) => ({ ipAddress, userAgent: 'a test' });
const HOME = from('203.0.113.7');
const ATTACKER = from('198.51.100.1');
const OTHER = from('198.51.100.2');
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql().deleteFrom('users').execute();
  await db.sql().deleteFrom('sign_in_failures').execute();
});

/** An account whose owner has signed in from HOME. */
async function owner(username = 'ann') {
  const services = accountsOn(db);
  const email = `${username}@example.org`;
  const { user } = await registered(services.accounts, { username, email, password: PASSWORD }, HOME);
  const guess = (identifier: string, device: typeof HOME, password = 'not the password') =>
    services.accounts.login({ identifier, password }, device).then(
      () => 'signed in',
      (thrown: unknown) => {
        if (!(thrown instanceof UserFaultError)) throw thrown;
        const [fault] = thrown.faults;
        return fault?.code === 'ACCOUNT_LOCKED' ? waitOf(fault.retryAfterSeconds ?? 0) : fault?.code;
      },
    );
  return { ...services, user, guess };
}

/** The wait that began up to three seconds before. */
function waitOf(secondsLeft: number): number {
  const waits = [5, 10, 20, 30, 60, 80, 120, 240, 300, 480, 900];
  return waits.find((wait) => secondsLeft <= wait && secondsLeft > wait - 4) ?? secondsLeft;
}

async function letPass(seconds: number): Promise<void> {
  await sql`
    update sign_in_failures set wait_until = wait_until - make_interval(secs => ${seconds}),
      last_at = last_at - make_interval(secs => ${seconds})`.execute(db.sql());
}

describe('Guesses from one network', () => {
  it('do not lock out the owner, who signs in from another', async () => {
    const { guess } = await owner();
    for (let i = 0; i < 5; i++) expect(await guess('ann', ATTACKER)).toBe('INVALID_CREDENTIALS');
    expect(await guess('ann', ATTACKER)).toBeGreaterThan(0);
    expect(await guess('ann', HOME, PASSWORD)).toBe('signed in');
    expect(await guess('ann', from('192.0.2.99'), PASSWORD)).toBe('signed in');
    expect(await guess('ann', ATTACKER, PASSWORD)).toBeGreaterThan(0);
  });

  it('are counted for one spelling of a name: others have no account', async () => {
    const { guess } = await owner('mississippi');
    for (let i = 0; i < 5; i++) await guess('mississippi', ATTACKER);
    expect(await guess('MISSISSIPPI', ATTACKER, PASSWORD)).toBeGreaterThan(0);
    expect(await guess('mİssissippi', ATTACKER, PASSWORD)).toBe('INVALID_CREDENTIALS');
  });

  it('do not count where a signed-in user confirms an act with the password', async () => {
    const { user, guess, ownAccounts, accounts } = await owner();
    for (let i = 0; i < 6; i++) {
      await guess(`confirmation ${user.id}`, HOME);
      await guess(user.id, HOME);
    }
    const { viewer } = await accounts.login({ identifier: 'ann', password: PASSWORD }, HOME);
    await expect(ownAccounts.deleteAccount(viewer, PASSWORD, HOME)).resolves.not.toThrow();
  });

  it('wait 30 s after the fifth, and twice as long after each further one, up to 15 minutes', async () => {
    const { guess } = await owner();
    for (let i = 0; i < 5; i++) await guess('ann', ATTACKER);
    for (const wait of [30, 60, 120, 240, 480, 900, 900]) {
      expect(await guess('ann', ATTACKER)).toBe(wait);
      expect(await guess('ann', ATTACKER, PASSWORD)).toBe(wait);
      await letPass(wait);
      expect(await guess('ann', ATTACKER)).toBe('INVALID_CREDENTIALS');
    }
  });

  it('are forgotten after the right password, and after a day', async () => {
    const { guess } = await owner();
    for (let i = 0; i < 4; i++) await guess('ann', ATTACKER);
    expect(await guess('ann', ATTACKER, PASSWORD)).toBe('signed in');
    for (let i = 0; i < 4; i++) await guess('ann', ATTACKER);
    await letPass(24 * 3_600 + 1);
    for (let i = 0; i < 4; i++) expect(await guess('ann', ATTACKER)).toBe('INVALID_CREDENTIALS');
    expect(await guess('ann', ATTACKER, PASSWORD)).toBe('signed in');
  });

  it('count an IPv6 network as one', async () => {
    const { guess } = await owner();
    for (let i = 1; i <= 5; i++) await guess('ann', from(`2001:db8:1:2::${i}`));
    expect(await guess('ann', from('2001:db8:1:2:ffff::1'))).toBe(30);
    expect(await guess('ann', from('2001:db8:1:3::1'))).toBe('INVALID_CREDENTIALS');
  });

  it('are answered with as many refusals as are free, however many come at once', async () => {
    const { guess } = await owner();
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess('ann', ATTACKER)));
    expect(answers.filter((answer) => answer === 'INVALID_CREDENTIALS')).toHaveLength(5);
    expect(answers.filter((answer) => typeof answer === 'number')).toHaveLength(15);
  });
});

describe('Guesses from many networks', () => {
  const spray = async (guess: Awaited<ReturnType<typeof owner>>['guess'], count: number, identifier = 'ann') => {
    for (let i = 0; i < count; i++) {
      const answer = await guess(identifier, from(`10.0.0.${i}`));
      expect(answer).toBe('INVALID_CREDENTIALS');
    }
  };

  it('let a network that the owner has used through at once', async () => {
    const { guess } = await owner();
    await spray(guess, 20);
    expect(await guess('ann', HOME, PASSWORD)).toBe('signed in');
  });

  it('let an unknown network wait some seconds before its first attempt, and the guesses of others do not prolong that', async () => {
    const { guess } = await owner();
    await spray(guess, 20);
    const cafe = from('192.0.2.99');
    expect(await guess('ann', cafe, PASSWORD)).toBe(5);
    for (let i = 0; i < 9; i++) expect(await guess('ann', from(`10.0.1.${i}`))).toBe(5);
    await letPass(5);
    expect(await guess('ann', from('10.0.1.1'))).toBe('INVALID_CREDENTIALS');
    expect(await guess('ann', from('10.0.1.1'))).toBe(5);
    expect(await guess('ann', cafe, PASSWORD)).toBe('signed in');
  });

  it('let unknown networks wait longer the more there are, up to 5 minutes', async () => {
    const { guess } = await owner();
    await spray(guess, 20);
    const waitAfter = async (failures: number) => {
      await sql`update sign_in_failures set failures = ${failures} where network = ''`.execute(db.sql());
      return await guess('ann', from(`192.0.2.${failures % 250}`));
    };
    expect([
      await waitAfter(40),
      await waitAfter(60),
      await waitAfter(100),
      await waitAfter(1_000),
      await waitAfter(1_000_000),
    ]).toEqual([10, 20, 80, 300, 300]);
  });

  it('do not count the typing errors of the owner at home', async () => {
    const { guess } = await owner();
    for (let i = 0; i < 4; i++) await guess('ann', HOME);
    await spray(guess, 19);
    expect(await guess('ann', from('192.0.2.99'), PASSWORD)).toBe('signed in');
  });

  it('know a network for 90 days', async () => {
    const { guess } = await owner();
    await spray(guess, 20);
    await sql`update known_networks set last_used_at = now() - interval '89 days'`.execute(db.sql());
    expect(await guess('ann', HOME)).toBe('INVALID_CREDENTIALS');
    await sql`update known_networks set last_used_at = now() - interval '91 days'`.execute(db.sql());
    expect(await guess('ann', HOME)).toBe(5);
  });
});

describe('An identifier without an account', () => {
  it('gets exactly the same answers', async () => {
    const { guess } = await owner();
    const answersFor = async (identifier: string) => {
      const answers = [];
      for (let i = 0; i < 7; i++) answers.push(await guess(identifier, ATTACKER));
      for (let i = 0; i < 15; i++) answers.push(await guess(identifier, from(`10.0.0.${i}`)));
      answers.push(await guess(identifier, from('192.0.2.99')));
      return answers;
    };
    const known = await answersFor('ann');
    expect(await answersFor('ann@example.org')).toEqual(known);
    expect(await answersFor('unknown')).toEqual(known);
    expect(await answersFor('unknown@example.org')).toEqual(known);
    expect(known).toContain(30);
  });

  it('is stored as an index from which it cannot be read', async () => {
    const { guess } = await owner();
    await guess('unknown@example.org', ATTACKER);
    const { rows } = await sql<{ text: string }>`select sign_in_failures::text as text from sign_in_failures`.execute(
      db.sql(),
    );
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('unknown@');
  });
});

describe('The audit log', () => {
  const entries = async () =>
    await db
      .sql()
      .selectFrom('audit_log')
      .select(['action', 'outcome', 'actor_id', 'target', 'ip_address', 'details'])
      .orderBy('seq')
      .execute();

  it('has each sign-in, and of one for an unknown identifier nothing that names it', async () => {
    const before = (await entries()).length;
    const { user, guess } = await owner('bea');
    await guess('bea', HOME, PASSWORD);
    await guess('bea@example.org', ATTACKER);
    await guess('unknown@example.org', ATTACKER);
    await db.sql().updateTable('users').set({ is_active: false }).where('id', '=', user.id).execute();
    await guess('bea', HOME, PASSWORD);
    const target = encodeId('user', user.id);
    const entry = { action: 'session.create', actor_id: null, target, details: null };
    expect((await entries()).slice(before).filter(({ action }) => action === 'session.create')).toEqual([
      { ...entry, outcome: 'SUCCESS', actor_id: user.id, ip_address: HOME.ipAddress },
      { ...entry, outcome: 'FAILURE', ip_address: ATTACKER.ipAddress },
      { ...entry, outcome: 'FAILURE', target: null, ip_address: ATTACKER.ipAddress },
      { ...entry, outcome: 'DENIED', ip_address: HOME.ipAddress },
    ]);
  });

  it('has one of the attempts that have to wait, for each account and network in a minute', async () => {
    const { guess, user } = await owner('cleo');
    for (const who of ['cleo', 'unknown'])
      for (const device of [ATTACKER, OTHER]) for (let i = 0; i < 5; i++) await guess(who, device);
    const before = (await entries()).length;
    for (let i = 0; i < 20; i++)
      for (const device of [ATTACKER, OTHER]) for (const who of ['cleo', 'unknown']) await guess(who, device);
    const details = { code: 'ACCOUNT_LOCKED' };
    const entry = { action: 'session.create', outcome: 'DENIED', actor_id: null, details };
    const target = encodeId('user', user.id);
    expect((await entries()).slice(before)).toEqual([
      { ...entry, target, ip_address: ATTACKER.ipAddress },
      { ...entry, target: null, ip_address: ATTACKER.ipAddress },
      { ...entry, target, ip_address: OTHER.ipAddress },
      { ...entry, target: null, ip_address: OTHER.ipAddress },
    ]);
  });

  it.each([
    ['of its network', { loginsAMinute: 2 }, false],
    ['for the account from its network', { loginsOfAccountAMinute: 2 }, true],
  ])('has one of the sign-ins beyond those that are allowed %s', async (_whose, options, namesAccount) => {
    const { user } = await owner('dora');
    const before = (await entries()).length;
    const { accounts } = accountsOn(db, options);
    const signIn = () => accounts.login({ identifier: 'dora', password: PASSWORD }, HOME);
    for (let i = 0; i < 2; i++) await signIn();
    for (let i = 0; i < 5; i++) await expect(signIn()).rejects.toBeInstanceOf(RateLimitedError);
    const target = namesAccount ? encodeId('user', user.id) : null;
    const added = (await entries()).slice(before);
    expect(added.map(({ outcome }) => outcome)).toEqual(['SUCCESS', 'SUCCESS', 'DENIED']);
    expect(added[2]).toMatchObject({ action: 'session.create', target, details: { code: 'RATE_LIMITED' } });
  });
});
