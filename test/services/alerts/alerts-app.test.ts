import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { FakeService } from '../../fakes/fake-service.ts';
import { adminAt } from '../../helpers/admin.ts';
import { TestApp } from '../../helpers/app.ts';
import type { Client } from '../../helpers/client.ts';
import { useInstallation } from '../../helpers/fixtures.ts';
import {
  AcknowledgeAlertDocument,
  AlertChangedDocument,
  AlertNodeDocument,
  AlertsDocument,
  SetProviderEnabledDocument,
  TestProviderDocument,
} from '../../helpers/generated/documents.ts';
import { OwnRedis } from '../../helpers/own-redis.ts';
import { until as untilIn } from '../../helpers/until.ts';
import { useNotifiedServices } from './fake-services.ts';

const SLOW = 180_000;
/** A round in which something fails takes four checks, of a second each where the other side is silent; longer on a busy machine. */
const ROUNDS_SECONDS = 150;
const until = (what: string, holds: () => boolean | Promise<boolean>) => untilIn(what, holds, ROUNDS_SECONDS);
const REDIS = 'Redis does not answer';
const OPS_TOKEN = 'a-token-of-operators-that-is-long-enough';
const TIMES = { everyMs: 300, recheckMs: 700, goodMs: 1_000 };

let redis: OwnRedis;
let groq: FakeService;
beforeAll(async () => {
  redis = await OwnRedis.create();
  await redis.start();
  groq = await FakeService.start(() => ({ status: 401, body: { error: { message: 'Invalid API Key' } } }));
  return async () => {
    await Promise.all([redis.stop(), groq.close()]);
  };
});
const services = useNotifiedServices();
const installation = useInstallation(() => ({
  ...services().settings,
  REDIS_URL: redis.url,
  GROQ_API_KEY: 'gsk_test',
  OPS_TOKEN,
  GROQ_BASE_URL: groq.url,
}));

let app: TestApp;
let worker: TestApp;
let admin: Client;
const startApi = async () => {
  app = await TestApp.start({ installation, worker: false, alertTimes: TIMES });
  admin = await adminAt(app.url, installation);
};
beforeAll(async () => {
  worker = await TestApp.start({ installation, api: false, alertTimes: TIMES });
  await startApi();
  return async () => {
    await Promise.all([app.close(), worker.close()]);
  };
}, SLOW);

async function find(rule: string, state?: 'FIRING' | 'ACKNOWLEDGED' | 'RESOLVED') {
  const { alerts } = await admin.ask(AlertsDocument, { first: 100, state: state ?? null });
  return alerts?.nodes.filter((alert) => alert.rule === rule) ?? [];
}
const firing = (rule: string) =>
  until(`${rule} is raised`, async () => (await find(rule)).some(({ state }) => state !== 'RESOLVED'));
const resolved = (rule: string) =>
  until(`${rule} is resolved`, async () => (await find(rule)).every(({ state }) => state === 'RESOLVED'));
const slack = () => services().slack.requests.map(({ body }) => body.toString());
/** Messages to Slack; in one there may be other alerts too. */
const sent = (headline: string, text = '') =>
  slack().filter((body) => body.includes(headline) && body.includes(text)).length;
/** Administrators get others. */
const mails = () => {
  const texts = services().smtp.mails.map((mail) => JSON.stringify(mail));
  return texts.filter((mail) => mail.includes('P0: ') && mail.includes(REDIS)).length;
};
const incident = (id: string) => services().incidents.get(`autovideo-${id}`);

describe('Redis stops', () => {
  let id: string;

  it(
    'is announced once, while Slack is down by PagerDuty and mail alone, and streamed',
    async () => {
      const changes = admin.watch(AlertChangedDocument, { priority: 'P0' });
      const others = admin.watch(AlertChangedDocument, { priority: 'P2' });
      services().slack.replyWith({ status: 503 });
      await redis.stop();
      await firing('redis-lost');
      const [alert] = await find('redis-lost');
      id = alert?.id ?? '';
      expect(alert).toMatchObject({
        service: 'redis',
        priority: 'P0',
        state: 'FIRING',
        errorCode: 'REDIS_CONNECTION_FAILED',
        actionRequired: 'Check that Redis runs, can be reached at REDIS_URL and has memory left.',
        details: { docs: 'docs/operations/alerts.md#redis-lost' },
        acknowledgedBy: null,
        resolvedAt: null,
      });
      expect(alert?.respondBy).toBe(alert?.raisedAt);
      await changes.sees(({ alertChanged }) => alertChanged.id === id && alertChanged.state === 'FIRING');
      // A busy machine raises some of P2 by itself.
      expect(others.events.filter(({ alertChanged }) => alertChanged.id === id)).toEqual([]);
      await until('PagerDuty has an incident', () => incident(id) === 'trigger');
      await until('the mail is there', () => mails() === 1);
      await sql`update alert_deliveries set next_at = now() where notifier = 'slack'`.execute(installation.db.sql());
      // The refused request and its repetition.
      await until('Slack has it too', () => sent('P0: ', REDIS) === 2);
      await until('it is counted', async () => ((await find('redis-lost'))[0]?.count ?? 0) > 1);
      changes.leave();
      others.leave();
    },
    SLOW,
  );

  it(
    'is the same alert after a restart of the processes, and announced no more',
    async () => {
      await Promise.all([app.close(), worker.close()]);
      const { count } = await installation.db.sql().selectFrom('alerts').select('count').executeTakeFirstOrThrow();
      worker = await TestApp.start({ installation, api: false, alertTimes: TIMES });
      await startApi();
      await until('it is counted again', async () => ((await find('redis-lost'))[0]?.count ?? 0) > count);
      expect(await find('redis-lost')).toMatchObject([{ id, state: 'FIRING' }]);
      expect([sent('P0: ', REDIS), mails()]).toEqual([2, 1]);
      expect(app.log.filter((line) => line['alert'] === 'redis-lost')).toEqual([]);
    },
    SLOW,
  );

  it(
    'is acknowledged by an administrator, once, with an entry in the audit log',
    async () => {
      const changes = admin.watch(AlertChangedDocument, {});
      await until('it watches', () => changes.end === undefined);
      const { acknowledgeAlert } = await admin.ask(AcknowledgeAlertDocument, { id });
      expect(acknowledgeAlert).toMatchObject({
        alert: { id, state: 'ACKNOWLEDGED', acknowledgedBy: { username: 'admin' }, acknowledgedAt: expect.any(String) },
        userErrors: [],
      });
      const again = await admin.ask(AcknowledgeAlertDocument, { id });
      expect(again.acknowledgeAlert).toMatchObject({
        alert: { acknowledgedAt: acknowledgeAlert?.alert?.acknowledgedAt },
        userErrors: [],
      });
      await until('PagerDuty knows', () => incident(id) === 'acknowledge');
      const entries = installation.db.sql().selectFrom('audit_log').select(['action', 'target', 'outcome']);
      expect(await entries.where('action', 'like', 'alert.%').execute()).toEqual([
        { action: 'alert.acknowledge', target: id, outcome: 'SUCCESS' },
      ]);
      const none = await admin.ask(AcknowledgeAlertDocument, { id: 'alert_0' });
      expect(none.acknowledgeAlert?.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
      changes.leave();
    },
    SLOW,
  );

  it(
    'and comes back: the alert is resolved by itself, which is announced and streamed',
    async () => {
      const changes = admin.watch(AlertChangedDocument, {});
      await redis.start();
      await resolved('redis-lost');
      await until('PagerDuty has closed the incident', () => incident(id) === 'resolve');
      await until('Slack knows', () => sent('P0 resolved: ', REDIS) === 1);
      await changes.sees(({ alertChanged }) => alertChanged.id === id && alertChanged.state === 'RESOLVED');
      changes.leave();
      const { node } = await admin.ask(AlertNodeDocument, { id });
      expect(node).toMatchObject({ id, state: 'RESOLVED', resolvedAt: expect.any(String) });
      const { acknowledgeAlert } = await admin.ask(AcknowledgeAlertDocument, { id });
      expect(acknowledgeAlert?.userErrors).toEqual([{ code: 'INVALID_STATE', field: ['id'] }]);
    },
    SLOW,
  );
});

describe('A service refuses its key', () => {
  it(
    'which is announced at once; after eleven refusals in a row there is a second alert; both end where it is disabled',
    async () => {
      const before = services().pagerDuty.requests.length;
      expect((await admin.ask(TestProviderDocument, { name: 'groq' })).testProvider).toMatchObject({ ok: false });
      await firing('invalid-api-key');
      expect(await find('invalid-api-key')).toMatchObject([
        { service: 'groq', errorCode: 'GROQ_INVALID_API_KEY', message: 'groq does not accept its API key.' },
      ]);
      for (let call = 2; call <= 11; call++) await admin.ask(TestProviderDocument, { name: 'groq' });
      await firing('many-failures-in-a-row');
      await until('both are announced', () => services().pagerDuty.requests.length === before + 2);
      expect(await find('many-failures-in-a-row')).toMatchObject([{ service: 'groq', details: { failures: 11 } }]);
      await admin.ask(SetProviderEnabledDocument, { name: 'groq', enabled: false });
      await Promise.all([resolved('invalid-api-key'), resolved('many-failures-in-a-row')]);
    },
    SLOW,
  );
});

describe('The last worker ends', () => {
  it(
    'which raises an alert, and is in the metrics',
    async () => {
      await worker.close();
      await firing('no-worker');
      expect(await find('no-worker')).toMatchObject([{ errorCode: 'WORKER_DOWN', priority: 'P0' }]);
      const metrics = await (
        await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${OPS_TOKEN}` } })
      ).text();
      expect(metrics).toMatch(/^alerts_open\{priority="p0"\} [1-9]$/m);
      expect(metrics).toMatch(/^alerts_open\{priority="p1"\} \d$/m);
    },
    SLOW,
  );

  it(
    'and a quota is used by 91 %, and a video makes no progress: P1 waits for the digest of the hour',
    async () => {
      const db = installation.db.sql();
      await sql`insert into service_quotas (service, used, total, checked_at) values ('groq', 91, 100, now())`.execute(
        db,
      );
      const video = randomUUIDv7();
      await sql`
        insert into videos (id, owner_id, title, source, language, status, aspect_ratio, resolution)
        select ${video}, id, 'Bees', '{"kind": "topic", "text": "Bees"}', 'en', 'PROCESSING', 'SQUARE_1_1', 'HD_720' from users limit 1`.execute(
        db,
      );
      await sql`
        insert into jobs (id, queue, video_id, status, lease_expires_at)
        values (${randomUUIDv7()}, 'VIDEO', ${video}, 'ACTIVE', now() - interval '61 minutes')`.execute(db);
      await Promise.all([firing('quota-critical'), firing('stuck-videos')]);
      const lines = app.log.filter((line) => line['alert'] === 'quota-critical');
      expect(lines).toMatchObject([
        {
          level: 'ERROR',
          alert_priority: 'P1',
          error_code: 'GROQ_QUOTA_EXCEEDED',
          details: { service: 'groq', quota_used: 91, quota_remaining: 9, quota_total: 100, quota_percentage: 91 },
        },
      ]);
      expect(sent('P1')).toBe(0);
      await sql`update alert_rounds set at = at - interval '1 hour' where name = 'P1'`.execute(db);
      await until('Slack has the digest', () => sent('P1 summary: ') === 1);
      await sql`update service_quotas set used = 10`.execute(db);
      await sql`update videos set status = 'CANCELED' where id = ${video}`.execute(db);
      await Promise.all([resolved('quota-critical'), resolved('stuck-videos')]);
    },
    SLOW,
  );

  it(
    'and another begins: the alert is resolved',
    async () => {
      worker = await TestApp.start({ installation, api: false, alertTimes: TIMES });
      await resolved('no-worker');
      expect(await find('no-worker')).toMatchObject([{ errorCode: 'WORKER_DOWN' }]);
    },
    SLOW,
  );
});

describe('The list of alerts', () => {
  it('has the newest first, in pages, by state and by priority', async () => {
    const { alerts: all } = await admin.ask(AlertsDocument, { first: 100 });
    const times = all?.nodes.map(({ raisedAt }) => raisedAt) ?? [];
    expect(times).toEqual(times.toSorted().toReversed());
    const { alerts: page } = await admin.ask(AlertsDocument, { first: 2 });
    expect(page).toMatchObject({ totalCount: all?.totalCount, pageInfo: { hasNextPage: true } });
    const { alerts: next } = await admin.ask(AlertsDocument, { first: 100, after: page?.pageInfo.endCursor ?? null });
    expect([...(page?.nodes ?? []), ...(next?.nodes ?? [])].map(({ id }) => id)).toEqual(
      all?.nodes.map(({ id }) => id),
    );
    const { alerts: urgent } = await admin.ask(AlertsDocument, { first: 100, state: 'RESOLVED', priority: 'P1' });
    expect(new Set(urgent?.nodes.map(({ state, priority }) => `${priority} ${state}`))).toEqual(
      new Set(['P1 RESOLVED']),
    );
    expect(urgent?.nodes.map(({ rule }) => rule)).toContain('quota-critical');
    expect((await admin.ask(AlertsDocument, { state: 'ACKNOWLEDGED' })).alerts?.totalCount).toBe(0);
    await expect(admin.ask(AlertsDocument, { after: 'x' })).rejects.toThrow('This is not a cursor of this list');
  });
});
