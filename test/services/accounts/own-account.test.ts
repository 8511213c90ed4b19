import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { encodeId } from '../../../src/ids.ts';
import { accountsOn, faultsOf, PASSWORD, registered } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const DEVICE = { ipAddress: '203.0.113.7', userAgent: 'a test' };
const NEW = 'seven paper boats drift';
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const refused = expect.objectContaining({ name: 'AuthError', code: 'UNAUTHENTICATED' });
const forbidden = expect.objectContaining({ name: 'AuthError', code: 'FORBIDDEN' });

async function signedIn(username: string) {
  const services = accountsOn(db);
  const input = { username, email: `${username}@example.org`, password: PASSWORD };
  const { user, tokens } = await registered(services.accounts, input, DEVICE);
  return { ...services, user, tokens, viewer: await services.accounts.viewerOf(tokens.accessToken) };
}

async function auditOf(target: string) {
  const query = db.sql().selectFrom('audit_log').selectAll().where('target', '=', target);
  return (await query.orderBy('seq').execute()).map(({ action, outcome }) => [action, outcome]);
}

describe('Changing the password', () => {
  const change = { currentPassword: PASSWORD, newPassword: NEW };

  it('keeps this session with new tokens, and ends every other one, at once and in every process', async () => {
    const { accounts, ownAccounts, ended, tokens, viewer } = await signedIn('ann');
    const phone = await accounts.login({ identifier: 'ann', password: PASSWORD }, DEVICE);
    const phoneId = (await accounts.viewerOf(phone.tokens.accessToken)).sessionId;
    const changed = await ownAccounts.changePassword(viewer, change, DEVICE);
    expect((await accounts.viewerOf(changed.tokens.accessToken)).sessionId).toBe(viewer.sessionId);
    await expect(accounts.viewerOf(phone.tokens.accessToken)).rejects.toEqual(refused);
    await expect(accounts.refresh(phone.tokens.refreshToken, DEVICE)).rejects.toEqual(refused);
    expect(ended).toEqual([phoneId]);
    await accounts.refresh(changed.tokens.refreshToken, DEVICE);
    // A copy of the old refresh token is worth nothing.
    await expect(accounts.refresh(tokens.refreshToken, DEVICE)).rejects.toEqual(refused);
    expect(await faultsOf(accounts.login({ identifier: 'ann', password: PASSWORD }, DEVICE))).toEqual([
      ['INVALID_CREDENTIALS', undefined],
    ]);
    await accounts.login({ identifier: 'ann', password: NEW }, DEVICE);
  });

  it('requires the current password, and does not let a thief of the token guess it', async () => {
    const { accounts, ownAccounts, user, viewer } = await signedIn('bea');
    const guess = { currentPassword: 'not the password', newPassword: NEW };
    for (let i = 0; i < 5; i++)
      expect(await faultsOf(ownAccounts.changePassword(viewer, guess, DEVICE))).toEqual([
        ['INVALID_CREDENTIALS', 'currentPassword'],
      ]);
    const other = accountsOn(db);
    expect(await faultsOf(other.ownAccounts.changePassword(viewer, change, DEVICE))).toEqual([
      ['ACCOUNT_LOCKED', undefined],
    ]);
    await accounts.login({ identifier: 'bea', password: PASSWORD }, DEVICE);
    expect((await auditOf(encodeId('user', user.id))).filter(([action]) => action === 'password.change')).toEqual(
      Array(5).fill(['password.change', 'FAILURE']),
    );
  });

  it('refuses a password that is common, close to the owner’s address, or the current one', async () => {
    const { ownAccounts, viewer } = await signedIn('cleopatra');
    for (const newPassword of ['short', 'iloveyou1234', 'cleopatra@example.org', PASSWORD]) {
      const faults = await faultsOf(ownAccounts.changePassword(viewer, { ...change, newPassword }, DEVICE));
      expect(faults).toEqual([[newPassword === 'short' ? 'TOO_SHORT' : 'INVALID', 'newPassword']]);
    }
  });

  it('is limited for each user', async () => {
    const { ownAccounts, viewer } = await signedIn('dora');
    const attempts = Array.from({ length: 6 }, () =>
      ownAccounts
        .changePassword(viewer, { currentPassword: 'x', newPassword: NEW }, DEVICE)
        .catch((thrown) => thrown.name),
    );
    expect(await Promise.all(attempts)).toContain('RateLimitedError');
  });

  it('is not for API keys', async () => {
    const { ownAccounts, sessions, viewer } = await signedIn('emma');
    const key = { ...viewer, apiKeyId: viewer.sessionId };
    await expect(ownAccounts.changePassword(key, change, DEVICE)).rejects.toEqual(forbidden);
    await expect(ownAccounts.deleteAccount(key, PASSWORD, DEVICE)).rejects.toEqual(forbidden);
    await expect(sessions.revoke(key, viewer.sessionId, DEVICE)).rejects.toEqual(forbidden);
  });

  it('is in the audit log', async () => {
    const { ownAccounts, user, viewer } = await signedIn('fina');
    await ownAccounts.changePassword(viewer, change, DEVICE);
    expect(await auditOf(encodeId('user', user.id))).toEqual([
      ['account.register', 'SUCCESS'],
      ['password.change', 'SUCCESS'],
    ]);
  });
});

describe('Deleting the account', () => {
  it('requires the password, ends all sessions and frees the name and the address', async () => {
    const { accounts, ownAccounts, ended, tokens, user, viewer } = await signedIn('gina');
    expect(await faultsOf(ownAccounts.deleteAccount(viewer, 'not the password', DEVICE))).toEqual([
      ['INVALID_CREDENTIALS', 'password'],
    ]);
    expect(await ownAccounts.deleteAccount(viewer, PASSWORD, DEVICE)).toEqual([]);
    expect(ended).toEqual([viewer.sessionId]);
    await expect(accounts.viewerOf(tokens.accessToken)).rejects.toEqual(refused);
    await expect(accounts.refresh(tokens.refreshToken, DEVICE)).rejects.toEqual(refused);
    expect(await faultsOf(accounts.login({ identifier: 'gina', password: PASSWORD }, DEVICE))).toEqual([
      ['INVALID_CREDENTIALS', undefined],
    ]);
    expect(await auditOf(encodeId('user', user.id))).toEqual([]);
    const { rows } = await sql`select actor_id, target, ip_address, details from audit_log
      where action = 'account.delete' and outcome = 'SUCCESS'`.execute(db.sql());
    expect(rows).toEqual([{ actor_id: null, target: null, ip_address: null, details: null }]);
    await signedIn('gina');
  });
});

describe('The profile', () => {
  it('changes where a field is given, is cleared by null, and else stays', async () => {
    const { profiles, users, viewer } = await signedIn('hanna');
    const all = {
      fullName: ' Hanna Lee ',
      bio: 'Films\nabout bees.',
      avatarUrl: new URL('https://example.org/a.png'),
      website: 'http://example.org/',
      location: 'Taipei',
      phone: '+886 912 345 678',
    };
    const changed = await profiles.update(viewer, all);
    expect(changed).toMatchObject({
      fullName: 'Hanna Lee',
      bio: all.bio,
      avatarUrl: 'https://example.org/a.png',
      location: 'Taipei',
    });
    expect(changed && users.privateFacts(changed).phone).toBe(all.phone);
    const { rows } = await sql<{
      text: string;
    }>`select users::text as text from users where id = ${viewer.userId}`.execute(db.sql());
    expect(rows[0]?.text.replaceAll(' ', '')).not.toContain('912345678');
    expect(await profiles.update(viewer, { bio: null, phone: ' ' })).toMatchObject({
      fullName: 'Hanna Lee',
      bio: null,
      phoneEncrypted: null,
      website: 'http://example.org/',
    });
  });

  it('has limits, and every fault is shown at once', async () => {
    const { profiles, viewer } = await signedIn('ida');
    const most = {
      fullName: 'é'.repeat(200),
      bio: 'é'.repeat(2_000),
      location: 'é'.repeat(200),
      phone: '1'.repeat(30),
    };
    expect(await faultsOf(profiles.update(viewer, most))).toEqual([]);
    const tooLong = Object.fromEntries(Object.entries(most).map(([name, text]) => [name, `${text}1`]));
    expect(await faultsOf(profiles.update(viewer, tooLong))).toEqual([
      ['TOO_LONG', 'input.fullName'],
      ['TOO_LONG', 'input.bio'],
      ['TOO_LONG', 'input.location'],
      ['TOO_LONG', 'input.phone'],
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.org/',
    'https://a:b@example.org/',
  ])('has only web addresses, not %s', async (address) => {
    const { profiles, viewer } = await signedIn(address.replace(/\W/g, '').slice(0, 30));
    expect(await faultsOf(profiles.update(viewer, { avatarUrl: address, website: address }))).toEqual([
      ['INVALID', 'input.avatarUrl'],
      ['INVALID', 'input.website'],
    ]);
  });

  it('loses the characters that turn what is shown, as the full name of a new account does', async () => {
    const { profiles, viewer } = await signedIn('kit');
    const text = '\u202AKit\u202C \u2067سارة\u2069\u202E';
    expect(await profiles.update(viewer, { fullName: text, bio: text, location: text })).toMatchObject({
      fullName: 'Kit سارة',
      bio: 'Kit سارة',
      location: 'Kit سارة',
    });
    expect(await profiles.update(viewer, { location: '\u2066\u2069' })).toMatchObject({ location: null });
  });

  it('has no control characters', async () => {
    const { profiles, viewer } = await signedIn('kim');
    for (const text of ['a\0b', 'a\u001Bb'])
      expect(await faultsOf(profiles.update(viewer, { fullName: text, bio: text, location: text }))).toEqual([
        ['INVALID', 'input.fullName'],
        ['INVALID', 'input.bio'],
        ['INVALID', 'input.location'],
      ]);
    expect(await faultsOf(profiles.update(viewer, { phone: 'call me' }))).toEqual([['INVALID', 'input.phone']]);
  });
});
