import type { EntityManager } from '@mikro-orm/postgresql';
import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import type { entities } from './entities.ts';

export type Tables = InferKyselyDB<(typeof entities)[number]>;
/** Typed SQL; columns have their names in the database. */
export type Sql = Kysely<Tables>;
export type Em = EntityManager;

/** SQL in the transaction that `em` is in, or straight from the pool where it is in none. */
export function sqlOf(em: Em): Sql {
  return em.getKysely<Tables>();
}
