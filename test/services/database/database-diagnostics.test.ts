import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { Migration0031CountedStatements } from '../../../src/db/migrations/0031-counted-statements.ts';
import {
  DatabaseDiagnosticsService,
  indexSuggestions,
  isBloated,
  unusedIndexes,
} from '../../../src/services/database/database-diagnostics.service.ts';
import { createTestDatabaseUrl } from '../../helpers/database.ts';
import { asSuperuser, DatabaseClient } from '../../helpers/database-clients.ts';
import { OwnPostgres } from '../../helpers/own-postgres.ts';
import { until } from '../../helpers/until.ts';

let url: string;
let db: Database;
let diagnostics: DatabaseDiagnosticsService;
let other: DatabaseClient;
beforeAll(async () => {
  url = await createTestDatabaseUrl();
  db = await openDatabase({ url, poolMax: 3 });
  diagnostics = new DatabaseDiagnosticsService(db);
  other = await DatabaseClient.open(url);
  await other.run('create table many as select n as id, n as place from generate_series(1, 1500) n');
  return async () => {
    await Promise.all([other.close(), db.close()]);
  };
});

const tableOf = async (name: string) => (await diagnostics.tables()).find((table) => table.name === name);

describe('A diagnosis of the database shows', () => {
  it('who waits for whom, without literals, and the sizes of all tables while one is locked', async () => {
    const waiting = await DatabaseClient.open(url);
    const sized = await tableOf('many');
    await other.run('vacuum many');
    await other.run('begin');
    await other.run("lock table many in access exclusive mode; select 'my secret'");
    const answer = waiting.run("delete from many where id = 77 and 'my secret' <> ''");
    await until('it waits', async () => (await diagnostics.locks()).length > 0);
    const [wait, ...rest] = await diagnostics.locks();
    expect(wait).toMatchObject({
      blockingPid: await other.pid(),
      blockedQuery: 'delete from many where id = ? and ? <> ?',
      blockingQuery: expect.not.stringContaining('secret'),
    });
    expect(wait?.waitingSeconds).toBeGreaterThan(0);
    expect(rest).toEqual([]);
    const locked = await tableOf('many');
    expect(locked?.totalBytes).toBeGreaterThan(0);
    expect(locked?.totalBytes).toBeLessThanOrEqual(sized?.totalBytes ?? 0);
    expect((await diagnostics.indexes()).length).toBeGreaterThan(10);
    await other.run('rollback');
    await answer;
    expect(wait?.blockedPid).toBe(await waiting.pid());
    await waiting.close();
    expect(await diagnostics.locks()).toEqual([]);
  });

  it('tables with their dead rows', async () => {
    await other.run('create table dying as select n from generate_series(1, 3000) n');
    await other.run('delete from dying where n <= 2000');
    await other.countNow();
    const table = await tableOf('dying');
    expect(table).toMatchObject({ liveRows: 1000, deadRows: 2000, indexScans: null, lastVacuumAt: null });
    expect(table?.deadPercentage).toBeCloseTo(66.67, 1);
    expect(table && isBloated(table)).toBe(true);
    expect((await diagnostics.tables()).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['videos', 'jobs', 'users']),
    );
  });

  it('indexes that nothing uses, but none that keeps rows unique', async () => {
    await other.run('create index many_place on many (place); create unique index many_id on many (id)');
    await other.countNow();
    const ofMany = async () => {
      const found = unusedIndexes(await diagnostics.indexes());
      return found.filter(({ table }) => table === 'many').map(({ name, scans }) => ({ name, scans }));
    };
    expect(await ofMany()).toEqual([{ name: 'many_place', scans: 0 }]);
    await other.run('set enable_seqscan = off; select from many where place = 7');
    await other.run('reset enable_seqscan');
    await other.countNow();
    expect(await ofMany()).toEqual([]);
  });

  it('tables that an index may help, from ten large reads on', async () => {
    await other.run('create table unindexed as select n from generate_series(1, 1500) n');
    const read = async (times: number) => {
      for (let turn = 0; turn < times; turn++) await other.run('select from unindexed where n = 7');
      await other.countNow();
      const found = indexSuggestions(await diagnostics.tables());
      return found.find(({ table }) => table === 'unindexed')?.reason;
    };
    expect(await read(9)).toBeUndefined();
    expect(await read(1)).toMatch(/^It was read whole 10 times, with 1500 rows on average: /);
  });

  it('sessions, working ones first, and what they last asked without literals', async () => {
    await other.run("begin; select 'my secret'");
    const [first, ...rest] = await diagnostics.sessions(100);
    expect(first).toMatchObject({
      pid: await other.pid(),
      user: 'autovideo_app',
      client: '127.0.0.1',
      application: 'a report',
      state: 'idle in transaction',
      query: 'begin; select ?',
    });
    expect(first?.seconds).toBeGreaterThanOrEqual(0);
    const counts = await diagnostics.sessionCounts();
    expect(counts).toMatchObject({ active: 0, idle: rest.length, idleInTransaction: 1, max: 100 });
    expect(await diagnostics.sessions(1)).toHaveLength(1);
    await other.run('rollback');
  });

  it('the version of the server', async () => {
    expect(await diagnostics.version()).toMatch(/^18\.\d/);
  });
});

describe('Slow statements', () => {
  let counted: Database;
  let slow: DatabaseDiagnosticsService;
  beforeAll(async () => {
    counted = await openDatabase({ url: inject('databaseUrl'), poolMax: 1 });
    slow = new DatabaseDiagnosticsService(counted);
  });
  afterAll(() => counted.close());

  it('are shown by total time, from a mean on, without literals', async () => {
    const client = await DatabaseClient.open(inject('databaseUrl'));
    await client.run("select pg_sleep(0.12), 'my secret' as slow_one");
    await client.run('select pg_sleep(0.02) as quick_one');
    await client.close();
    const find = async (name: string, minMeanMs: number) =>
      (await slow.slowQueries({ minMeanMs, first: 100 })).find(({ query }) => query.includes(name));
    expect(await find('slow_one', 100)).toMatchObject({
      query: 'select pg_sleep($1), $2 as slow_one',
      rows: 1,
      calls: 1,
    });
    expect((await find('slow_one', 100))?.meanMs).toBeGreaterThanOrEqual(119);
    expect(await find('quick_one', 100)).toBeUndefined();
    expect(await find('quick_one', 10)).toBeDefined();
    expect(await find('slow_one', 60_000)).toBeUndefined();
    const totals = (await slow.slowQueries({ minMeanMs: 0, first: 100 })).map(({ totalMs }) => totalMs);
    expect(totals).toEqual(totals.toSorted((one, two) => two - one));
    expect(await slow.message()).toBeNull();
  });

  it('are missing, with the way to count them, in a database without the extension', async () => {
    expect(await diagnostics.slowQueries({ minMeanMs: 0, first: 100 })).toEqual([]);
    expect(await diagnostics.message()).toMatch(/create extension pg_stat_statements/);
  });

  it('are counted where the migration may create the extension', async () => {
    const own = await openDatabase({ url: asSuperuser(await createTestDatabaseUrl()), poolMax: 1 });
    const migration = new Migration0031CountedStatements(own.orm.driver, own.orm.config);
    migration.up();
    for (const query of migration.getQueries()) await own.em().execute(String(query));
    expect(await new DatabaseDiagnosticsService(own).message()).toBeNull();
    await own.close();
  });

  it('are missing, with the way to count them, on a server without the library', async () => {
    const server = await OwnPostgres.start(inject('cluster'));
    const own = await openDatabase({ url: server.url, poolMax: 1 });
    await own.em().execute('create extension pg_stat_statements');
    const without = new DatabaseDiagnosticsService(own);
    expect(await without.slowQueries({ minMeanMs: 0, first: 1 })).toEqual([]);
    expect(await without.message()).toMatch(/shared_preload_libraries.* and restart PostgreSQL\.$/);
    await own.close();
    await server.remove();
  });

  it.each([
    [0, 1],
    [86_400_000, 100],
  ])('may be asked for from %i ms, and %i of them', async (minMeanMs, first) => {
    expect(await diagnostics.slowQueries({ minMeanMs, first })).toEqual([]);
  });

  it.each([
    [-0.1, 1],
    [86_400_001, 1],
    [Number.NaN, 1],
    [0, 0],
    [0, 101],
  ])('may not be asked for from %d ms, or %i of them', async (minMeanMs, first) => {
    await expect(diagnostics.slowQueries({ minMeanMs, first })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each([0, 101])('nor may %i sessions', async (first) => {
    await expect(diagnostics.sessions(first)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

it.each([
  [1_001, 10.01, true],
  [1_000, 10.01, false],
  [1_001, 10, false],
])('%i dead rows that are %d %% ask for vacuum: %s', (deadRows, deadPercentage, asks) => {
  expect(isBloated({ deadRows, deadPercentage })).toBe(asks);
});
