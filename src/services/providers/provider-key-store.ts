import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/* The only writer of `provider_keys`. */

/** What its owner sees of a key. */
export interface ProviderKeyFacts {
  readonly provider: string;
  readonly lastFour: string;
  readonly setAt: Date;
}

export interface StoredKey extends ProviderKeyFacts {
  readonly keyEncrypted: string;
}

/** By name. */
export async function readKeys(db: Sql, userId: string): Promise<StoredKey[]> {
  return await db
    .selectFrom('provider_keys')
    .select(['provider', 'last_four as lastFour', 'set_at as setAt', 'key_encrypted as keyEncrypted'])
    .where('user_id', '=', userId)
    .orderBy('provider')
    .execute();
}

/** Replaces an earlier key; null where there is no such user. */
export async function writeKey(
  db: Sql,
  userId: string,
  { provider, lastFour, keyEncrypted }: Omit<StoredKey, 'setAt'>,
): Promise<ProviderKeyFacts | null> {
  const { rows } = await sql<ProviderKeyFacts>`
    insert into provider_keys (user_id, provider, key_encrypted, last_four)
    select id, ${provider}, ${keyEncrypted}, ${lastFour} from users where id = ${userId}
    on conflict (user_id, provider) do update set
      key_encrypted = excluded.key_encrypted, last_four = excluded.last_four, set_at = now()
    returning provider, last_four as "lastFour", set_at as "setAt"`.execute(db);
  return rows[0] ?? null;
}

/** False where there was none. */
export async function deleteKey(db: Sql, userId: string, provider: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('provider_keys')
    .where('user_id', '=', userId)
    .where('provider', '=', provider)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
