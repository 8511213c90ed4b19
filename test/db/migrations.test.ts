import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { Migration0027Figures } from '../../src/db/migrations/0027-figures.ts';
import { Migration0029FiguresIndexes } from '../../src/db/migrations/0029-figures-indexes.ts';
import { migrations } from '../../src/db/migrations/migrations.ts';
import type { Em } from '../../src/db/orm.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { withDatabase } from '../helpers/database-url.ts';
import { fillLibrary, videoId } from '../helpers/many-videos.ts';

describe('The migrations', () => {
  let url: string;
  beforeAll(async () => {
    url = await emptyDatabase();
  });

  it('are applied once, in order, by processes that start at once', async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ url, poolMax: 3 })));
    expect(await processes[0]?.isMigrated()).toBe(false);
    const applied = await Promise.all(processes.map((db) => db.migrate()));
    expect(applied.flat()).toEqual(migrations.map(({ name }) => name));
    expect(await processes[0]?.isMigrated()).toBe(true);
    expect(await processes[0]?.migrate()).toEqual([]);
    await Promise.all(processes.map((db) => db.close()));
  });
});

/** A new database without a table, and its URL. */
async function emptyDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = await openDatabase({ url: inject('databaseUrl'), poolMax: 2 });
  await server.em().execute(`create database ${name}`);
  await server.close();
  return withDatabase(inject('databaseUrl'), name);
}

async function apply(em: Em, migration: Migration0027Figures | Migration0029FiguresIndexes): Promise<void> {
  migration.up();
  for (const query of migration.getQueries()) await em.execute(String(query));
}

it('The history of the stages is filled while videos are changed and deleted, and belongs to its videos then', async () => {
  const db = await openDatabase({ url: await emptyDatabase(), poolMax: 4 });
  await db.orm.migrator.up({ to: '0026-alert-deliveries' });
  await fillLibrary(db, { owners: 1, videos: 3, scenes: 1 });
  await db.em().execute('update video_stages set completed_at = started_at');
  await db.transaction(async (em) => {
    await apply(em, new Migration0027Figures(db.orm.driver, db.orm.config));
    await db.transaction(async (other) => {
      await other.execute("set local lock_timeout = '2s'");
      await other.execute(`update videos set title = 'Another' where id = '${videoId(1)}'`);
      await other.execute(`delete from videos where id = '${videoId(2)}'`);
    });
    await apply(em, new Migration0029FiguresIndexes(db.orm.driver, db.orm.config));
  });
  const videos = () =>
    db.em().execute('select video_id, count(*)::int as attempts from video_processing_history group by 1 order by 1');
  expect(await videos()).toEqual([1, 3].map((number) => ({ video_id: videoId(number), attempts: 6 })));
  await db.em().execute(`delete from videos where id = '${videoId(3)}'`);
  expect(await videos()).toEqual([{ video_id: videoId(1), attempts: 6 }]);
  await db.close();
});

describe('A missing database', () => {
  it('is not created, and the error says what to check', async () => {
    const url = withDatabase(inject('databaseUrl'), 'a_typing_error');
    for (const _ of [1, 2])
      await expect(openDatabase({ url, poolMax: 1 })).rejects.toMatchObject({
        code: 'DATABASE_CONNECTION_FAILED',
        message: expect.stringContaining('DATABASE_URL'),
      });
  });
});

describe('The migrated database', () => {
  let db: Database;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.close());

  it('has the tables and columns of the entities, and no others', async () => {
    const difference = await db.orm.schema.getUpdateSchemaSQL({ wrap: false });
    const statements = difference
      .split('\n')
      .filter((line) => /\b(create table|drop table|(add|alter|drop) column)\b/i.test(line));
    // Tables and columns that only the database maintains and hand-written reads use are not defined in the ORM.
    const ours = /"(migrations|video_counts|search_words|access_changes)"/;
    expect(statements.filter((line) => !ours.test(line))).toEqual([]);
  });

  it('uses UTC for its clock', async () => {
    expect(await db.em().execute('show timezone')).toEqual([{ TimeZone: 'UTC' }]);
  });

  it('is configured with the memory for a bitmap of a million videos, and for SSDs', async () => {
    const settings = ['work_mem', 'random_page_cost'].map((name) => db.em().execute(`show ${name}`));
    expect((await Promise.all(settings)).flat()).toEqual([{ work_mem: '32MB' }, { random_page_cost: '1.1' }]);
  });
});

describe('A transaction', () => {
  let db: Database;
  beforeAll(async () => {
    db = await createTestDatabase();
    await db.em().execute('create table pairs (id int primary key, value int not null)');
    await db.em().execute('insert into pairs values (1, 0), (2, 0)');
  });
  afterAll(() => db.close());

  it('that deadlocks with another is retried, and both succeed', async () => {
    const meet = Promise.withResolvers<void>();
    let arrived = 0;
    const add = (first: number, second: number) =>
      db.transaction(async (em) => {
        await em.execute('update pairs set value = value + 1 where id = ?', [first]);
        if (++arrived === 2) meet.resolve();
        await meet.promise;
        await em.execute('update pairs set value = value + 1 where id = ?', [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    // More where the second attempt takes the row before the other transaction, which waits for it, has been woken.
    expect(arrived).toBeGreaterThanOrEqual(3);
    expect(await db.em().execute('select value from pairs order by id')).toEqual([{ value: 2 }, { value: 2 }]);
  });

  it('that fails changes nothing, and its error is thrown unchanged', async () => {
    const reason = new Error('It failed.');
    const failing = db.transaction(async (em) => {
      await em.execute('update pairs set value = 100');
      throw reason;
    });
    await expect(failing).rejects.toBe(reason);
    expect(await db.em().execute('select value from pairs order by id')).toEqual([{ value: 2 }, { value: 2 }]);
  });
});

describe('Connecting', () => {
  it('to an unreachable server fails with what to check, without the password', async () => {
    const away = openDatabase({ url: 'postgres://u:topsecret@127.0.0.1:1/x', poolMax: 2 });
    await expect(away).rejects.toMatchObject({ code: 'DATABASE_CONNECTION_FAILED', retriable: true });
    await expect(away).rejects.toThrow(/DATABASE_URL/);
    await expect(away).rejects.not.toThrow(/topsecret/);
  });

  it('with a wrong password fails with the same advice', async () => {
    const wrong = new URL(inject('databaseUrl'));
    wrong.password = 'wrong';
    const refused = openDatabase({ url: wrong.href, poolMax: 2 });
    await expect(refused).rejects.toMatchObject({ code: 'DATABASE_CONNECTION_FAILED' });
  });
});
