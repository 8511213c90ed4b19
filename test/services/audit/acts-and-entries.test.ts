import { beforeEach, describe, expect, it } from 'vitest';
import { FieldCipher } from '../../../src/auth/secrets.ts';
import { encodeId } from '../../../src/ids.ts';
import type { SignedInActor } from '../../../src/services/audit/actor.ts';
import { ProviderKeyService } from '../../../src/services/providers/provider-key.service.ts';
import { RecoveryService } from '../../../src/services/queues/recovery.service.ts';
import { QuotaService } from '../../../src/services/quotas/quota.service.ts';
import { accountsOn, PASSWORD } from '../../helpers/accounts.ts';
import { busWithoutRedis } from '../../helpers/job-fixture.ts';
import { providerServicesOn } from '../providers/provider-setup.ts';
import { useQueues } from '../queues/queues-setup.ts';

const setup = useQueues();
const KEY = 'sk-my-own-key-1234567890';

let actor: SignedInActor;
let me: string;
beforeEach(() => {
  actor = { viewer: setup.owner, ipAddress: '203.0.113.7' };
  me = setup.owner.userId;
});

const providers = () => providerServicesOn(setup.db);
const keys = () =>
  new ProviderKeyService({
    db: setup.db,
    cipher: new FieldCipher([{ id: 'k', key: Buffer.alloc(32, 'k') }]),
    forms: [{ provider: 'groq', hasAccessKeyId: false, region: 'none' }],
    test: async () => null,
    onFault: () => undefined,
  });
const recovery = () => {
  const { jobs } = setup.videoServices;
  const noop = () => undefined;
  return new RecoveryService({ db: setup.db, jobs, bus: busWithoutRedis(), onWork: noop, onStopped: noop });
};

/** The video that a worker left two hours ago. */
async function stalledVideo(): Promise<string> {
  const { id } = await setup.videoServices.accept(setup.owner);
  await setup.db.em().execute("update videos set status = 'PROCESSING' where id = ?", [id]);
  await setup.db
    .em()
    .execute("update jobs set status = 'ACTIVE', lease_expires_at = now() - interval '2 h' where video_id = ?", [id]);
  return id;
}

const state = async (statement: string) => await setup.db.em().execute<object[]>(statement);
const jobs =
  'select job.status, job.cleared_at from jobs job join videos on videos.id = video_id where deleted_at is null';
const newest = async () =>
  await setup.db.sql().selectFrom('audit_log').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst();

/** While no entry can be added. */
async function withoutChain(work: () => Promise<unknown>): Promise<void> {
  const em = setup.db.em();
  await em.execute('create table kept_chain as select * from audit_chain');
  await em.execute('delete from audit_chain');
  try {
    await work();
  } finally {
    await em.execute('insert into audit_chain select * from kept_chain');
    await em.execute('drop table kept_chain');
  }
}

interface Case {
  readonly name: string;
  readonly before?: () => Promise<unknown>;
  readonly act: () => Promise<unknown>;
  /** What the act changes. */
  readonly changes: string;
  readonly entry: () => Promise<object> | object;
}

const CASES: readonly Case[] = [
  {
    name: 'pausing a queue',
    act: () => setup.queues.pause(actor, 'AI'),
    changes: 'select name, paused from queues order by name',
    entry: () => ({ action: 'queue.pause', target: 'AI' }),
  },
  {
    name: 'resuming a queue',
    before: () => setup.queues.pause(actor, 'AI'),
    act: () => setup.queues.resume(actor, 'AI'),
    changes: 'select name, paused from queues order by name',
    entry: () => ({ action: 'queue.resume', target: 'AI' }),
  },
  {
    name: 'running a failed job again',
    before: () => setup.fail(setup.owner),
    act: () => setup.queues.retryFailed(actor, 'VIDEO'),
    changes: jobs,
    entry: async () => {
      const [job] = await setup.db.em().execute<{ id: string }[]>('select id from jobs');
      return { action: 'queue.retry', target: 'VIDEO', details: { job: encodeId('job', job?.id ?? '') } };
    },
  },
  {
    name: 'hiding failed jobs',
    before: () => setup.fail(setup.owner),
    act: () => setup.queues.clearFailed(actor, 'VIDEO'),
    changes: jobs,
    entry: () => ({ action: 'queue.clear', target: 'VIDEO' }),
  },
  {
    name: 'canceling a waiting job',
    before: () => setup.videoServices.accept(setup.owner),
    act: () => setup.queues.cancelWaiting(actor, 'VIDEO'),
    changes: jobs,
    entry: async () => {
      const [job] = await setup.db.em().execute<{ id: string }[]>('select id from jobs');
      return { action: 'queue.cancel_waiting', target: 'VIDEO', details: { job: encodeId('job', job?.id ?? '') } };
    },
  },
  {
    name: 'taking a video from its worker',
    before: stalledVideo,
    act: () => recovery().recover(actor, { olderThanSeconds: 60 }),
    changes: jobs,
    entry: async () => {
      const [video] = await setup.db.em().execute<{ id: string }[]>('select id from videos');
      const target = encodeId('video', video?.id ?? '');
      return { action: 'videos.recover', target, details: { olderThanSeconds: 60 } };
    },
  },
  {
    name: 'a limit of a user’s own',
    act: () => new QuotaService(setup.db).setLimit(actor, { userId: me, type: 'VIDEO', period: 'DAILY' }, 7),
    changes: 'select user_id, custom_limit from ai_quotas',
    entry: () => ({
      action: 'quota.set',
      target: encodeId('user', me),
      details: { type: 'VIDEO', period: 'DAILY', limit: 7 },
    }),
  },
  {
    name: 'disabling a provider',
    before: () => setup.db.em().execute('delete from provider_states'),
    act: () => providers().providers.setEnabled(actor, 'groq', false),
    changes: 'select name, enabled from provider_states',
    entry: () => ({ action: 'provider.set_enabled', target: 'groq', details: { enabled: false } }),
  },
  {
    name: 'testing a provider',
    act: () => providers().providerTests.test(actor, 'fake'),
    changes: 'select count(*) from generation_attempts',
    entry: () => ({ action: 'provider.test', target: 'fake' }),
  },
  {
    name: 'setting a key of one’s own',
    act: () => keys().set(actor, { provider: 'groq', key: KEY }),
    changes: 'select user_id from provider_keys',
    entry: () => ({ action: 'provider_key.set', target: 'groq' }),
  },
  {
    name: 'removing a key of one’s own',
    before: () => keys().set(actor, { provider: 'groq', key: KEY }),
    act: () => keys().remove(actor, 'groq'),
    changes: 'select user_id from provider_keys',
    entry: () => ({ action: 'provider_key.remove', target: 'groq' }),
  },
];

describe('The audit log gets an entry in the transaction of the act, so that neither exists without the other:', () => {
  it.each(CASES)('$name', async ({ before, act, changes, entry }) => {
    await before?.();
    const first = await state(changes);
    await withoutChain(() => expect(act()).rejects.toThrow('its row is missing'));
    expect(await state(changes)).toEqual(first);
    await act();
    expect(await state(changes)).not.toEqual(first);
    const by = { actor_id: me, ip_address: '203.0.113.7', outcome: 'SUCCESS', details: null };
    expect(await newest()).toMatchObject({ ...by, ...(await entry()) });
    expect(JSON.stringify(await newest())).not.toContain(KEY);
  });

  it('an account that an operator creates', async () => {
    const account = { username: 'boss', email: 'boss@example.org', password: PASSWORD, role: 'ADMIN' } as const;
    const { accounts } = accountsOn(setup.db);
    await withoutChain(() => expect(accounts.createUser(account)).rejects.toThrow('its row is missing'));
    const { id } = await accounts.createUser(account);
    expect(await newest()).toMatchObject({
      action: 'user.create',
      actor_id: null,
      target: encodeId('user', id),
      details: { role: 'ADMIN', via: 'command line' },
    });
  });

  it('nothing where the periodic task takes a video from its worker, which is no act of anyone', async () => {
    const before = await newest();
    await stalledVideo();
    expect(await recovery().recover(null, { olderThanSeconds: 60 })).toHaveLength(1);
    expect(await newest()).toEqual(before);
  });
});
