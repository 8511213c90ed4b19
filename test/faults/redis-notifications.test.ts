import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { JobNotifier } from '../../src/jobs/queue/job-notifier.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { OutboxRelay } from '../../src/jobs/queue/outbox-relay.ts';
import { Sweeper } from '../../src/jobs/queue/sweeper.ts';
import { FallbackPoller } from '../../src/jobs/worker/fallback-poller.ts';
import type { Worker } from '../../src/jobs/worker/worker.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { silent } from '../helpers/job-fixture.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

let db: Database;
let ann: Viewer;
let redis: OwnRedis;
const open: { close(): void | Promise<void> }[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  ann = await ownerOn(db);
});
afterAll(() => db?.close());
beforeEach(async () => {
  redis = await OwnRedis.create();
  await redis.start();
});
afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.close();
  await redis.stop();
  await sql`delete from videos`.execute(db.sql());
});

function closeLater<T extends { close(): void | Promise<void> }>(thing: T): T {
  open.push(thing);
  return thing;
}

/** The components around the worker of a process; without the fallback poller, or without the sweeper, where a test is about the other. */
function startWorkerParts(redisUrl: string, worker: Worker, { fallbackPoller = true, sweeping = true } = {}) {
  const states: string[] = [];
  const common = { redisUrl, prefix: `t-${randomUUID()}`, queue: 'VIDEO' } as const;
  const listener = { slots: 4, onNotification: () => worker.onNotification('VIDEO') };
  closeLater(worker);
  const queueListener = closeLater(new JobNotifier({ ...common, listener, onState: (state) => states.push(state) }));
  const notifier = closeLater(new JobNotifier({ ...common, onState: () => undefined }));
  const relay = closeLater(new OutboxRelay(new JobStore(db, 30), notifier, silent));
  const sweeper = closeLater(new Sweeper(new JobStore(db, 30), () => relay.trigger(), silent));
  queueListener.open();
  notifier.open();
  relay.start();
  if (sweeping) sweeper.start();
  const poll = { isNotified: () => queueListener.connected, poll: () => worker.poll('VIDEO') };
  if (fallbackPoller) closeLater(new FallbackPoller(poll)).start();
  return { queueListener, notifier, relay, states };
}

const waitingNotifications = async (prefixed: string) => Number(await redis.command('LLEN', prefixed));
const unfinished = async () =>
  (await db.sql().selectFrom('jobs').select('id').where('status', '<>', 'DONE').execute()).length;

describe('Waiting videos', () => {
  it('begin within seconds after a restart of Redis, by a notification', async () => {
    const videoServices = videoServicesOn(db);
    let made = 0;
    const { queueListener, states } = startWorkerParts(
      redis.url,
      videoServices.worker(async () => void made++),
      { fallbackPoller: false },
    );
    await until('the listener is connected', () => queueListener.connected);
    await redis.stop();
    await until('that is noticed', () => states.includes('lost'));
    await videoServices.accept(ann);
    await redis.start();
    const begun = performance.now();
    await until('it is made', () => made === 1);
    // The promise is 3 s; a busy machine gets more.
    expect(performance.now() - begun).toBeLessThan(9_000);
    process.stdout.write(`Begun ${Math.round(performance.now() - begun)} ms after Redis was restarted.\n`);
  });

  it('are all made although Redis is flushed while 100 notifications wait in it', async () => {
    const videoServices = videoServicesOn(db);
    let made = 0;
    const gate = Promise.withResolvers<void>();
    const worker = videoServices.worker(async () => {
      await gate.promise;
      made++;
    });
    startWorkerParts(redis.url, worker, { sweeping: false });
    closeLater({ close: () => gate.resolve() });
    // A plan allows 50 videos a day.
    const owners = await Promise.all([ownerOn(db), ownerOn(db), ownerOn(db), ownerOn(db)]);
    for (let count = 0; count < 26; count++) await Promise.all(owners.map((owner) => videoServices.accept(owner)));
    await until('all slots are taken', async () => (await activeJobs()) === 4);
    const [key = ''] = await keysLike('*:video:waiting');
    await until('the others were notified', async () => (await waitingNotifications(key)) === 100);
    await redis.command('FLUSHALL');
    const begun = performance.now();
    gate.resolve();
    await until('all are done', async () => (await unfinished()) === 0, 30);
    expect(made).toBe(104);
    process.stdout.write(`All 104 were done ${Math.round(performance.now() - begun)} ms after the flush.\n`);
  }, 60_000);
});

const activeJobs = async () =>
  (await db.sql().selectFrom('jobs').select('id').where('status', '=', 'ACTIVE').execute()).length;

async function keysLike(pattern: string): Promise<string[]> {
  const keys = await redis.command('KEYS', pattern);
  return Array.isArray(keys) ? keys.map(String) : [];
}

describe('A Redis that stops responding without ending its connections', () => {
  it('is noticed by notifier and listener, which continue over new connections', async () => {
    const proxy = closeLater(await BreakableProxy.to(redis.url));
    const videoServices = videoServicesOn(db);
    let made = 0;
    const worker = videoServices.worker(async () => void made++);
    const { queueListener, notifier, states } = startWorkerParts(proxy.inFrontOf(redis.url), worker);
    await until('both are connected', () => queueListener.connected && notifier.connected);
    expect(proxy.freeze()).toBeGreaterThan(0);
    const begun = performance.now();
    await expect(notifier.notify('unknown', 0)).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    await videoServices.accept(ann);
    await until('the video is made', () => made === 1);
    await until('both are connected again', () => states.length === 2 && notifier.connected);
    expect(states).toEqual(['lost', 'connected']);
    await notifier.notify('unknown', 1);
  });

  it('does not delay the closing of its clients', async () => {
    const proxy = closeLater(await BreakableProxy.to(redis.url));
    const { queueListener, notifier } = startWorkerParts(
      proxy.inFrontOf(redis.url),
      videoServicesOn(db).worker(async () => undefined),
    );
    await until('both are connected', () => queueListener.connected && notifier.connected);
    proxy.freeze();
    const begun = performance.now();
    for (const thing of open.splice(1).toReversed()) await thing.close();
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('is noticed by subscribers: they learn that messages were missed, and new ones arrive', async () => {
    const proxy = closeLater(await BreakableProxy.to(redis.url));
    const common = { prefix: `t-${randomUUID()}` };
    const states: string[] = [];
    const far = closeLater(
      new RedisPubSub({ ...common, redisUrl: proxy.inFrontOf(redis.url), onState: (state) => states.push(state) }),
    );
    const near = closeLater(new RedisPubSub({ ...common, redisUrl: redis.url }));
    const received: string[] = [];
    far.listen('news', (text) => received.push(text));
    far.open();
    near.open();
    await until('both are connected', () => far.connected && near.connected);
    near.publish('news', 'one');
    await until('it is received', () => received.includes('one'));
    proxy.freeze();
    await expect(far.ping()).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED' });
    await until('it is back', () => far.connected && states.includes('lost'));
    expect(received.at(-1)).toBe('');
    near.publish('news', 'two');
    await until('it is received', () => received.includes('two'));
    await expect(far.ping()).resolves.toMatchObject({ latencyMs: expect.any(Number) });
  });
});

describe('The health of Redis', () => {
  it('reports the reason where Redis accepts no writes', async () => {
    const pubSub = closeLater(new RedisPubSub({ redisUrl: redis.url, prefix: 'p' }));
    pubSub.open();
    await until('it is connected', () => pubSub.connected);
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    await expect(pubSub.ping()).rejects.toThrow(/accepts no writes.*out of memory/);
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    await expect(pubSub.ping()).resolves.toMatchObject({ memoryBytes: expect.any(Number) });
  });
});
