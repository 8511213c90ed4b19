import type { EntityManager } from '@mikro-orm/postgresql';
import type { InferKyselyDB } from '@mikro-orm/sql';
import { type Kysely, sql } from 'kysely';
import type { entities } from './entities.ts';

export type Tables = InferKyselyDB<(typeof entities)[number]>;
/** Typed SQL; columns have their database names. */
export type Sql = Kysely<Tables>;
export type Em = EntityManager;

/** SQL in the transaction that `em` is in, or directly on the pool where there is none. */
export function sqlOf(em: Em): Sql {
  return em.getKysely<Tables>();
}

/**
 * The time of the database; in the transaction of `em` the time at which it began. Times that several processes compare are
 * taken from it, as their own clocks may be wrong.
 */
export async function nowOf(em: Em): Promise<Date> {
  // Rounded as in our columns; a Date is cut off after its milliseconds.
  const { rows } = await sql<{ now: Date }>`select now()::timestamptz(3) as now`.execute(sqlOf(em));
  const [row] = rows;
  if (!row) throw new TypeError('A select without a condition returns a row.');
  return row.now;
}
