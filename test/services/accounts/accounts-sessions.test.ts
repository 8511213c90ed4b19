import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TokenSigner } from '../../../src/auth/tokens.ts';
import type { Database } from '../../../src/db/database.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { accountsOn, PASSWORD, registered } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const DEVICE = { ipAddress: '203.0.113.7', userAgent: 'a test' };
const DAY = 24 * 60 * 60;
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const refused = expect.objectContaining({ name: 'AuthError', code: 'UNAUTHENTICATED' });

/** A newly registered user, and the services of one API process. */
async function signedIn(username: string) {
  const services = accountsOn(db);
  const { user, tokens } = await registered(
    services.accounts,
    { username, email: `${username}@example.org`, password: PASSWORD },
    DEVICE,
  );
  const viewer = await services.accounts.viewerOf(tokens.accessToken);
  return { ...services, user, tokens, viewer, refresh: (token: string) => services.accounts.refresh(token, DEVICE) };
}

describe('A session', () => {
  it('is found only by its owner, until it ends', async () => {
    const { accounts, viewer } = await signedIn('ines');
    const otherUser = await signedIn('joan');
    const found = { id: viewer.sessionId, ...DEVICE, isCurrent: true };
    expect(await accounts.findSession(viewer, viewer.sessionId)).toMatchObject(found);
    const { tokens } = await accounts.login({ identifier: 'ines', password: PASSWORD }, DEVICE);
    const elsewhere = await accounts.viewerOf(tokens.accessToken);
    expect(await accounts.findSession(elsewhere, viewer.sessionId)).toMatchObject({ ...found, isCurrent: false });
    expect(await accounts.findSession(otherUser.viewer, viewer.sessionId)).toBeNull();
    await accounts.logout(viewer, false, DEVICE);
    expect(await accounts.findSession(elsewhere, viewer.sessionId)).toBeNull();
  });
});

describe('Refreshing', () => {
  it('returns new tokens for the same session, again and again', async () => {
    const { accounts, tokens, viewer, refresh } = await signedIn('ann');
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.tokens.refreshToken);
    expect(new Set([tokens, second.tokens, third.tokens].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect(third.user.id).toBe(viewer.userId);
    expect((await accounts.viewerOf(third.tokens.accessToken)).sessionId).toBe(viewer.sessionId);
  });

  it('answers a used token with the one that replaced it, for 10 seconds', async () => {
    const { accounts, tokens, viewer, refresh } = await signedIn('bea');
    const second = await refresh(tokens.refreshToken);
    await letPass(viewer.sessionId, 9);
    const again = await refresh(tokens.refreshToken);
    expect(jtiOf(again.tokens.refreshToken)).toBe(jtiOf(second.tokens.refreshToken));
    expect(await accounts.viewerOf(again.tokens.accessToken)).toMatchObject({ sessionId: viewer.sessionId });
    await refresh(again.tokens.refreshToken);
  });

  it('revokes the whole family when a token is used again after that', async () => {
    const { accounts, ended, tokens, viewer, refresh } = await signedIn('cleo');
    const second = await refresh(tokens.refreshToken);
    await letPass(viewer.sessionId, 10.5);
    await expect(refresh(tokens.refreshToken)).rejects.toEqual(refused);
    await expect(refresh(second.tokens.refreshToken)).rejects.toEqual(refused);
    await expect(accounts.viewerOf(second.tokens.accessToken)).rejects.toEqual(refused);
    expect(ended).toEqual([viewer.sessionId]);
    expect(await reasonOf(viewer.sessionId)).toBe('REUSE');
  });

  it('revokes the family for a token two steps old, however soon it is used', async () => {
    const { ended, tokens, viewer, refresh } = await signedIn('dora');
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.tokens.refreshToken);
    await expect(refresh(tokens.refreshToken)).rejects.toEqual(refused);
    await expect(refresh(third.tokens.refreshToken)).rejects.toEqual(refused);
    expect(ended).toEqual([viewer.sessionId]);
  });

  it('then keeps other sessions of the user', async () => {
    const { accounts, tokens, viewer, refresh } = await signedIn('emil');
    const other = await accounts.login({ identifier: 'emil', password: PASSWORD }, DEVICE);
    await refresh(tokens.refreshToken);
    await letPass(viewer.sessionId, 11);
    await expect(refresh(tokens.refreshToken)).rejects.toEqual(refused);
    await refresh(other.tokens.refreshToken);
  });

  it('gives two racing tabs the same token', async () => {
    const { tokens, viewer, refresh } = await signedIn('flora');
    const tabs = await Promise.all(Array.from({ length: 5 }, () => refresh(tokens.refreshToken)));
    expect(new Set(tabs.map((tab) => jtiOf(tab.tokens.refreshToken))).size).toBe(1);
    await letPass(viewer.sessionId, 900);
    await refresh(tabs[4]?.tokens.refreshToken ?? '');
  });

  it('keeps a session for 30 days after its last use', async () => {
    const { tokens, viewer, refresh } = await signedIn('gina');
    await letPass(viewer.sessionId, 29 * DAY);
    const second = await refresh(tokens.refreshToken);
    await letPass(viewer.sessionId, 30 * DAY - 60);
    const third = await refresh(second.tokens.refreshToken);
    await letPass(viewer.sessionId, 30 * DAY + 1);
    await expect(refresh(third.tokens.refreshToken)).rejects.toEqual(refused);
  });

  it('records the device that it was used from', async () => {
    const { accounts, tokens, viewer } = await signedIn('hugo');
    await accounts.refresh(tokens.refreshToken, { ipAddress: '198.51.100.9', userAgent: 'another' });
    const row = await db.sql().selectFrom('sessions').selectAll().where('id', '=', viewer.sessionId).executeTakeFirst();
    expect(row).toMatchObject({ ip_address: '198.51.100.9', user_agent: 'another' });
  });

  it('refuses an access token, a forged token and one of another installation', async () => {
    const { tokens, viewer, refresh } = await signedIn('ida');
    const jti = String(jtiOf(tokens.refreshToken));
    const foreign = new TokenSigner('another secret, just as long as ours is').refresh({ ...viewer, jti });
    for (const token of [tokens.accessToken, '', `${tokens.refreshToken}x`, foreign])
      await expect(refresh(token)).rejects.toEqual(refused);
    await refresh(tokens.refreshToken);
  });

  it('refuses a deactivated user', async () => {
    const { tokens, user, refresh } = await signedIn('jane');
    await db.sql().updateTable('users').set({ is_active: false }).where('id', '=', user.id).execute();
    await expect(refresh(tokens.refreshToken)).rejects.toEqual(refused);
  });
});

describe('Signing out', () => {
  it('ends only this session, at once and in every process', async () => {
    const { accounts, ended, tokens, viewer, refresh } = await signedIn('kurt');
    const other = await accounts.login({ identifier: 'kurt', password: PASSWORD }, DEVICE);
    expect(await accounts.logout(viewer, false, DEVICE)).toBe(1);
    const elsewhere = accountsOn(db).accounts;
    await expect(elsewhere.viewerOf(tokens.accessToken)).rejects.toEqual(refused);
    await expect(refresh(tokens.refreshToken)).rejects.toEqual(refused);
    expect(await elsewhere.viewerOf(other.tokens.accessToken)).toMatchObject({ userId: viewer.userId });
    expect(ended).toEqual([viewer.sessionId]);
    expect(await reasonOf(viewer.sessionId)).toBe('LOGOUT');
  });

  it('ends all of the user’s sessions where requested, and no others', async () => {
    const { accounts, ended, viewer } = await signedIn('lola');
    const otherUser = await signedIn('mona');
    const other = await accounts.login({ identifier: 'lola', password: PASSWORD }, DEVICE);
    expect(await accounts.logout(viewer, true, DEVICE)).toBe(2);
    await expect(accounts.viewerOf(other.tokens.accessToken)).rejects.toEqual(refused);
    expect(ended).toHaveLength(2);
    expect(await accounts.viewerOf(otherUser.tokens.accessToken)).toMatchObject({ username: 'mona' });
  });

  it('counts only sessions that had not ended before', async () => {
    const { accounts, viewer } = await signedIn('nora');
    expect(await accounts.logout(viewer, false, DEVICE)).toBe(1);
    expect(await accounts.logout(viewer, true, DEVICE)).toBe(0);
  });
});

describe('The viewer behind a token', () => {
  it('has the current roles and permissions, not those of the token', async () => {
    const { accounts, administration, tokens, user } = await signedIn('olga');
    await administration.grantRole(COMMAND_LINE, { userId: user.id, role: 'ADMIN' });
    const viewer = await accounts.viewerOf(tokens.accessToken);
    expect(viewer.roles).toEqual(['CREATOR', 'ADMIN']);
    expect(viewer.permissions.has('ADMIN_USER_MANAGE')).toBe(true);
  });

  it('loses a role when its grant ends', async () => {
    const { accounts, administration, users, tokens, user } = await signedIn('paul');
    await administration.grantRole(COMMAND_LINE, {
      userId: user.id,
      role: 'PREMIUM',
      expiresAt: new Date(Date.now() + 60_000),
    });
    expect((await accounts.viewerOf(tokens.accessToken)).roles).toEqual(['CREATOR', 'PREMIUM']);
    await db
      .em()
      .execute("update user_roles set expires_at = now() - interval '1 ms' where user_id = ? and role = 'PREMIUM'", [
        user.id,
      ]);
    const viewer = await accounts.viewerOf(tokens.accessToken);
    expect(viewer.roles).toEqual(['CREATOR']);
    expect(viewer.permissions.has('VIDEO_PUBLISH')).toBe(false);
    expect((await users.rolesOf([user.id])).flat().map(({ role }) => role)).toEqual(['CREATOR']);
    const { tokens: renewed } = await accounts.refresh(tokens.refreshToken, DEVICE);
    expect(claimsOf(renewed.accessToken)).toMatchObject({ roles: ['CREATOR'] });
  });

  it('may have no role at all', async () => {
    const { accounts, tokens, user } = await signedIn('quinn');
    await db.sql().deleteFrom('user_roles').where('user_id', '=', user.id).execute();
    expect(await accounts.viewerOf(tokens.accessToken)).toMatchObject({ roles: [], permissions: new Set() });
  });

  it('has the expiry of the token', async () => {
    const { viewer } = await signedIn('rosa');
    const seconds = (viewer.tokenExpiresAt.getTime() - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(890);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it('is rejected once the token has expired', async () => {
    const { tokens } = await signedIn('sven');
    const later = accountsOn(db, { now: () => Date.now() + 901_000 });
    await expect(later.accounts.viewerOf(tokens.accessToken)).rejects.toEqual(refused);
  });

  it('is rejected once the user was deactivated or deleted', async () => {
    const { accounts, tokens, user } = await signedIn('tara');
    const row = db.sql().updateTable('users').where('id', '=', user.id);
    await row.set({ is_active: false }).execute();
    await expect(accounts.viewerOf(tokens.accessToken)).rejects.toEqual(refused);
    await row.set({ is_active: true }).execute();
    expect(await accounts.viewerOf(tokens.accessToken)).toMatchObject({ username: 'tara' });
    await db.sql().deleteFrom('users').where('id', '=', user.id).execute();
    await expect(accounts.viewerOf(tokens.accessToken)).rejects.toEqual(refused);
  });

  it('is not found by a refresh token', async () => {
    const { accounts, tokens } = await signedIn('ugo');
    await expect(accounts.viewerOf(tokens.refreshToken)).rejects.toEqual(refused);
  });

  it('is rejected once the session has ended', async () => {
    const { accounts, tokens, viewer } = await signedIn('vera');
    await letPass(viewer.sessionId, 30 * DAY + 1);
    await expect(accounts.viewerOf(tokens.accessToken)).rejects.toEqual(refused);
  });
});

/** As if this many seconds had passed since the session was used. */
async function letPass(sessionId: string, seconds: number): Promise<void> {
  await db.em().execute(
    `update sessions set expires_at = expires_at - make_interval(secs => ?),
      rotated_at = rotated_at - make_interval(secs => ?) where id = ?`,
    [seconds, seconds, sessionId],
  );
}

async function reasonOf(sessionId: string): Promise<string | null | undefined> {
  const query = db.sql().selectFrom('sessions').select('revoke_reason').where('id', '=', sessionId);
  return (await query.executeTakeFirst())?.revoke_reason;
}

function claimsOf(token: string): object {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return typeof claims === 'object' && claims !== null ? claims : {};
}

function jtiOf(token: string): unknown {
  const claims = claimsOf(token);
  return 'jti' in claims ? claims.jti : undefined;
}
