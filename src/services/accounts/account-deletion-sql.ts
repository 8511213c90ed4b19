import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/** Locks the user's row: nothing new can belong to it until the end of the transaction. False where there is no such user. */
export async function lockUser(rows: Sql, userId: string): Promise<boolean> {
  const user = await rows.selectFrom('users').select('id').where('id', '=', userId).forUpdate().executeTakeFirst();
  return user !== undefined;
}

/** Whether the user is a SUPER_ADMIN, and no other user who can sign in is one without an end. */
export async function isLastSuperAdmin(rows: Sql, userId: string): Promise<boolean> {
  const admins = await rows
    .selectFrom('user_roles')
    .innerJoin('users', 'users.id', 'user_roles.user_id')
    .select(['users.id'])
    .where('role', '=', 'SUPER_ADMIN')
    .where((is) =>
      is.or([
        is.and([is('users.is_active', '=', true), is('expires_at', 'is', null)]),
        is.and([
          is('users.id', '=', userId),
          is.or([is('expires_at', 'is', null), is('expires_at', '>', sql<Date>`now()`)]),
        ]),
      ]),
    )
    .execute();
  return admins.some(({ id }) => id === userId) && admins.length === 1;
}

/** Of one user: the ids of the sessions that have not ended, and of all videos. */
export async function readOwned(rows: Sql, userId: string): Promise<{ sessionIds: string[]; videoIds: string[] }> {
  const sessions = rows
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`);
  const videos = rows.selectFrom('videos').select('id').where('owner_id', '=', userId);
  const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);
  return { sessionIds: idsOf(await sessions.execute()), videoIds: idsOf(await videos.execute()) };
}

/**
 * Deletes the user and all that belongs to them, except what providers were asked for and what it cost: these rows stay without the
 * user and without content. Jobs come first, in the order in which workers lock.
 */
export async function deleteOwned(rows: Sql, userId: string): Promise<void> {
  const isOwn = sql<boolean>`(generation.user_id = ${userId} or generation.video_id in (select id from videos where owner_id = ${userId}))`;
  const statements: readonly RawBuilder<unknown>[] = [
    sql`delete from jobs where video_id in (select id from videos where owner_id = ${userId})
      or generation_id in (select id from ai_generations where user_id = ${userId})`,
    sql`
      insert into removed_files (prefix)
      select 'videos/' || id || '/' from videos where owner_id = ${userId}
      union all
      select 'generations/' || id || '/' from ai_generations where user_id = ${userId} and content_order is not null
      on conflict do nothing`,
    // No answer is awaited any more: what was sent may cost what was reserved for it.
    sql`
      update generation_attempts attempt set state = case when paid then 'UNCERTAIN' else 'REFUSED' end, ended_at = now(),
        cost = reserved, reserved = 0, error_code = 'CANCELED'
      from ai_generations generation
      where generation.id = generation_id and ${isOwn} and attempt.state = 'SENT'`,
    sql`
      update generation_attempts attempt set error_message = null from ai_generations generation
      where generation.id = generation_id and ${isOwn} and attempt.error_message is not null`,
    sql`
      update ai_generations generation set prompt = '', parameters = '{}', result = null, content_order = null,
        error_message = null, cache_key = null,
        status = case when status = 'PENDING' then 'FAILED' else status end,
        cost = (select coalesce(sum(attempt.cost), 0) from generation_attempts attempt where generation_id = generation.id)
      where ${isOwn}`,
    sql`delete from videos where owner_id = ${userId}`,
    sql`delete from video_events where owner_id = ${userId}`,
    sql`delete from event_cursors where owner_id = ${userId}`,
    sql`delete from users where id = ${userId}`,
  ];
  for (const statement of statements) await statement.execute(rows);
}
