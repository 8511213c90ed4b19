import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { openDatabaseSession } from '../../src/db/database-session.ts';
import { poolCounts, poolFacts } from '../../src/monitoring/pool-facts.ts';
import { PoolMonitor } from '../../src/monitoring/pool-monitor.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';

interface Client {
  release(): void;
}
interface Pool {
  connect(): Promise<Client>;
}

function isPool(value: unknown): value is Pool {
  return typeof value === 'object' && value !== null && 'connect' in value;
}

let db: Database;
let now = 0;
afterEach(() => db.close());

async function open(options: Partial<Parameters<typeof openDatabase>[0]> = {}): Promise<void> {
  now = 0;
  db = await openDatabase({ url: await createTestDatabaseUrl(), poolMax: 10, now: () => now, ...options });
}

/** A connection that only its caller returns. */
async function take(): Promise<Client> {
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isPool(pool)) throw new Error('The driver has no pool.');
  return await pool.connect();
}

/** What the monitor logs when it looks. */
function warnings(monitor: (logger: { warn(...line: unknown[]): void }) => PoolMonitor) {
  const lines: unknown[][] = [];
  const watching = monitor({ warn: (...line) => void lines.push(line) });
  return () => {
    watching.check();
    return lines.splice(0);
  };
}

const monitored = () => warnings((logger) => new PoolMonitor({ usage: db.poolUsage, logger }));

describe('A connection that is not returned', () => {
  it('is reported after five minutes, outside of any transaction too, until it is returned', async () => {
    await open();
    const check = monitored();
    const leaked = await take();
    now = 300_000;
    expect([check(), (await poolFacts(db)).longRunning]).toEqual([[], 0]);
    now = 301_000;
    await db.ping();
    expect(await poolFacts(db)).toMatchObject({ longRunning: 1 });
    const line = [
      { part: 'database_pool', average_percent: null, held_seconds: [301] },
      'connections to the database have been held for over five minutes and may never be returned',
    ];
    expect([check(), check()]).toEqual([[line], [line]]);
    leaked.release();
    expect([check(), (await poolFacts(db)).longRunning]).toEqual([[], 0]);
  });

  it('is no leak where a session holds it on purpose', async () => {
    await open();
    const session = await openDatabaseSession(db);
    now = 900_000;
    expect(monitored()()).toEqual([]);
    session.close();
  });

  it('is forgotten when it is lost', async () => {
    await open();
    const check = monitored();
    const transaction = db.transaction(async (em) => {
      await em.execute('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(transaction).rejects.toThrow();
    now = 900_000;
    await db.ping();
    expect(check()).toEqual([]);
  });
});

describe('A pool that is too small', () => {
  it('is reported when all its connections were in use, though only for a moment', async () => {
    await open({ poolMax: 3 });
    const check = monitored();
    const clients = await Promise.all([take(), take(), take()]);
    for (const client of clients) client.release();
    const text = 'all connections to the database were in use at once: further work waits';
    expect(check()).toEqual([[{ part: 'database_pool', average_percent: null }, text]]);
    expect(check()).toEqual([]);
  });

  it('is reported when more than 80 % were in use on average of the last 100 takings', async () => {
    await open();
    const check = monitored();
    const held = await Promise.all(Array.from({ length: 8 }, take));
    for (let taking = 0; taking < 100; taking++) await db.ping();
    expect(db.poolUsage.averagePercent).toBe(90);
    const text = 'most connections to the database are in use: raise DATABASE_POOL_MAX, or start more processes';
    expect(check()).toEqual([[{ part: 'database_pool', average_percent: 90 }, text]]);
    for (const client of held.slice(1)) client.release();
    for (let taking = 0; taking < 100; taking++) await db.ping();
    expect(db.poolUsage.averagePercent).toBe(20);
    expect(check()).toEqual([]);
    held[0]?.release();
  });
});

describe('Connections at rest', () => {
  it.each([
    ['20', 20, {}],
    ['as many as are wanted', 4, { restingConnections: 4 }],
    ['all of a smaller pool', 10, { poolMax: 10 }],
  ])('stay open up to %s, longer than a statement may take, and are used again', async (_, resting, options) => {
    await open({ poolMax: 25, idleSeconds: 0.1, statementSeconds: 1, ...options });
    const clients = await Promise.all(Array.from({ length: db.poolMax }, take));
    for (const client of clients) client.release();
    await sleep(3_000);
    expect(await poolCounts(db)).toMatchObject({ total: resting, idle: resting });
    await Promise.all(Array.from({ length: resting }, () => db.ping()));
    expect(await poolCounts(db)).toMatchObject({ total: resting });
  });
});
