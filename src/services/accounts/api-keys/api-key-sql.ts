import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../../db/orm.ts';
import type { Statement } from '../../../db/prepared.ts';

/** A key and its owner, as of the query. Only keys that are neither revoked nor expired, of owners who may sign in. */
export const API_KEY_OWNERS: Statement = {
  name: 'api_key_owners',
  text: `
    select k.id as "keyId", k.prefix, k.secret_hash as "secretHash", k.permissions, k.expires_at as "expiresAt",
      k.last_used_at is null or k.last_used_at < now() - interval '1 minute' as "isUseDue",
      u.id as "userId", u.username, array(
        select r.role::text from user_roles r where r.user_id = u.id and (r.expires_at is null or r.expires_at > now())
      ) as roles, (select xmin::text::bigint from event_cursors where owner_id = u.id) as "lastChange"
    from api_keys k join users u on u.id = k.user_id
    where k.prefix = any($1::text[]) and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
      and u.is_active`,
};

const isLive = sql<boolean>`(revoked_at is null and (expires_at is null or expires_at > now()))`;

/** Every key of the user, newest first. */
export async function keysOf(rows: Sql, userId: string, limit: number) {
  return await rows
    .selectFrom('api_keys')
    .select(KEY_COLUMNS)
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function keyOf(rows: Sql, userId: string, id: string) {
  return await rows
    .selectFrom('api_keys')
    .select(KEY_COLUMNS)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

const KEY_COLUMNS = [
  'id',
  'name',
  'prefix',
  'permissions',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
  'expires_at as expiresAt',
  'revoked_at as revokedAt',
] as const;

/** Locks the user until the transaction ends, so that concurrent requests cannot exceed the limit. */
export async function countLiveKeys(em: Em, userId: string): Promise<number> {
  const rows = sqlOf(em);
  await rows.selectFrom('users').select('id').where('id', '=', userId).forNoKeyUpdate().execute();
  const counted = rows
    .selectFrom('api_keys')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where(isLive);
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

export interface KeyRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  readonly permissions: readonly string[];
  readonly expiresAt: Date | null;
}

/** Returns when it was created. */
export async function insertKey(em: Em, { id, userId, name, prefix, hash, permissions, expiresAt }: KeyRow) {
  const columns = { name, prefix, secret_hash: hash, permissions: [...permissions], expires_at: expiresAt };
  const inserted = sqlOf(em)
    .insertInto('api_keys')
    .values({ id, user_id: userId, ...columns })
    .returning('created_at');
  return (await inserted.executeTakeFirstOrThrow()).created_at;
}

/** False where the user has no such key, or it was revoked before. */
export async function revokeKey(em: Em, userId: string, id: string): Promise<boolean> {
  const revoked = await sqlOf(em)
    .updateTable('api_keys')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return revoked.length > 0;
}

/** At most once a minute, however many requests come with the key. */
export async function recordUse(rows: Sql, id: string): Promise<void> {
  await rows
    .updateTable('api_keys')
    .set({ last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where(sql<boolean>`(last_used_at is null or last_used_at < now() - interval '1 minute')`)
    .execute();
}
