import DataLoader from 'dataloader';
import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { Reader, Statement } from '../../db/prepared.ts';

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

const KEYS: Statement = {
  name: 'provider_keys',
  text: `
    select user_id as "userId", provider, last_four as "lastFour", set_at as "setAt", key_encrypted as "keyEncrypted"
    from provider_keys where user_id = any(array(select unnest($1::uuid[]))) order by provider`,
};

/** Reads the keys of users. Requests at the same time share one statement, which begins after all of them; nothing is cached. */
export class ProviderKeys {
  readonly #loader: DataLoader<string, readonly StoredKey[]>;

  constructor(reader: Reader) {
    this.#loader = new DataLoader((userIds) => readKeys(reader, userIds), {
      cache: false,
      batchScheduleFn: (read) => setImmediate(read),
    });
  }

  /** By the names of their providers. */
  async of(userId: string): Promise<readonly StoredKey[]> {
    return await this.#loader.load(userId);
  }
}

async function readKeys(reader: Reader, userIds: readonly string[]): Promise<(readonly StoredKey[])[]> {
  const rows = await reader.rows<StoredKey & { userId: string }>(KEYS, [[...new Set(userIds)]]);
  const found = Map.groupBy(rows, ({ userId }) => userId);
  return userIds.map((id) => found.get(id) ?? []);
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
