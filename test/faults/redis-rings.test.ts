import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { NoticeBoard } from '../../src/events/notice-board.ts';
import { Doorbell } from '../../src/jobs/doorbell.ts';
import { Lookout } from '../../src/jobs/lookout.ts';
import { Relay } from '../../src/jobs/relay.ts';
import { Sweeper } from '../../src/jobs/sweeper.ts';
import type { Worker } from '../../src/jobs/worker.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { makingOn, ownerOn } from '../helpers/making.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';
import { silent } from '../helpers/workshop.ts';

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
  redis = await OwnRedis.place();
  await redis.start();
});
afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.close();
  await redis.stop();
  await sql`delete from videos`.execute(db.sql());
});

function keep<T extends { close(): void | Promise<void> }>(thing: T): T {
  open.push(thing);
  return thing;
}

/** What a worker process has around its worker; without the lookout, or without the sweeper, where a test is of the other. */
function workingAt(redisUrl: string, worker: Worker, { lookout = true, sweeping = true } = {}) {
  const states: string[] = [];
  const common = { redisUrl, prefix: `t-${randomUUID()}`, queue: 'VIDEO' } as const;
  const listener = { slots: 4, answer: () => worker.answer('VIDEO') };
  keep(worker);
  const ear = keep(new Doorbell({ ...common, listener, onState: (state) => states.push(state) }));
  const bell = keep(new Doorbell({ ...common, onState: () => undefined }));
  const relay = keep(new Relay(db, bell, silent));
  const sweeper = keep(new Sweeper(db, () => relay.kick(), silent));
  ear.open();
  bell.open();
  relay.start();
  if (sweeping) sweeper.start();
  const look = { isRungFor: () => ear.connected, look: () => worker.lookAround('VIDEO') };
  if (lookout) keep(new Lookout(look)).start();
  return { ear, bell, relay, states };
}

const waitingRings = async (prefixed: string) => Number(await redis.command('LLEN', prefixed));
const unfinished = async () =>
  (await db.sql().selectFrom('jobs').select('id').where('status', '<>', 'DONE').execute()).length;

describe('Videos that wait', () => {
  it('are begun within seconds of a restart of Redis, by a ring', async () => {
    const making = makingOn(db);
    let made = 0;
    const { ear, states } = workingAt(
      redis.url,
      making.worker(async () => void made++),
      { lookout: false },
    );
    await until('it can be rung for', () => ear.connected);
    await redis.stop();
    await until('that is noticed', () => states.includes('lost'));
    await making.accept(ann);
    await redis.start();
    const begun = performance.now();
    await until('it is made', () => made === 1);
    // The promise is 3 s; a machine with much else to do is given more.
    expect(performance.now() - begun).toBeLessThan(9_000);
    process.stdout.write(`Begun ${Math.round(performance.now() - begun)} ms after Redis was back.\n`);
  });

  it('are all made though Redis is flushed while 100 rings wait in it', async () => {
    const making = makingOn(db);
    let made = 0;
    const gate = Promise.withResolvers<void>();
    const worker = making.worker(async () => {
      await gate.promise;
      made++;
    });
    workingAt(redis.url, worker, { sweeping: false });
    keep({ close: () => gate.resolve() });
    // A plan allows 50 videos a day.
    const owners = await Promise.all([ownerOn(db), ownerOn(db), ownerOn(db), ownerOn(db)]);
    for (let count = 0; count < 26; count++) await Promise.all(owners.map((owner) => making.accept(owner)));
    await until('all slots are taken', async () => (await activeJobs()) === 4);
    const [key = ''] = await keysLike('*:video:waiting');
    await until('the others were rung for', async () => (await waitingRings(key)) === 100);
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

describe('A Redis that falls silent without ending its connections', () => {
  it('is noticed by bell and ear, which go on over new connections', async () => {
    const proxy = keep(await BreakableProxy.to(redis.url));
    const making = makingOn(db);
    let made = 0;
    const worker = making.worker(async () => void made++);
    const { ear, bell, states } = workingAt(proxy.inFrontOf(redis.url), worker);
    await until('both are connected', () => ear.connected && bell.connected);
    expect(proxy.freeze()).toBeGreaterThan(0);
    const begun = performance.now();
    await expect(bell.ring('nobody', 0)).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    await making.accept(ann);
    await until('the video is made', () => made === 1);
    await until('both are connected again', () => states.length === 2 && bell.connected);
    expect(states).toEqual(['lost', 'connected']);
    await bell.ring('nobody', 1);
  });

  it('does not keep anybody from closing', async () => {
    const proxy = keep(await BreakableProxy.to(redis.url));
    const { ear, bell } = workingAt(
      proxy.inFrontOf(redis.url),
      makingOn(db).worker(async () => undefined),
    );
    await until('both are connected', () => ear.connected && bell.connected);
    proxy.freeze();
    const begun = performance.now();
    for (const thing of open.splice(1).toReversed()) await thing.close();
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('is noticed by those who wait for notices: what was missed is said, and new ones come', async () => {
    const proxy = keep(await BreakableProxy.to(redis.url));
    const common = { prefix: `t-${randomUUID()}` };
    const states: string[] = [];
    const far = keep(
      new NoticeBoard({ ...common, redisUrl: proxy.inFrontOf(redis.url), onState: (state) => states.push(state) }),
    );
    const near = keep(new NoticeBoard({ ...common, redisUrl: redis.url }));
    const heard: string[] = [];
    far.listen('news', (text) => heard.push(text));
    far.open();
    near.open();
    await until('both are connected', () => far.connected && near.connected);
    near.publish('news', 'one');
    await until('it is heard', () => heard.includes('one'));
    proxy.freeze();
    await expect(far.ping()).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED' });
    await until('it is back', () => far.connected && states.includes('lost'));
    expect(heard.at(-1)).toBe('');
    near.publish('news', 'two');
    await until('it is heard', () => heard.includes('two'));
    await expect(far.ping()).resolves.toMatchObject({ latencyMs: expect.any(Number) });
  });
});

describe('The health of Redis', () => {
  it('says why where it takes no writes', async () => {
    const board = keep(new NoticeBoard({ redisUrl: redis.url, prefix: 'p' }));
    board.open();
    await until('it is connected', () => board.connected);
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    await expect(board.ping()).rejects.toThrow(/takes no writes.*out of memory/);
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    await expect(board.ping()).resolves.toMatchObject({ memoryBytes: expect.any(Number) });
  });
});
