import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import type { Role } from '../../../src/entities/enums.ts';
import { encodeId } from '../../../src/ids.ts';
import { type Actor, COMMAND_LINE, entryOf } from '../../../src/services/audit/actor.ts';
import { appendAudit } from '../../../src/services/audit/audit-store.ts';
import { verifyAudit } from '../../../src/services/audit/audit-verification.ts';
import { QuotaService } from '../../../src/services/quotas/quota.service.ts';
import { accountsOn, faultsOf, PASSWORD } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql().deleteFrom('users').execute();
});

const IN_AN_HOUR = new Date(Date.now() + 3_600_000);
const forbidden = { name: 'AuthError', code: 'FORBIDDEN' };

async function person(username: string, role: Role) {
  const services = accountsOn(db);
  const { id } = await services.accounts.createUser({
    username,
    email: `${username}@example.org`,
    password: PASSWORD,
    role,
  });
  const signIn = () =>
    services.accounts.login({ identifier: username, password: PASSWORD }, { ipAddress: null, userAgent: null });
  const { tokens } = await signIn();
  const actor: Actor = { viewer: await services.accounts.viewerOf(tokens.accessToken), ipAddress: '203.0.113.7' };
  return { ...services, id, actor, tokens, signIn };
}

const rolesOf = async (userId: string) =>
  (await db.sql().selectFrom('user_roles').select('role').where('user_id', '=', userId).orderBy('role').execute()).map(
    ({ role }) => role,
  );

describe('Ranks', () => {
  it('let an administrator act on users up to their own rank, and on no higher one', async () => {
    const admin = await person('admin', 'ADMIN');
    const root = await person('root', 'SUPER_ADMIN');
    const peer = await person('peer', 'ADMIN');
    const { administration, actor } = admin;
    const quotas = new QuotaService(db);
    const quota = { type: 'VIDEO', period: 'DAILY' } as const;
    const acts = (userId: string) => [
      () => administration.grantRole(actor, { userId, role: 'PREMIUM' }),
      () => administration.revokeRole(actor, { userId, role: 'PREMIUM' }),
      () => administration.setPlan(actor, { userId, plan: 'PREMIUM', autoRenew: true }),
      () => quotas.setLimit(actor, { ...quota, userId }, 7),
      () => administration.setActive(actor, userId, false),
      () => administration.deleteUser(actor, userId),
    ];
    for (const act of acts(root.id)) await expect(act()).rejects.toMatchObject(forbidden);
    for (const act of acts(peer.id)) await act();
    expect(await rolesOf(root.id)).toEqual(['SUPER_ADMIN']);
    expect(await quotas.quotasOf(root.id)).not.toContainEqual(expect.objectContaining({ limit: 7 }));
    expect(await rolesOf(peer.id)).toEqual([]);
  });

  it('keep a role above one’s own from being granted or revoked', async () => {
    const { administration, actor } = await person('admin', 'ADMIN');
    const ann = await person('ann', 'CREATOR');
    const grant = { userId: ann.id, role: 'SUPER_ADMIN' } as const;
    await expect(administration.grantRole(actor, grant)).rejects.toMatchObject(forbidden);
    await expect(administration.revokeRole(actor, grant)).rejects.toMatchObject(forbidden);
    await administration.grantRole(actor, { ...grant, role: 'ADMIN' });
    expect(await rolesOf(ann.id)).toEqual(['ADMIN', 'CREATOR']);
  });
});

describe('A role', () => {
  it('is never GUEST, which is a caller who is not signed in', async () => {
    const { administration, id } = await person('ann', 'USER');
    expect(await faultsOf(administration.grantRole(COMMAND_LINE, { userId: id, role: 'GUEST' }))).toEqual([
      ['INVALID', 'role'],
    ]);
    expect(await faultsOf(administration.revokeRole(COMMAND_LINE, { userId: id, role: 'GUEST' }))).toEqual([
      ['INVALID', 'role'],
    ]);
  });

  it('that the user does not have is not revoked', async () => {
    const { administration, id } = await person('ann', 'USER');
    expect(await faultsOf(administration.revokeRole(COMMAND_LINE, { userId: id, role: 'ADMIN' }))).toEqual([
      ['INVALID_STATE', 'role'],
    ]);
  });
});

describe('The last SUPER_ADMIN', () => {
  const last = [['INVALID_STATE', 'userId']];

  it('stays, whatever is tried', async () => {
    const { administration, actor, id } = await person('root', 'SUPER_ADMIN');
    const role = 'SUPER_ADMIN';
    expect(await faultsOf(administration.revokeRole(actor, { userId: id, role }))).toEqual(last);
    expect(await faultsOf(administration.setActive(actor, id, false))).toEqual(last);
    expect(await faultsOf(administration.deleteUser(COMMAND_LINE, id))).toEqual(last);
    expect(await faultsOf(administration.grantRole(actor, { userId: id, role, expiresAt: IN_AN_HOUR }))).toEqual(last);
    expect(await rolesOf(id)).toEqual(['SUPER_ADMIN']);
  });

  it('is one who is active, and whose role does not expire', async () => {
    const { administration, id } = await person('root', 'SUPER_ADMIN');
    const other = await person('other', 'SUPER_ADMIN');
    const revoke = () => administration.revokeRole(COMMAND_LINE, { userId: id, role: 'SUPER_ADMIN' });
    await administration.setActive(COMMAND_LINE, other.id, false);
    expect(await faultsOf(revoke())).toEqual(last);
    await administration.setActive(COMMAND_LINE, other.id, true);
    await administration.grantRole(COMMAND_LINE, { userId: other.id, role: 'SUPER_ADMIN', expiresAt: IN_AN_HOUR });
    expect(await faultsOf(revoke())).toEqual(last);
    await administration.grantRole(COMMAND_LINE, { userId: other.id, role: 'SUPER_ADMIN' });
    await revoke();
  });

  it('is left when two revoke each other, deactivate or delete each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await person(`one-${round}`, 'SUPER_ADMIN'), await person(`other-${round}`, 'SUPER_ADMIN')];
      const role = 'SUPER_ADMIN';
      const tries = [
        one.administration.revokeRole(one.actor, { userId: other.id, role }),
        round % 2 === 0
          ? other.administration.setActive(other.actor, one.id, false)
          : other.administration.deleteUser(other.actor, one.id),
      ];
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      await db.sql().deleteFrom('users').execute();
    }
  });
});

describe('An inactive user', () => {
  it('is refused at once, with ended sessions that do not begin again', async () => {
    const admin = await person('admin', 'ADMIN');
    const { accounts, id, tokens, actor, signIn } = await person('ann', 'CREATOR');
    await admin.administration.setActive(admin.actor, id, false);
    expect(admin.ended).toEqual([actor.viewer?.sessionId]);
    await expect(accounts.viewerOf(tokens.accessToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await faultsOf(admin.administration.setActive(admin.actor, id, false))).toEqual([
      ['INVALID_STATE', 'isActive'],
    ]);
    await admin.administration.setActive(admin.actor, id, true);
    await expect(accounts.viewerOf(tokens.accessToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await signIn();
  });
});

describe('A plan', () => {
  const plansOf = async (userId: string) =>
    await db
      .sql()
      .selectFrom('user_subscriptions')
      .select(['plan', 'status', 'closed_at', 'processor_reference_encrypted as reference'])
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute();
  const dailyVideos = async (userId: string) =>
    (await new QuotaService(db).quotasOf(userId)).find(({ type, period }) => type === 'VIDEO' && period === 'DAILY')
      ?.limit;

  it('replaces the one before, which stays in the history, and quotas follow', async () => {
    const { administration, users, id } = await person('ann', 'CREATOR');
    const free = await dailyVideos(id);
    await administration.setPlan(COMMAND_LINE, { userId: id, plan: 'PREMIUM', autoRenew: false, endsAt: IN_AN_HOUR });
    expect(await plansOf(id)).toMatchObject([
      { plan: 'FREE', status: 'CANCELED', closed_at: expect.any(Date) },
      { plan: 'PREMIUM', status: 'ACTIVE', closed_at: null },
    ]);
    expect(await users.subscriptionsOf([id])).toMatchObject([{ plan: 'PREMIUM', status: 'ACTIVE', autoRenew: false }]);
    expect(await dailyVideos(id)).toBeGreaterThan(free ?? Number.POSITIVE_INFINITY);
    await db.em().execute('update user_subscriptions set ends_at = now() where closed_at is null');
    expect(await users.subscriptionsOf([id])).toMatchObject([{ plan: 'PREMIUM', status: 'EXPIRED' }]);
    expect(await dailyVideos(id)).toBe(free);
    await administration.setPlan(COMMAND_LINE, { userId: id, plan: 'CREATOR', autoRenew: true });
    expect((await plansOf(id)).map(({ plan, status }) => [plan, status])).toEqual([
      ['FREE', 'CANCELED'],
      ['PREMIUM', 'EXPIRED'],
      ['CREATOR', 'ACTIVE'],
    ]);
  });

  it('is one at a time, however many are set at once', async () => {
    const { administration, id } = await person('ann', 'CREATOR');
    const set = () => administration.setPlan(COMMAND_LINE, { userId: id, plan: 'PREMIUM', autoRenew: true });
    await Promise.all(Array.from({ length: 5 }, set));
    expect((await plansOf(id)).filter(({ closed_at }) => closed_at === null)).toHaveLength(1);
  });

  it('keeps the reference of a payment processor encrypted, bound to its row, and out of the log', async () => {
    const { administration, auditLog, cipher, id } = await person('ann', 'CREATOR');
    const processorReference = 'sub_1234';
    await administration.setPlan(COMMAND_LINE, { userId: id, plan: 'PREMIUM', autoRenew: true, processorReference });
    const [row] = await db
      .sql()
      .selectFrom('user_subscriptions')
      .select(['id', 'processor_reference_encrypted as reference'])
      .where('closed_at', 'is', null)
      .execute();
    expect(row?.reference).not.toContain(processorReference);
    expect(cipher.decrypt(row?.reference ?? '', `user_subscriptions.processor_reference:${row?.id}`)).toBe('sub_1234');
    expect(JSON.stringify(await auditLog.page({ first: 5, action: 'plan.set' }))).not.toContain(processorReference);
  });

  it('needs an end in the future, and a reference of 200 characters at most', async () => {
    const { administration, id } = await person('ann', 'CREATOR');
    const wrong = { userId: id, plan: 'PREMIUM', autoRenew: true, endsAt: new Date(0) } as const;
    const tooLong = { ...wrong, processorReference: 'x'.repeat(201) };
    expect(await faultsOf(administration.setPlan(COMMAND_LINE, tooLong))).toEqual([
      ['INVALID', 'endsAt'],
      ['TOO_LONG', 'processorReference'],
    ]);
  });
});

describe('Every act on an account', () => {
  it('leaves an entry with who, on whom, from where, in the transaction of the act', async () => {
    const { administration, actor, auditLog } = await person('root', 'SUPER_ADMIN');
    const ann = await person('ann', 'CREATOR');
    const userId = ann.id;
    const actorId = actor.viewer?.userId ?? '';
    await administration.grantRole(actor, { userId, role: 'PREMIUM' });
    await administration.revokeRole(COMMAND_LINE, { userId, role: 'PREMIUM' });
    await administration.setPlan(actor, { userId, plan: 'PREMIUM', autoRenew: true });
    await administration.setActive(actor, userId, false);
    await faultsOf(administration.setActive(actor, userId, false));
    const { rows } = await auditLog.page({ first: 4 });
    const target = encodeId('user', userId);
    const byActor = { actorId, target, outcome: 'SUCCESS', ipAddress: '203.0.113.7' };
    expect(rows).toMatchObject([
      { action: 'user.deactivate', ...byActor, details: null },
      { action: 'plan.set', ...byActor, details: { plan: 'PREMIUM', endsAt: null, autoRenew: true } },
      { action: 'role.revoke', actorId: null, ipAddress: null, details: { role: 'PREMIUM', via: 'command line' } },
      { action: 'role.grant', ...byActor, details: { role: 'PREMIUM', expiresAt: null } },
    ]);
    await administration.deleteUser(actor, userId);
    const { rows: after } = await auditLog.page({ first: 5 });
    expect(after.map(({ action, target: of }) => [action, of])).toEqual([
      ['user.delete', target],
      ['user.deactivate', null],
      ['plan.set', null],
      ['role.revoke', null],
      ['role.grant', null],
    ]);
    expect(await verifyAudit(db)).toMatchObject({ problem: null });
  });
});

describe('The audit log', () => {
  it('is read in pages, newest first, by actor and by action', async () => {
    const { auditLog, actor } = await person('root', 'SUPER_ADMIN');
    const ann = await person('ann', 'CREATOR');
    for (const [by, action] of [
      [actor, 'queue.pause'],
      [ann.actor, 'queue.pause'],
      [actor, 'queue.resume'],
      [actor, 'queue.pause'],
    ] as const)
      await db.transaction((em) => appendAudit(em, entryOf(by, { action, target: 'VIDEO' })));
    const filter = { actorId: actor.viewer?.userId ?? '', action: 'queue.pause' };
    const page = await auditLog.page({ first: 1, ...filter });
    expect(page).toMatchObject({ hasNextPage: true, hasPreviousPage: false, rows: [{ action: 'queue.pause' }] });
    const after = Buffer.from(String(page.rows[0]?.seq)).toString('base64url');
    expect(await auditLog.page({ first: 5, after, ...filter })).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
      rows: [{ actorId: filter.actorId }],
    });
    expect(await auditLog.count(filter)).toBe(2);
    expect(await auditLog.page({ first: 5, action: 'a\0b' })).toMatchObject({ rows: [] });
    for (const cursor of ['x', '', 'MA', Buffer.from('1e3').toString('base64url')])
      await expect(auditLog.page({ first: 1, after: cursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('takes twenty refusals a minute of one user, and counts the rest', async () => {
    const { auditLog, actor } = await person('ann', 'USER');
    const ben = await person('ben', 'USER');
    const viewerOf = ({ viewer }: Actor) => {
      if (!viewer) throw new Error('The actor is signed in.');
      return { viewer, ipAddress: null };
    };
    const refuse = (by: Actor) => auditLog.recordRefusal(viewerOf(by), { action: 'queue.clear' }, 'DENIED');
    for (let time = 0; time < 25; time++) await refuse(actor);
    await refuse(ben.actor);
    expect(await auditLog.count({ actorId: actor.viewer?.userId ?? '', action: 'queue.clear' })).toBe(20);
    expect(await auditLog.count({ actorId: ben.actor.viewer?.userId ?? '', action: 'queue.clear' })).toBe(1);
  });
});
