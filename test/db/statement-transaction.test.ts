import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { type QueryTime, QueryTimes } from '../../src/db/query-times.ts';
import { StatementBatch } from '../../src/db/statement-batch.ts';
import { StatementTransaction } from '../../src/db/statement-transaction.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';

const insert = { name: 'insert_number', text: 'insert into numbers (value) values ($1)' };
const divide = { name: 'divide', text: 'select 10 / $1::int as value' };
const facts = {
  name: 'facts',
  text: `select $1::text as text, $2::boolean as flag, $3::bigint as number, $4::jsonb ->> 'a' as json,
    $5::text[] as list, $6::timestamptz as time, null as nothing`,
};

describe('A transaction of prepared statements', () => {
  const times = new QueryTimes();
  const seen: QueryTime[] = [];
  let db: Database;
  beforeAll(async () => {
    // One connection, which every test has to leave in order.
    db = await openDatabase({ url: await createTestDatabaseUrl(), poolMax: 1, times });
    await db.em().execute('create table numbers (value int primary key)');
    times.listen((time) => seen.push(time));
  });
  beforeEach(async () => {
    await db.em().execute('delete from numbers');
    seen.length = 0;
  });
  afterEach(async () => {
    const [session] = await db.em().execute<{ open: boolean }[]>('select now() <> statement_timestamp() as open');
    expect(session).toEqual({ open: false });
  });
  afterAll(() => db?.close());

  async function numbers(): Promise<number[]> {
    const rows = await db.em().execute<{ value: number }[]>('select value from numbers order by value');
    return rows.map(({ value }) => value);
  }

  it('commits what it has written, once, and calls back after that', async () => {
    let committed = 0;
    const result = await db.repeatableStatements(async (transaction) => {
      db.afterCommit(transaction, () => committed++);
      await transaction.rows(insert, [1]);
      await transaction.commitWith(transaction.rows(insert, [2]), transaction.rows(insert, [3]));
      expect(committed).toBe(0);
      return 'done';
    });
    expect([result, committed]).toEqual(['done', 1]);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('is committed at its end where it was not before', async () => {
    await db.repeatableStatements((transaction) => transaction.rows(insert, [1]));
    expect(await numbers()).toEqual([1]);
  });

  it('needs no statement', async () => {
    expect(await db.repeatableStatements(async () => 'nothing')).toBe('nothing');
    expect(seen).toEqual([]);
  });

  it('sends and returns values as any other statement does', async () => {
    const time = new Date('2026-01-31T09:30:00.500Z');
    const read = () =>
      db.repeatableStatements((transaction) =>
        transaction.rows(facts, ['"Ω', true, 7, { a: 'b' }, ['x', 'y "z"'], time]),
      );
    const expected = [{ text: '"Ω', flag: true, number: 7, json: 'b', list: ['x', 'y "z"'], time, nothing: null }];
    expect(await read()).toEqual(expected);
    expect(await read()).toEqual(expected);
  });

  it('measures each statement', async () => {
    await db.repeatableStatements((transaction) => transaction.commitWith(transaction.rows(divide, [5])));
    const seconds = expect.any(Number);
    expect(seen).toEqual([
      { type: 'transaction', table: 'none', seconds },
      { type: 'select', table: 'other', seconds },
      { type: 'transaction', table: 'none', seconds },
    ]);
  });

  it('is undone where a statement fails, and its connection and its statements can be used again', async () => {
    const failing = db.repeatableStatements(async (transaction) => {
      await transaction.rows(insert, [1]);
      await Promise.all([transaction.rows(divide, [0]), transaction.rows(insert, [2])]);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await numbers()).toEqual([]);
    const divided = await db.repeatableStatements((transaction) => transaction.rows(divide, [2]));
    expect(divided).toEqual([{ value: 5 }]);
  });

  it('is undone where one of the last statements fails', async () => {
    const failing = db.repeatableStatements((transaction) =>
      transaction.commitWith(transaction.rows(insert, [1]), transaction.rows(insert, [1])),
    );
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await numbers()).toEqual([]);
  });

  it('is undone where a failure was passed over', async () => {
    const failing = db.repeatableStatements(async (transaction) => {
      await transaction.rows(insert, [1]);
      await transaction.rows(divide, [0]).catch(() => undefined);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await numbers()).toEqual([]);
  });

  it('commits nothing where one of the last steps fails before its statement', async () => {
    const step = async () => {
      throw new Error('no value');
    };
    const failing = db.repeatableStatements((transaction) =>
      transaction.commitWith(transaction.rows(insert, [1]), step()),
    );
    await expect(failing).rejects.toThrow('no value');
    expect(await numbers()).toEqual([]);
  });

  it('refuses a statement after its commit', async () => {
    const failing = db.repeatableStatements(async (transaction) => {
      await transaction.commitWith(transaction.rows(insert, [1]));
      await transaction.rows(insert, [2]);
    });
    await expect(failing).rejects.toThrow('insert_number comes after the commit');
    expect(await numbers()).toEqual([1]);
  });

  it('is tried again on another connection where its own was lost', async () => {
    let attempts = 0;
    await db.repeatableStatements(async (transaction) => {
      attempts++;
      if (attempts === 1)
        await transaction.rows({ name: 'lose', text: 'select pg_terminate_backend(pg_backend_pid())' }, []);
      await transaction.rows(insert, [attempts]);
    });
    expect(await numbers()).toEqual([2]);
  });
});

it('Statements that are requested together are one message, with the beginning and the end of the transaction', async () => {
  const sizes: number[] = [];
  const answer = (batch: StatementBatch): void => {
    let size = 0;
    while (batch.name !== undefined) {
      batch.handleCommandComplete();
      size++;
    }
    sizes.push(size);
  };
  const transaction = new StatementTransaction({ query: answer, release: () => undefined });
  await transaction.rows(insert, [1]);
  await Promise.all([transaction.rows(insert, [2]), transaction.rows(insert, [3])]);
  await transaction.commitWith(transaction.rows(insert, [4]), transaction.rows(insert, [5]));
  // The first has the BEGIN, and the last the COMMIT.
  expect(sizes).toEqual([2, 2, 3]);
});
