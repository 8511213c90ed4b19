import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { sqlOf } from '../../src/db/orm.ts';
import { createTestDatabase } from '../helpers/database.ts';

describe('A statement', () => {
  let db: Database;
  beforeAll(async () => {
    db = await createTestDatabase({ poolMax: 2 });
  });
  afterAll(() => db.close());

  it('that begins with a name is prepared under it, also in a transaction, and runs with different values', async () => {
    const { values, prepared } = await db.transaction(async (em) => {
      const double = async (number: number) =>
        (await sql<{ twice: number }>`/* double_it */ select ${number}::int * 2 as twice`.execute(sqlOf(em))).rows[0]
          ?.twice;
      const values = [await double(1), await double(21)];
      await sql`/* not a name */ select ${1}::int`.execute(sqlOf(em));
      await sql`select ${1}::int /* not_first */`.execute(sqlOf(em));
      const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(sqlOf(em));
      return { values, prepared: rows.map(({ name }) => name) };
    });
    expect(values).toEqual([2, 42]);
    expect(prepared).toEqual(['double_it']);
  });
});
