import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { encodeId } from '../../../src/ids.ts';
import { type AccountOptions, accountsOn, faultsOf, PASSWORD, registered } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const DEVICE = { ipAddress: '203.0.113.7', userAgent: 'a test' };
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const refused = expect.objectContaining({ name: 'AuthError', code: 'UNAUTHENTICATED' });

/** A newly registered user, and the services of one API process. */
async function signedIn(username: string, options: AccountOptions = {}) {
  const services = accountsOn(db, options);
  const input = { username, email: `${username}@example.org`, password: PASSWORD };
  const { user, tokens } = await registered(services.accounts, input, DEVICE);
  const viewer = await services.accounts.viewerOf(tokens.accessToken);
  return { ...services, user, tokens, viewer, refresh: (token: string) => services.accounts.refresh(token, DEVICE) };
}

describe('The list of sessions', () => {
  it('has the live ones, the one used last first, and says which is the current one', async () => {
    const { accounts, sessions, tokens, viewer } = await signedIn('wanda');
    const phone = await accounts.login(
      { identifier: 'wanda', password: PASSWORD },
      { ...DEVICE, userAgent: 'a phone' },
    );
    const old = await accounts.login({ identifier: 'wanda', password: PASSWORD }, DEVICE);
    await accounts.logout(await accounts.viewerOf(old.tokens.accessToken), false, DEVICE);
    await accounts.refresh(tokens.refreshToken, DEVICE);
    const phoneId = (await accounts.viewerOf(phone.tokens.accessToken)).sessionId;
    expect(await sessions.list(viewer)).toMatchObject([
      { id: viewer.sessionId, userAgent: 'a test', isCurrent: true },
      { id: phoneId, userAgent: 'a phone', isCurrent: false },
    ]);
  });

  it('lets a user end another of their sessions, at once and in every process, and none of another user', async () => {
    const { accounts, sessions, ended, viewer } = await signedIn('xenia');
    const other = await signedIn('yara');
    const phone = await accounts.login({ identifier: 'xenia', password: PASSWORD }, DEVICE);
    const phoneViewer = await accounts.viewerOf(phone.tokens.accessToken);
    for (const id of [other.viewer.sessionId, viewer.userId])
      expect(await faultsOf(sessions.revoke(viewer, id, DEVICE))).toEqual([['NOT_FOUND', 'id']]);
    await sessions.revoke(viewer, phoneViewer.sessionId, DEVICE);
    await expect(accounts.viewerOf(phone.tokens.accessToken)).rejects.toEqual(refused);
    await expect(accounts.refresh(phone.tokens.refreshToken, DEVICE)).rejects.toEqual(refused);
    expect(ended).toEqual([phoneViewer.sessionId]);
    expect(await faultsOf(sessions.revoke(viewer, phoneViewer.sessionId, DEVICE))).toEqual([['NOT_FOUND', 'id']]);
    expect(await accounts.viewerOf(other.tokens.accessToken)).toMatchObject({ username: 'yara' });
  });

  it('is limited: where one more begins, the one used longest ago ends', async () => {
    const { accounts, sessions, ended, viewer } = await signedIn('zora', { sessionsPerUser: 3 });
    for (let i = 0; i < 3; i++) await accounts.login({ identifier: 'zora', password: PASSWORD }, DEVICE);
    expect(ended).toEqual([viewer.sessionId]);
    expect(await sessions.list(viewer)).toHaveLength(3);
    expect(await reasonOf(viewer.sessionId)).toBe('LIMIT');
  });
});

describe('The audit log of sessions', () => {
  it('has registration, signing out, a session that was ended and a token that was used twice', async () => {
    const before = await auditOf();
    const { accounts, sessions, tokens, viewer, refresh, user } = await signedIn('anna');
    const phone = await accounts.login({ identifier: 'anna', password: PASSWORD }, DEVICE);
    const phoneId = (await accounts.viewerOf(phone.tokens.accessToken)).sessionId;
    await sessions.revoke(viewer, phoneId, DEVICE);
    await refresh(tokens.refreshToken);
    await sql`update sessions set rotated_at = now() - interval '11 seconds'`.execute(db.sql());
    await expect(refresh(tokens.refreshToken)).rejects.toEqual(refused);
    const third = await accounts.login({ identifier: 'anna', password: PASSWORD }, DEVICE);
    await accounts.logout(await accounts.viewerOf(third.tokens.accessToken), true, DEVICE);
    const target = encodeId('user', user.id);
    expect((await auditOf()).slice(before.length)).toEqual([
      ['account.register', 'SUCCESS', user.id, target],
      ['session.create', 'SUCCESS', user.id, target],
      ['session.revoke', 'SUCCESS', user.id, encodeId('session', phoneId)],
      ['session.reuse', 'DENIED', null, target],
      ['session.create', 'SUCCESS', user.id, target],
      ['session.revoke', 'SUCCESS', user.id, target],
    ]);
  });
});

async function auditOf() {
  const rows = await db.sql().selectFrom('audit_log').selectAll().orderBy('seq').execute();
  return rows.map((row) => [row.action, row.outcome, row.actor_id, row.target]);
}

async function reasonOf(sessionId: string): Promise<string | null | undefined> {
  const query = db.sql().selectFrom('sessions').select('revoke_reason').where('id', '=', sessionId);
  return (await query.executeTakeFirst())?.revoke_reason;
}
