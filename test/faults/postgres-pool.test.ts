import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { isUnreachable } from '../../src/db/database-errors.ts';
import type { Em } from '../../src/db/orm.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import { until } from '../helpers/until.ts';

const POOL_MAX = 3;

let db: Database;
let operator: Database;
beforeAll(async () => {
  const url = await createTestDatabaseUrl();
  db = await openDatabase({ url, poolMax: POOL_MAX });
  operator = await openDatabase({ url, poolMax: 2 });
  await operator.em().execute('create table notes (id int primary key, text text not null)');
  await operator.em().execute("insert into notes values (1, 'one'), (2, 'two')");
});
afterAll(async () => {
  await Promise.all([db?.close(), operator?.close()]);
});

/** The first column of the first row. */
async function valueIn(em: Em, query: string): Promise<unknown> {
  const [row = {}] = await em.execute(query);
  return Object.values(row)[0];
}

const pidIn = async (em: Em): Promise<number> => Number(await valueIn(em, 'select pg_backend_pid()'));
const end = (pid: number) => operator.em().execute('select pg_terminate_backend(?)', [pid]);

/** Fills the pool, so that all its connections are open and idle afterwards. */
async function openAll(database: Database): Promise<void> {
  await Promise.all(Array.from({ length: POOL_MAX }, () => database.em().execute('select pg_sleep(0.1)')));
}

describe('The pool of database connections', () => {
  it('works after all its idle connections were terminated', async () => {
    await openAll(db);
    await operator
      .em()
      .execute(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> ?',
        [await operator.transaction(pidIn)],
      );
    // At once: the loss may not have been noticed yet.
    const works = Array.from({ length: 2 * POOL_MAX }, () => db.transaction((em) => em.execute('select 1')));
    expect(await Promise.all(works)).toHaveLength(2 * POOL_MAX);
  });

  it('loses no connection slot to a transaction whose connection is terminated, however often that happens', async () => {
    let ended = 0;
    for (let time = 0; time < 2 * POOL_MAX; time++) {
      let again = false;
      const text = await db.transaction(async (em) => {
        await em.execute('update notes set text = ? where id = 1', [`time ${time}`]);
        if (!again) {
          again = true;
          await end(await pidIn(em));
          ended++;
        }
        return await valueIn(em, 'select text from notes where id = 1');
      });
      expect(text).toBe(`time ${time}`);
    }
    expect(ended).toBe(2 * POOL_MAX);
    // Each of its slots can still be used, all at once.
    await openAll(db);
  });

  it('reports why a transaction failed, and not that it could not be rolled back', async () => {
    const work = db.transaction(async (em) => {
      await end(await pidIn(em));
      await until('the connection is gone', async () => (await em.execute('select 1').catch(() => [])).length === 0);
      throw new Error('The transaction fails.');
    });
    await expect(work).rejects.toThrow('The transaction fails.');
  });

  it('does not repeat a transaction whose commit was lost, unless requested', async () => {
    // A commit that hangs, so that its connection can be terminated there.
    await operator.em().execute(`create function stand_still() returns trigger language plpgsql as
      $$ begin perform pg_sleep(20); return null; end $$`);
    await operator.em().execute(`create constraint trigger stands_still after update on notes
      deferrable initially deferred for each row when (new.text = 'slow') execute function stand_still()`);
    let tries = 0;
    let pid = 0;
    const work = db.transaction(async (em) => {
      tries++;
      pid = await pidIn(em);
      await em.execute("update notes set text = 'slow' where id = 2");
    });
    const failed = expect(work).rejects.toSatisfy(isUnreachable);
    const committing = async () =>
      (await operator.em().execute("select 1 from pg_stat_activity where pid = ? and query = 'commit'", [pid])).length >
      0;
    await until('it commits', committing);
    await end(pid);
    await failed;
    expect(tries).toBe(1);
  });
});

describe('A transaction', () => {
  it('is retried after a deadlock', async () => {
    const tries = [0, 0];
    const holders = new Set<number>();
    const inOppositeOrder = async (index: 0 | 1, first: number, then: number) => {
      await db.transaction(async (em) => {
        tries[index] = (tries[index] ?? 0) + 1;
        await em.execute('update notes set text = text || ? where id = ?', [String(index), first]);
        holders.add(index);
        await until('both hold one', () => holders.size === 2);
        await em.execute('update notes set text = text || ? where id = ?', [String(index), then]);
      });
    };
    await operator.em().execute("update notes set text = ''");
    await Promise.all([inOppositeOrder(0, 1, 2), inOppositeOrder(1, 2, 1)]);
    for (const id of [1, 2])
      expect(await valueIn(operator.em(), `select text from notes where id = ${id}`)).toMatch(/^(01|10)$/);
    // The retried transaction may be quick enough to deadlock with the other once more.
    expect((tries[0] ?? 0) + (tries[1] ?? 0)).toBeGreaterThan(2);
  });

  it('is retried after a serialization failure', async () => {
    let tries = 0;
    await operator.em().execute("update notes set text = '' where id = 1");
    await db.transaction(async (em) => {
      await em.execute('set transaction isolation level serializable');
      tries++;
      const text = String(await valueIn(em, 'select text from notes where id = 1'));
      if (tries === 1) await operator.em().execute("update notes set text = 'theirs' where id = 1");
      await em.execute('update notes set text = ? where id = 1', [`${text} and ours`]);
    });
    expect(tries).toBe(2);
    expect(await operator.em().execute('select text from notes where id = 1')).toEqual([{ text: 'theirs and ours' }]);
  });

  it('is not retried after other errors', async () => {
    let tries = 0;
    const work = db.transaction(async (em) => {
      tries++;
      await em.execute("insert into notes values (1, 'again')");
    });
    await expect(work).rejects.toThrow(/duplicate key/);
    expect(tries).toBe(1);
  });
});

describe('A database whose network is cut silently', () => {
  it('fails waiting queries in bounded time, and is reached again over new connections', async () => {
    const url = await createTestDatabaseUrl();
    const proxy = await BreakableProxy.to(url);
    const far = await openDatabase({ url: proxy.inFrontOf(url), poolMax: POOL_MAX, statementSeconds: 1 });
    try {
      await openAll(far);
      expect(proxy.freeze()).toBe(2 * POOL_MAX);
      const begun = performance.now();
      await expect(far.em().execute('select 1')).rejects.toSatisfy(isUnreachable);
      expect(performance.now() - begun).toBeLessThan(10_000);
      // A caller with retryWhileUnreachable gets no error at all.
      expect(await far.transaction((em) => em.execute('select 2 as two'), AbortSignal.timeout(20_000))).toEqual([
        { two: 2 },
      ]);
    } finally {
      await far.close();
      await proxy.close();
    }
  });

  it('releases the row locks of an unresponsive client', async () => {
    const url = await createTestDatabaseUrl();
    const proxy = await BreakableProxy.to(url);
    const [far, near] = [
      await openDatabase({ url: proxy.inFrontOf(url), poolMax: 1, statementSeconds: 1 }),
      await openDatabase({ url, poolMax: 1 }),
    ];
    try {
      await near.em().execute('create table rows (id int); insert into rows values (1)');
      expect(await valueIn(far.em(), 'show idle_in_transaction_session_timeout')).toBe('5s');
      let tries = 0;
      const patient = far.transaction(async (em) => {
        await em.execute("set local idle_in_transaction_session_timeout = '1s'");
        await em.execute('update rows set id = id + 1');
        if (++tries === 1) proxy.freeze();
        await em.execute('select 1');
      }, AbortSignal.timeout(20_000));
      await patient;
      expect(tries).toBeGreaterThan(1);
      expect(await near.em().execute('select id from rows')).toEqual([{ id: 2 }]);
    } finally {
      await Promise.all([far.close(), near.close()]);
      await proxy.close();
    }
  });
});

describe('A server that accepts connections and stays silent', () => {
  it('is given up after five seconds, with what to check', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const begun = performance.now();
    const opening = openDatabase({ url: `postgresql://user:word@127.0.0.1:${port}/db`, poolMax: 4 });
    await expect(opening).rejects.toMatchObject({
      code: 'DATABASE_CONNECTION_FAILED',
      message: expect.stringMatching(/^PostgreSQL does not answer in 5 s, though something accepts connections/),
    });
    expect(performance.now() - begun).toBeLessThan(9_000);
    silent.close();
  });
});

describe('An immediate restart of PostgreSQL', () => {
  it('delays callers with retryWhileUnreachable, and fails others', async () => {
    const server = await OwnPostgres.start(inject('cluster'));
    const own = await openDatabase({ url: server.url, poolMax: POOL_MAX });
    try {
      await own.em().execute('create table counts (n int); insert into counts values (0)');
      await openAll(own);
      await server.crash();
      await expect(own.transaction((em) => em.execute('select 1'))).rejects.toSatisfy(isUnreachable);
      const timedOut = own.transaction((em) => em.execute('select 1'), AbortSignal.abort(new Error('No time.')));
      await expect(timedOut).rejects.toThrow('No time.');
      const counted = own.transaction((em) => em.execute('update counts set n = n + 1'), AbortSignal.timeout(20_000));
      await server.resume();
      await counted;
      expect(await own.em().execute('select n from counts')).toEqual([{ n: 1 }]);
      await openAll(own);
    } finally {
      await own.close();
      await server.remove();
    }
  });
});
