import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { networkOf } from '../../auth/client-network.ts';
import type { Device } from '../../auth/request-facts.ts';
import { REFRESH_SECONDS } from '../../auth/tokens.ts';
import type { TokenClaims } from '../../auth/verified-tokens.ts';
import type { Viewer } from '../../auth/viewer.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { Statement } from '../../db/prepared.ts';
import { rememberNetwork } from './sign-in-attempts-sql.ts';

/** A session and the `jti` of its valid refresh token. */
export interface LiveSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly refreshJti: string;
}

/** What became of a refresh token. */
export type Rotation = { kind: 'live'; session: LiveSession } | { kind: 'reused' } | { kind: 'ended' };

/** For so long the previous refresh token is answered too. */
export const GRACE_SECONDS = 10;

const now: RawBuilder<Date> = sql<Date>`now()`;
const inThirtyDays: RawBuilder<Date> = sql<Date>`now() + make_interval(secs => ${REFRESH_SECONDS})`;
const isLive: RawBuilder<boolean> = sql<boolean>`(sessions.revoked_at is null and sessions.expires_at > now())`;
// clock_timestamp(), because now() is when the transaction began: perhaps before another rotation that it waited for.
const inGrace: RawBuilder<boolean> = sql<boolean>`coalesce(sessions.rotated_at >= clock_timestamp() - make_interval(secs => ${GRACE_SECONDS}), false)`;

/** A new session with its first refresh token, in the transaction of `em`. */
export async function insertSession(em: Em, userId: string, device: Device): Promise<LiveSession> {
  const session = { userId, sessionId: randomUUIDv7(), refreshJti: randomUUID() };
  await sqlOf(em)
    .insertInto('sessions')
    .values({
      id: session.sessionId,
      user_id: userId,
      refresh_jti: session.refreshJti,
      expires_at: inThirtyDays,
      ...columnsOf(device),
    })
    .execute();
  await rememberNetwork(sqlOf(em), userId, networkOf(device.ipAddress));
  return session;
}

/** In one transaction: the session's row stays locked until its end. */
export async function rotateSession(em: Em, claims: TokenClaims, device: Device): Promise<Rotation> {
  const { userId, sessionId, jti } = claims;
  const rows = sqlOf(em);
  const found = await rows
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['refresh_jti', 'previous_jti', inGrace.as('in_grace')])
    .where('sessions.id', '=', sessionId)
    .where('users.id', '=', userId)
    .where('users.is_active', '=', true)
    .where(isLive)
    .forUpdate('sessions')
    .executeTakeFirst();
  if (!found) return { kind: 'ended' };
  if (jti === found.refresh_jti) return { kind: 'live', session: await renewed(rows, claims, device) };
  if (jti === found.previous_jti && found.in_grace)
    return { kind: 'live', session: { userId, sessionId, refreshJti: found.refresh_jti } };
  await rows
    .updateTable('sessions')
    .set({ revoked_at: now, revoke_reason: 'REUSE' })
    .where('id', '=', sessionId)
    .execute();
  return { kind: 'reused' };
}

async function renewed(rows: Sql, { userId, sessionId, jti }: TokenClaims, device: Device): Promise<LiveSession> {
  const refreshJti = randomUUID();
  await rows
    .updateTable('sessions')
    .set({
      refresh_jti: refreshJti,
      previous_jti: jti,
      rotated_at: sql<Date>`clock_timestamp()`,
      last_used_at: now,
      expires_at: inThirtyDays,
      ...columnsOf(device),
    })
    .where('id', '=', sessionId)
    .execute();
  await rememberNetwork(rows, userId, networkOf(device.ipAddress));
  return { userId, sessionId, refreshJti };
}

/** Headers may be longer than their columns. */
function columnsOf({ ipAddress, userAgent }: Device) {
  return { ip_address: ipAddress?.slice(0, 45) ?? null, user_agent: userAgent?.slice(0, 400) ?? null };
}

/** Ends the viewer's session, or all sessions of its user; returns the ids of those that it ended. */
export async function revokeSessions(rows: Sql, viewer: Viewer, everywhere: boolean): Promise<string[]> {
  const ended = await rows
    .updateTable('sessions')
    .set({ revoked_at: now, revoke_reason: 'LOGOUT' })
    .where('user_id', '=', viewer.userId)
    .where(isLive)
    .$if(!everywhere, (query) => query.where('id', '=', viewer.sessionId))
    .returning('id')
    .execute();
  return ended.map(({ id }) => id);
}

/** A new refresh token for a session; those before it are refused, and the use of one ends the session. */
export async function renewSession(rows: Sql, sessionId: string): Promise<string> {
  const refreshJti = randomUUID();
  await rows
    .updateTable('sessions')
    .set({ refresh_jti: refreshJti, previous_jti: null, rotated_at: null, last_used_at: now, expires_at: inThirtyDays })
    .where('id', '=', sessionId)
    .execute();
  return refreshJti;
}

/** Ends the sessions of a user that were used longest ago, so that `most` are left; returns the ids of those that it ended. */
export async function endOldestSessions(rows: Sql, userId: string, most: number): Promise<string[]> {
  const { rows: ended } = await sql<{ id: string }>`
    update sessions set revoked_at = now(), revoke_reason = 'LIMIT' where id in (
      select id from sessions where user_id = ${userId} and ${isLive} order by last_used_at desc, id desc offset ${most}
    ) returning id`.execute(rows);
  return ended.map(({ id }) => id);
}

/** The live sessions of the viewer, those used last first. */
export async function listLiveSessions(rows: Sql, userId: string) {
  return await rows
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'ip_address', 'created_at', 'last_used_at', 'expires_at'])
    .where('user_id', '=', userId)
    .where(isLive)
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Ends live sessions of a user: one, all, or all but one. Returns the ids of those that it ended. */
export async function endSessions(
  rows: Sql,
  userId: string,
  reason: 'REVOKED' | 'PASSWORD',
  { only, except }: { readonly only?: string; readonly except?: string } = {},
): Promise<string[]> {
  const ended = await rows
    .updateTable('sessions')
    .set({ revoked_at: now, revoke_reason: reason })
    .where('user_id', '=', userId)
    .where(isLive)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .returning('id')
    .execute();
  return ended.map(({ id }) => id);
}

/** A session of the viewer that has not ended. */
export async function findLiveSession(rows: Sql, viewer: Viewer, id: string) {
  return await rows
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'ip_address', 'created_at', 'last_used_at', 'expires_at'])
    .where('id', '=', id)
    .where('user_id', '=', viewer.userId)
    .where(isLive)
    .executeTakeFirst();
}

// A subquery gives the array, whose length PostgreSQL then knows at no use: it would plan each use anew for an array of one, which takes longer
// than the reading.
const owners = (name: string, also = ''): Statement => ({
  name,
  text: `
    select s.id as "sessionId", u.id as "userId", u.username, array(
      select r.role::text from user_roles r where r.user_id = u.id and (r.expires_at is null or r.expires_at > now())
    ) as roles${also}
    from sessions s join users u on u.id = s.user_id
    where s.id = any(array(select unnest($1::uuid[]))) and s.revoked_at is null and s.expires_at > now() and u.is_active`,
});

/** The owners of sessions that have not ended; $1 are the ids of the sessions. */
export const SESSION_OWNERS = owners('session_owners');
/** The same with the transaction that last changed any of the owner's videos. */
export const SESSION_OWNERS_AND_CHANGES = owners(
  'session_owners_and_changes',
  ', (select xmin::text::bigint from event_cursors where owner_id = u.id) as "lastChange"',
);
