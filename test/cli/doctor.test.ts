import { once } from 'node:events';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { doctorCommand } from '../../src/cli/commands/doctor.command.ts';
import { diagnosedSettings } from '../../src/cli/doctor/diagnosed-settings.ts';
import type { Diagnosis, DoctorOptions } from '../../src/cli/doctor/doctor.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { diagnosedInstallation } from '../../src/cli/doctor/installation.ts';
import { FakeService } from '../fakes/fake-service.ts';
import { prometheus } from '../fakes/prometheus.ts';
import { insertBackup } from '../helpers/backup-rows.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import type { Settings } from '../helpers/installation.ts';

const SECRET = 'hunter2hunter2hunter2';
const app = useApp({ worker: false });

async function run(settings: Settings, words: readonly string[], options: DoctorOptions = {}, answerMs?: number) {
  const finished = Promise.withResolvers<{ readonly text: string; readonly exitStatus: number }>();
  const command = doctorCommand({
    open: () => diagnosedInstallation(diagnosedSettings(settings), answerMs),
    options: { statusPages: {}, ...options },
    finish: (text, exitStatus) => finished.resolve({ text, exitStatus }),
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync([...words], { from: 'user' });
  const ended = await finished.promise;
  expect(ended.text).not.toContain(SECRET);
  return ended;
}

async function askAs({ token }: Pick<Client, 'token'>, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = z.object({ data: z.unknown(), errors: z.unknown().optional() }).parse(await response.json());
  expect(errors).toBeUndefined();
  return data;
}

async function diagnosis(settings: Settings, options?: DoctorOptions, answerMs?: number) {
  const { text, exitStatus } = await run(settings, ['--json'], options, answerMs);
  const { findings, status }: Diagnosis = JSON.parse(text);
  const of = (check: string): Finding[] => findings.filter((finding) => finding.check === check);
  const messages = (check: string) => of(check).map(({ status: found, message, mend }) => [found, message, mend]);
  return { findings, status, exitStatus, of, messages };
}

describe('autovideo doctor, where all is well but a worker', () => {
  const settings = () => ({ ...app.installation.settings, PORT: new URL(app.url).port });

  it('says so, line by line', async () => {
    const { findings, exitStatus, messages } = await diagnosis(settings());
    expect(exitStatus).toBe(2);
    // How full and how busy the machine of the tests is, is not the matter here.
    const machine = /^(?:disk|memory|processes|alerts|API latency) |That is slow\.$/u;
    const bad = findings.filter((one) => one.status !== 'ok' && !machine.test(`${one.check} ${one.message}`));
    expect(bad).toEqual([
      { check: 'workers', status: 'failed', message: 'No worker is alive; 0 jobs wait.', mend: 'autovideo worker' },
    ]);
    expect(messages('server')).toEqual([['ok', `A server answers at ${app.url}.`, null]]);
    expect(messages('PostgreSQL')[0]?.[1]).toMatch(/^PostgreSQL \d+\.\d+ answers in \d+\.\d ms\.(?: That is slow\.)?$/);
    expect(messages('Redis')[0]?.[1]).toMatch(/^Redis \d+\.\d+\.\d+ answers in \d+\.\d ms, and uses \d+ MB\./);
    expect(messages('network')).toEqual([['ok', '2 addresses can be reached.', null]]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['migrations', 'clock', 'queues', 'FFmpeg']),
    );
  });

  it('prints a table for people, and measures the server on request', async () => {
    const { text } = await run(settings(), ['--probe', '5']);
    expect(text).toMatch(/^ok {6}settings {8}All settings can be used\.$/m);
    expect(text).toMatch(/^FAILED {2}workers {9}No worker is alive; 0 jobs wait\.\n {24}→ autovideo worker$/m);
    expect(text).toContain(`5 of 5 requests to ${app.url} succeeded (100.0 %).`);
    for (const step of ['all', 'connect', 'first byte'])
      expect(text).toMatch(new RegExp(`^${step} +(?:\\d+\\.\\d ms *){5}$`, 'm'));
    expect(text.split('\n').at(-1)).toMatch(/^\d+ failed, \d+ with a warning \(\d+\.\d s\)\.$/);
  });

  it('says that a server is not ready, or of another installation, before all that is well', async () => {
    const other = await FakeService.start(({ path }) =>
      path === '/livez' ? { body: { status: 'alive' } } : { status: 503, body: {} },
    );
    try {
      const env = { ...settings(), PORT: new URL(other.url).port };
      const { messages } = await diagnosis(env);
      expect(messages('server')).toEqual([
        ['failed', expect.stringContaining(`${other.url} is not ready (503)`), expect.stringContaining('ss -ltnp')],
      ]);
      const marks = (await run(env, [])).text
        .split('\n')
        .flatMap((line) => line.match(/^(?:FAILED|WARNING|ok)/)?.[0] ?? []);
      const order = ['FAILED', 'WARNING', 'ok'];
      expect(marks).toEqual(marks.toSorted((one, another) => order.indexOf(one) - order.indexOf(another)));
    } finally {
      await other.close();
    }
  });

  it.each(['0', '1001', '1.5', 'many'])('refuses --probe %s', async (requests) => {
    await expect(run(settings(), ['--probe', requests])).rejects.toThrow('It has to be a whole number from 1 to 1000.');
  });

  it('agrees with the API, which has the same diagnoses for administrators', async () => {
    const admin = await app.signedIn('root', 'SUPER_ADMIN');
    const document = `{ apiLatency { operation requests p95Ms } networkDiagnostics { to ok resolvedAddress message }
      metricsDiagnostics { targets { job } message } }`;
    await askAs(admin, '{ viewer { id } }');
    const answer = await askAs(admin, document);
    const found = z
      .object({
        apiLatency: z.array(z.object({ operation: z.string(), requests: z.number(), p95Ms: z.number() })),
        networkDiagnostics: z.array(z.object({ to: z.string(), ok: z.boolean(), resolvedAddress: z.string() })),
        metricsDiagnostics: z.object({ targets: z.tuple([]), message: z.string() }),
      })
      .parse(answer);
    expect(found.apiLatency.map(({ operation }) => operation)).toContain('viewer');
    expect(found.networkDiagnostics.map(({ to, ok }) => [to.split(' ')[0], ok])).toEqual([
      ['PostgreSQL', true],
      ['Redis', true],
    ]);
  });
});

describe('autovideo doctor, with faults', () => {
  let outside: FakeService;
  let statusPage: FakeService;
  beforeAll(async () => {
    outside = await FakeService.start(prometheus({ series: [], lastError: 'connection refused' }));
    statusPage = await FakeService.start(() => ({
      body: { page: {}, status: { indicator: 'major', description: 'Partial\u001b[2J outage' } },
    }));
  });
  afterAll(async () => {
    await outside.close();
    await statusPage.close();
  });
  beforeEach(async () => {
    for (const table of ['jobs', 'alerts', 'process_readings', 'provider_states', 'service_quotas'])
      await app.installation.db.em().execute(`delete from ${table}`);
  });

  it('names each, with what mends it', async () => {
    const db = app.installation.db.sql();
    await sql`update queues set paused = name = 'AI'`.execute(db);
    await app.signedIn('owner');
    await sql`
      with video as (
        insert into videos (id, owner_id, title, source, language, status, aspect_ratio, resolution)
        select gen_random_uuid(), id, 'Bees', '{"kind": "topic", "text": "Bees"}', 'en', 'FAILED', 'SQUARE_1_1', 'HD_720'
        from users limit 1 returning id
      )
      insert into jobs (id, queue, video_id, status, finished_at) select gen_random_uuid(), 'VIDEO', id, 'FAILED', now() from video`.execute(
      db,
    );
    await sql`
      insert into alerts (id, rule, service, priority, message, action_required, details, count, raised_at, last_seen_at, respond_by)
      values (gen_random_uuid(), 'redis-lost', '', 'P0', 'Redis does not answer.', 'Check that Redis runs.', '{}', 1, now(), now(), now())`.execute(
      db,
    );
    await sql`
      insert into process_readings (process_id, host, pid, kind, cpu_percent, memory_percent, rss_bytes, loop_delay_ms, pool_total,
        pool_used, pool_waiting, pool_max, pool_leaked, requests, errors)
      values (gen_random_uuid(), 'far', 42, 'api', 95, 50, 100000000, 1, 5, 5, 0, 5, 2, 10, 0)`.execute(db);
    await sql`insert into provider_states (name, failures, retry_at) values ('groq', 9, now() + interval '1 hour')`.execute(
      db,
    );
    await sql`insert into service_quotas (service, used, total, checked_at) values ('groq', 95, 100, now())`.execute(
      db,
    );
    await insertBackup(app.installation.db, { hours: 9 * 24, verified: true });
    const { messages, exitStatus } = await diagnosis(
      {
        ...app.installation.settings,
        BACKUP_EVERY: '7d',
        PORT: new URL(outside.url).port,
        GROQ_API_KEY: SECRET,
        GROQ_BASE_URL: outside.url,
        PROMETHEUS_URL: `http://ops:${SECRET}@${new URL(outside.url).host}/prometheus`,
      },
      { statusPages: { GROQ: statusPage.url } },
    );
    expect(exitStatus).toBe(2);
    expect(messages('queues')).toEqual(
      expect.arrayContaining([
        [
          'warning',
          expect.stringMatching(/^AI: 0 waiting, 0 active, 0 failed; it has been paused for .+ \(since \S+Z\)\.$/),
          'autovideo queue resume --queue AI',
        ],
        [
          'warning',
          'VIDEO: 0 waiting, 0 active, 1 failed (1 with INTERNAL_ERROR).',
          'autovideo queue retry --queue VIDEO',
        ],
      ]),
    );
    expect(messages('backup')).toEqual([['warning', 'The newest verified backup is 9 d old.', 'autovideo backup']]);
    expect(messages('alerts')).toEqual([['failed', 'P0 redis-lost: Redis does not answer.', 'Check that Redis runs.']]);
    expect(messages('processes')[0]).toEqual([
      'failed',
      'api 42 on far: processor 95 %, memory 50 %, 100 MB itself.',
      'fewer films at once (WORKER_CONCURRENCY), or more machines',
    ]);
    expect(messages('connections')).toEqual([
      ['warning', expect.stringContaining('Process 42 on far holds 2 for over 5 minutes.'), 'restart process 42'],
    ]);
    expect(messages('providers')).toEqual([
      ['failed', 'groq rests after failures in a row.', 'autovideo providers test groq'],
    ]);
    expect(messages('quotas')).toEqual([['failed', 'groq: 95 % is used.', 'docs/operations/service-quota.md']]);
    expect(messages('status pages')).toEqual([['warning', 'groq says: Partial [2J outage (major).', statusPage.url]]);
    expect(messages('server')).toEqual([
      ['failed', `Another program answers at ${outside.url}.`, expect.stringContaining('ss -ltnp')],
    ]);
    // The fake wants no password.
    expect(messages('metrics server')[0]?.[1]).toBe('Prometheus answered 401: check PROMETHEUS_URL.');
  });

  it('still says everything else with wrong settings, and with PostgreSQL and Redis away', async () => {
    const settings = {
      NODE_ENV: 'production',
      DATA_DIR: app.installation.dataDir,
      DATABASE_URL: `postgres://app:${SECRET}@127.0.0.1:1/video`,
      REDIS_URL: `redis://:${SECRET}@127.0.0.1:1`,
      PORT: '99999999',
      SMTP_URL: `smtp://user:${SECRET}@127.0.0.1:1`,
      JWT_SECRET: SECRET,
    };
    const { messages, findings, exitStatus } = await diagnosis(settings);
    expect(exitStatus).toBe(2);
    const problems = messages('settings').map(([, message]) => message);
    for (const setting of ['PORT', 'JWT_SECRET', 'MAIL_FROM', 'LINK_SECRET'])
      expect(problems.some((message) => message?.includes(setting))).toBe(true);
    expect(messages('PostgreSQL')).toEqual([
      [
        'failed',
        'Nothing listens where DATABASE_URL points: PostgreSQL does not run there.',
        'docs/operations/alerts.md#database-lost',
      ],
    ]);
    expect(messages('Redis')).toEqual([
      ['failed', 'Refused: no Redis runs there.', 'docs/operations/alerts.md#redis-lost'],
    ]);
    expect(findings.filter(({ status }) => status === 'skipped').length).toBeGreaterThan(6);
    expect(messages('storage')).toEqual([['ok', 'Files can be written and read.', null]]);
  });

  it('says that PostgreSQL has no connection left, and which page says how to find out who has them', async () => {
    const db = app.installation.db.sql();
    const name = sql.id(new URL(app.installation.settings['DATABASE_URL'] ?? '').pathname.slice(1));
    await sql`alter database ${name} connection limit 0`.execute(db);
    const { of, messages } = await diagnosis(app.installation.settings);
    await sql`alter database ${name} connection limit -1`.execute(db);
    expect(messages('PostgreSQL')).toEqual([
      [
        'failed',
        'PostgreSQL has no connection left: all of max_connections are in use.',
        'docs/operations/database.md#no-connection-left',
      ],
    ]);
    expect(of('queues')).toMatchObject([
      { status: 'skipped', message: 'Not checked: PostgreSQL has no connection left.' },
    ]);
  });

  it('says of a refused password something else than of a server that is away', async () => {
    const url = new URL(app.installation.settings['DATABASE_URL'] ?? '');
    const redis = new URL(app.installation.settings['REDIS_URL'] ?? '');
    url.username = 'no-such-user';
    url.password = SECRET;
    redis.password = SECRET;
    const refused = { DATABASE_URL: url.href, REDIS_URL: redis.href };
    const { messages } = await diagnosis({ ...app.installation.settings, ...refused });
    expect(messages('PostgreSQL')[0]?.[1]).toMatch(/PostgreSQL refuses the (?:password|user) in DATABASE_URL\./);
    expect(messages('Redis')[0]?.[1]).toBe('Redis refuses the password in REDIS_URL.');
  });

  it('ends in time where PostgreSQL and Redis accept connections and are silent', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const at = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const begun = performance.now();
    const { of } = await diagnosis(
      { ...app.installation.settings, DATABASE_URL: `postgres://a:b@${at}/c`, REDIS_URL: `redis://${at}` },
      {},
      500,
    );
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect([of('PostgreSQL')[0]?.message, of('Redis')[0]?.message, of('queues')[0]?.status]).toEqual([
      'PostgreSQL does not answer in 0.5 s.',
      'Redis does not answer in 0.5 s.',
      'skipped',
    ]);
    silent.close();
  });

  it('names what is not migrated, and does not migrate it', async () => {
    const db = app.installation.db.sql();
    await sql`delete from migrations where name like '0033%'`.execute(db);
    const { messages } = await diagnosis({ ...app.installation.settings, PORT: new URL(app.url).port });
    await sql`insert into migrations (name) values ('0033-operation-latencies')`.execute(db);
    expect(messages('migrations')).toEqual([
      ['failed', expect.stringMatching(/^1 of \d+ are not applied\.$/), 'autovideo migrate'],
    ]);
    expect(messages('workers')).toEqual([['skipped', 'Not checked: the database is not migrated.', null]]);
  });
});
