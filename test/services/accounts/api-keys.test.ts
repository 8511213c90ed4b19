import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Permission, Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import type { Role } from '../../../src/entities/enums.ts';
import { encodeId } from '../../../src/ids.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { accountsOn, faultsOf, PASSWORD } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { until } from '../../helpers/until.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql().deleteFrom('users').execute();
});

const refused = { name: 'AuthError', code: 'UNAUTHENTICATED' };

async function person(username: string, role: Role = 'CREATOR') {
  const services = accountsOn(db);
  await services.accounts.createUser({ username, email: `${username}@example.org`, password: PASSWORD, role });
  const device = { ipAddress: '203.0.113.7', userAgent: null };
  const { tokens } = await services.accounts.login({ identifier: username, password: PASSWORD }, device);
  const viewer = await services.accounts.viewerOf(tokens.accessToken);
  const actor = { viewer, ipAddress: '203.0.113.7' };
  const create = (permissions: readonly Permission[] = ['VIDEO_READ'], expiresAt: Date | null = null) =>
    services.apiKeys.create(actor, { name: 'uploads', permissions, expiresAt });
  return { ...services, viewer, actor, create };
}

const have = ({ permissions }: Viewer) => [...permissions].toSorted();

describe('An API key', () => {
  it('is shown once, and stored as a hash', async () => {
    const { create, apiKeys, viewer } = await person('ann');
    const { apiKey, secret } = await create();
    expect(secret).toMatch(/^av_[0-9a-f]{12}_[\w-]{43}$/);
    expect(secret.startsWith(`${apiKey.prefix}_`)).toBe(true);
    expect(await apiKeys.list(viewer)).toEqual([apiKey]);
    const { rows } = { rows: await db.em().execute('select * from api_keys') };
    expect(JSON.stringify(rows)).not.toContain(secret.slice(16));
  });

  it('has those permissions that both it and its owner have at that moment', async () => {
    const { create, keyOwners, administration, viewer } = await person('ann', 'PREMIUM');
    const { secret, apiKey } = await create(['VIDEO_READ', 'VIDEO_PUBLISH']);
    const found = await keyOwners.viewerOf(secret);
    expect(found).toMatchObject({ userId: viewer.userId, sessionId: apiKey.id, apiKeyId: apiKey.id });
    expect(have(found)).toEqual(['VIDEO_PUBLISH', 'VIDEO_READ']);
    await administration.grantRole(COMMAND_LINE, { userId: viewer.userId, role: 'USER' });
    await administration.revokeRole(COMMAND_LINE, { userId: viewer.userId, role: 'PREMIUM' });
    expect(have(await keyOwners.viewerOf(secret))).toEqual(['VIDEO_READ']);
    await administration.grantRole(COMMAND_LINE, { userId: viewer.userId, role: 'SUPER_ADMIN' });
    expect(have(await keyOwners.viewerOf(secret))).toEqual(['VIDEO_PUBLISH', 'VIDEO_READ']);
  });

  it.each([
    ['was revoked', 'update api_keys set revoked_at = now()'],
    ['has expired', 'update api_keys set expires_at = now()'],
    ['belongs to an inactive user', 'update users set is_active = false'],
    ['belonged to a deleted user', 'delete from users'],
  ])('is refused when it %s', async (_when, statement) => {
    const { create, keyOwners } = await person('ann');
    const { secret } = await create();
    await db.em().execute(statement);
    await expect(keyOwners.viewerOf(secret)).rejects.toMatchObject(refused);
  });

  it('is refused when any part of it is changed', async () => {
    const { create, keyOwners } = await person('ann');
    const [{ secret }, { secret: other }] = [await create(), await create()];
    const changed = (at: number) => `${secret.slice(0, at)}${secret[at] === 'a' ? 'b' : 'a'}${secret.slice(at + 1)}`;
    const wrong = [changed(3), changed(16), changed(58), `${secret}a`, secret.slice(0, -1), secret.toUpperCase()];
    const swapped = secret.slice(0, 16) + other.slice(16);
    for (const key of [...wrong, swapped, secret.slice(0, 15), 'av_', 'av_\0'])
      await expect(keyOwners.viewerOf(key), key).rejects.toMatchObject(refused);
    await keyOwners.viewerOf(secret);
  });

  it('records its use once a minute', async () => {
    const { create, keyOwners, apiKeys, viewer } = await person('ann');
    const { secret } = await create();
    const lastUse = async () => (await apiKeys.list(viewer))[0]?.lastUsedAt ?? null;
    await keyOwners.viewerOf(secret);
    await until('the use is recorded', async () => (await lastUse()) !== null);
    const first = await lastUse();
    await Promise.all(Array.from({ length: 5 }, () => keyOwners.viewerOf(secret)));
    expect(await lastUse()).toEqual(first);
    await db.em().execute("update api_keys set last_used_at = now() - interval '61 s'");
    await keyOwners.viewerOf(secret);
    await until('the next use is recorded', async () => Number(await lastUse()) >= Number(first));
  });

  it('can be revoked by its owner alone, once, and its connections are ended', async () => {
    const ann = await person('ann');
    const { apiKey } = await ann.create();
    const ben = await person('ben');
    expect(await ben.apiKeys.find(ben.viewer, apiKey.id)).toBeNull();
    expect(await faultsOf(ben.apiKeys.revoke(ben.actor, apiKey.id))).toEqual([['NOT_FOUND', 'id']]);
    await ann.apiKeys.revoke(ann.actor, apiKey.id);
    expect(ann.ended).toEqual([apiKey.id]);
    expect(await faultsOf(ann.apiKeys.revoke(ann.actor, apiKey.id))).toEqual([['INVALID_STATE', 'id']]);
    expect(await ann.apiKeys.list(ann.viewer)).toMatchObject([{ id: apiKey.id, revokedAt: expect.any(Date) }]);
  });

  it('leaves an entry in the audit log when it is made and when it is revoked', async () => {
    const { create, apiKeys, auditLog, actor, viewer } = await person('ann');
    const { apiKey } = await create();
    await apiKeys.revoke(actor, apiKey.id);
    const { rows } = await auditLog.page({ first: 2, actorId: viewer.userId });
    const facts = { target: encodeId('key', apiKey.id), outcome: 'SUCCESS', ipAddress: '203.0.113.7' };
    expect(rows).toMatchObject([
      { action: 'api_key.revoke', ...facts },
      { action: 'api_key.create', ...facts, details: { permissions: 'VIDEO_READ', expiresAt: null } },
    ]);
  });
});

describe('Making an API key', () => {
  it('reports every error of the input at once', async () => {
    const { apiKeys, actor } = await person('ann');
    const wrong = { name: ' ', permissions: ['ADMIN_USER_MANAGE', 'VIDEO_READ'] as const, expiresAt: new Date(0) };
    expect(await faultsOf(apiKeys.create(actor, wrong))).toEqual([
      ['REQUIRED', 'input.name'],
      ['INVALID', 'input.permissions'],
      ['INVALID', 'input.expiresAt'],
    ]);
    expect(await faultsOf(apiKeys.create(actor, { name: 'x'.repeat(101), permissions: [] }))).toEqual([
      ['TOO_LONG', 'input.name'],
      ['REQUIRED', 'input.permissions'],
    ]);
    expect(await faultsOf(apiKeys.create(actor, { name: 'a\nb', permissions: ['VIDEO_READ'] }))).toEqual([
      ['INVALID', 'input.name'],
    ]);
  });

  it('allows fifty live keys, also to concurrent requests', async () => {
    const { create } = await person('ann');
    const tries = await Promise.all(Array.from({ length: 53 }, () => faultsOf(create())));
    expect(tries.filter((faults) => faults.length === 0)).toHaveLength(50);
    await db
      .em()
      .execute('update api_keys set revoked_at = now() where id = (select min(id::text)::uuid from api_keys)');
    expect(await faultsOf(create())).toEqual([]);
    expect(await faultsOf(create())).toEqual([['INVALID_STATE', undefined]]);
  });
});
