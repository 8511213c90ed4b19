import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { forgetAccessChanges } from '../../src/jobs/tasks/forget-access-changes.ts';
import { type Ending, signal, useRetention } from './retention-setup.ts';

const setup = useRetention();
const { clear, STATUS, ended, jobOf } = setup;

describe('Finished jobs', () => {
  it.each<Ending>(['DONE', 'FAILED', 'CANCELED'])(
    'that are %s are deleted after thirty days, and not before',
    async (ending) => {
      const [old, young] = [await ended(30.01, ending), await ended(29.99, ending)];
      expect(await clear()).toMatchObject({ jobs: 1 });
      expect(await jobOf(old.id)).toBeUndefined();
      expect(await jobOf(young.id)).toBeDefined();
      expect(await setup.fixture.videos.find(setup.ann, old.id)).toMatchObject({ status: STATUS[ending] });
    },
  );

  it('are not deleted while they wait or run, whatever their dates', async () => {
    const { video } = await setup.fixture.order(setup.ann);
    await sql`update jobs set finished_at = now() - interval '99 days' where video_id = ${video.id}`.execute(
      setup.db.sql(),
    );
    expect(await clear()).toMatchObject({ jobs: 0 });
  });

  it('are kept for as long as configured', async () => {
    await ended(2.1);
    expect(await clear({ jobsDays: 3 })).toMatchObject({ jobs: 0 });
    expect(await clear({ jobsDays: 2 })).toMatchObject({ jobs: 1 });
  });

  it('are not needed to run a failed video again: it gets a new one, with a notification', async () => {
    const { id } = await ended(31, 'FAILED');
    await clear();
    await setup.db.em().execute('delete from outbox');
    expect(await setup.fixture.runs.retry(setup.ann, id)).toMatchObject({ status: 'PENDING' });
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING', queue: 'VIDEO', priority: 'NORMAL' });
    expect(await setup.db.sql().selectFrom('outbox').selectAll().execute()).toHaveLength(1);
    await setup.fixture.worker(async () => undefined).onNotification('VIDEO');
    expect(await setup.fixture.videos.find(setup.ann, id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('that are being run again are not deleted', async () => {
    const { id } = await ended(31, 'FAILED');
    await setup.db.transaction(async (em) => {
      await em.execute('select 1 from jobs where video_id = ? for update', [id]);
      expect(await clear()).toMatchObject({ jobs: 0 });
    });
  });
});

describe('Other rows', () => {
  it('idempotency keys are deleted after 24 hours, and not before', async () => {
    for (const [key, hours] of [
      ['old', 24.01],
      ['young', 23.99],
    ])
      await sql`
        insert into idempotency_keys (user_id, operation, key, input_hash, created_at)
        values (${setup.ann.userId}, 'createVideo', ${key}, 'x', now() - make_interval(secs => ${Number(hours) * 3_600}))`.execute(
        setup.db.sql(),
      );
    expect(await clear()).toMatchObject({ idempotency_keys: 1 });
    const kept = setup.db.sql().selectFrom('idempotency_keys').select('key').where('key', 'in', ['old', 'young']);
    expect(await kept.execute()).toEqual([{ key: 'young' }]);
  });

  it('changes of access are deleted after ten minutes, when every open connection knows them', async () => {
    await sql`delete from access_changes`.execute(setup.db.sql());
    await sql`
      insert into access_changes (user_id, at)
      select ${setup.ann.userId}::uuid, now() - make_interval(mins => minutes) from (values (9), (11)) as ages (minutes)`.execute(
      setup.db.sql(),
    );
    expect([await forgetAccessChanges(setup.db, signal), await forgetAccessChanges(setup.db, signal)]).toEqual([1, 0]);
  });

  it('links that are too old to be used are deleted, and mails that could not be read for two days', async () => {
    const db = setup.db.sql();
    await sql`
      insert into account_tokens (hash, user_id, kind, expires_at)
      values ('old', ${setup.ann.userId}, 'VERIFY', now() - interval '1 minute'),
        ('young', ${setup.ann.userId}, 'RESET', now() + interval '1 minute')`.execute(db);
    await sql`
      insert into mails (id, content_encrypted, created_at)
      select ${randomUUIDv7()}::uuid, 'unreadable', now() - interval '49 hours'
      union all select ${randomUUIDv7()}::uuid, 'waiting', now() - interval '47 hours'`.execute(db);
    expect(await clear()).toMatchObject({ account_tokens: 1, mails: 1 });
    expect(await db.selectFrom('account_tokens').select('hash').execute()).toEqual([{ hash: 'young' }]);
    const kept = db.selectFrom('mails').select('content_encrypted');
    expect(await kept.execute()).toEqual([{ content_encrypted: 'waiting' }]);
  });

  it('notifications that no notifier has sent for two days are deleted', async () => {
    const db = setup.db.sql();
    await sql`
      insert into alert_deliveries (notification_id, notifier, recipients, notification, created_at)
      values (gen_random_uuid(), 'old', 'on_call', '{}', now() - interval '49 hours'),
        (gen_random_uuid(), 'young', 'on_call', '{}', now() - interval '47 hours')`.execute(db);
    expect(await clear()).toMatchObject({ alert_deliveries: 1 });
    expect(await db.selectFrom('alert_deliveries').select('notifier').execute()).toEqual([{ notifier: 'young' }]);
  });

  it('registrations are deleted when their time is over, and not before', async () => {
    const db = setup.db.sql();
    await sql`
      insert into registrations (id, username, password_hash, email_encrypted, email_index, expires_at)
      values (${randomUUIDv7()}, 'old', 'x', 'x', 'x', now() - interval '1 minute'),
        (${randomUUIDv7()}, 'young', 'x', 'x', 'x', now() + interval '1 minute')`.execute(db);
    expect(await clear()).toMatchObject({ registrations: 1 });
    expect(await db.selectFrom('registrations').select('username').execute()).toEqual([{ username: 'young' }]);
  });

  it('wrong passwords are forgotten after a day, and networks after ninety', async () => {
    const db = setup.db.sql();
    await sql`
      insert into sign_in_failures (identifier, network, failures, last_at)
      values ('i', 'old', 3, now() - interval '25 hours'), ('i', 'young', 3, now() - interval '23 hours')`.execute(db);
    await sql`
      insert into known_networks (user_id, network, last_used_at)
      values (${setup.ann.userId}, 'old', now() - interval '91 days'),
        (${setup.ann.userId}, 'young', now() - interval '89 days')`.execute(db);
    expect(await clear()).toMatchObject({ sign_in_failures: 1, known_networks: 1 });
    expect(await db.selectFrom('sign_in_failures').select('network').execute()).toEqual([{ network: 'young' }]);
    expect(await db.selectFrom('known_networks').select('network').execute()).toEqual([{ network: 'young' }]);
  });

  it('sessions are deleted thirty days after they were ended or expired, and not before', async () => {
    const session = async (reason: string, revoked: number | null, expires: number) =>
      await sql`
        insert into sessions (id, user_id, refresh_jti, revoke_reason, expires_at, revoked_at)
        values (${randomUUIDv7()}, ${setup.ann.userId}, ${randomUUIDv7()}, ${reason}, now() - make_interval(secs => ${expires * 86_400}),
          now() - make_interval(secs => ${revoked === null ? null : revoked * 86_400}::float8))`.execute(
        setup.db.sql(),
      );
    await session('ended long ago', 30.01, 10);
    await session('ended lately', 29.99, -10);
    await session('ran out long ago', null, 30.01);
    await session('ran out lately', null, 29.99);
    await session('live', null, -1);
    expect(await clear()).toMatchObject({ sessions: 2 });
    const left = await setup.db.sql().selectFrom('sessions').select('revoke_reason').orderBy('revoke_reason').execute();
    expect(left.map(({ revoke_reason }) => revoke_reason)).toEqual(['ended lately', 'live', 'ran out lately']);
  });

  it('the history of the quotas of services is deleted after ninety days, and not before', async () => {
    for (const [service, days] of [
      ['old', 90.01],
      ['young', 89.99],
    ])
      await sql`
        insert into service_quota_usage (service, recorded_at, used)
        values (${service}, now() - make_interval(secs => ${Number(days) * 86_400}), 1)`.execute(setup.db.sql());
    expect(await clear()).toMatchObject({ service_quotas: 1 });
    expect(await setup.db.sql().selectFrom('service_quota_usage').select('service').execute()).toEqual([
      { service: 'young' },
    ]);
  });

  it('tasks of machines that have run none for thirty days are deleted; those of the installation never', async () => {
    for (const [name, days] of [
      ['clips@gone', 31],
      ['clips@here', 29],
      ['purge', 31],
    ])
      await sql`
        insert into scheduled_tasks (name, schedule, next_due_at, last_started_at)
        values (${name}, '-', now(), now() - make_interval(days => ${Number(days)}))`.execute(setup.db.sql());
    expect(await clear()).toMatchObject({ tasks: 1 });
    expect(await setup.db.sql().selectFrom('scheduled_tasks').select('name').orderBy('name').execute()).toEqual([
      { name: 'clips@here' },
      { name: 'purge' },
    ]);
  });
});

describe('Very many rows', () => {
  it('are deleted in short statements, and the task can be aborted between two of them', async () => {
    await sql`
      insert into idempotency_keys (user_id, operation, key, input_hash, created_at)
      select ${setup.ann.userId}, 'createVideo', 'k' || n, 'x', now() - interval '2 days'
      from generate_series(1, 5000) as n`.execute(setup.db.sql());
    const stop = new AbortController();
    const statements = vi.spyOn(setup.db, 'sql');
    // Eight for what is never archived, one for the jobs, one or two for the events, then some of the five for the keys.
    statements.mockImplementation(() => {
      if (statements.mock.calls.length === 12) stop.abort();
      return setup.db.em().getKysely();
    });
    await expect(clear({}, stop.signal)).rejects.toThrow();
    statements.mockRestore();
    const left = await countKeys();
    expect([3_000, 4_000]).toContain(left);
    expect(await clear()).toMatchObject({ idempotency_keys: left });
  });

  async function countKeys(): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from idempotency_keys where key like 'k%'`.execute(setup.db.sql());
    return rows[0]?.n ?? 0;
  }

  it.each([
    [
      'jobs',
      "select id from jobs where finished_at < now() - interval '30 days' order by finished_at limit 1000",
      'jobs_retention_index',
    ],
    [
      'sessions',
      'select id from sessions where least(revoked_at, expires_at) < now() order by least(revoked_at, expires_at) limit 1000',
      'sessions_ended_index',
    ],
    [
      'video_events',
      "select seq from video_events where status in ('COMPLETED', 'FAILED', 'CANCELED') and (at, video_id) > (now(), '00000000-0000-0000-0000-000000000000') order by at, video_id limit 50",
      'video_events_final_index',
    ],
  ])('of %s are found with a separate index', async (_table, query, index) => {
    const plan = await setup.db.em().transactional(async (em) => {
      await em.execute('set local enable_seqscan = off');
      return JSON.stringify(await em.execute(`explain ${query}`));
    });
    expect(plan).toContain(index);
  });
});
