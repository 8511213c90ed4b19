import { sql } from 'kysely';
import { type Em, sqlOf } from './orm.ts';

/**
 * The database's clock, in the transaction of `em` the moment at which it began. Times that several processes compare are
 * taken from it, as their own clocks may be wrong.
 */
export async function nowOf(em: Em): Promise<Date> {
  // In milliseconds, because the driver leaves it to the ORM to read times.
  const { rows } = await sql<{ ms: string }>`select (extract(epoch from now()) * 1000)::bigint as ms`.execute(
    sqlOf(em),
  );
  return new Date(Number(rows[0]?.ms));
}
