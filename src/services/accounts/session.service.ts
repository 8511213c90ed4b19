import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { sessionEnded } from '../../auth/auth-error.ts';
import type { Device } from '../../auth/request-facts.ts';
import { permissionsOf } from '../../auth/role-permissions.ts';
import { REFRESH_SECONDS, type TokenSigner } from '../../auth/tokens.ts';
import type { TokenClaims } from '../../auth/verified-tokens.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { readerOf } from '../../db/prepared.ts';
import { sortByRank } from './account-store.ts';
import { SessionOwners } from './session-owners.ts';

/** Notifies every process, after the commit, of ended sessions, so that their open sockets are closed. Must not throw. */
export interface RevocationPublisher {
  revoked(sessionIds: readonly string[]): Promise<void>;
}

/** A session and the `jti` of its valid refresh token. */
export interface LiveSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly refreshJti: string;
}

/** A session as its owner sees it. */
export interface SessionView {
  readonly id: string;
  /** Headers and address of the last sign-in or refresh. */
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly isCurrent: boolean;
}

export const GRACE_SECONDS = 10;

type Rotation = { kind: 'live'; session: LiveSession } | { kind: 'reused' } | { kind: 'ended' };

/** Signed-in devices. All times are by the database's clock. */
export class SessionService {
  readonly #db: Database;
  readonly #tokens: TokenSigner;
  readonly #notices: RevocationPublisher;
  readonly #owners: SessionOwners;

  /** With `changes` viewers include their last change, see `Viewer`. */
  constructor(db: Database, tokens: TokenSigner, notices: RevocationPublisher, { changes = false } = {}) {
    this.#db = db;
    this.#tokens = tokens;
    this.#notices = notices;
    this.#owners = new SessionOwners(readerOf(db), { changes });
  }

  /** A new family of refresh tokens, in the transaction of `em`. */
  async open(em: Em, userId: string, device: Device): Promise<LiveSession> {
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
    return session;
  }

  /**
   * Exchanges a refresh token for the next one. The previous one is answered for 10 s more, with the same token that replaced it:
   * a lost reply does no harm, and two tabs that race get the same token, so that neither of them ends the
   * other's session later. Any older token means that it was copied: the family is revoked. Throws UNAUTHENTICATED.
   */
  async rotate(refreshToken: string, device: Device): Promise<LiveSession> {
    const claims = this.#tokens.verifyRefresh(refreshToken);
    const rotation = await this.#db.transaction((em) => rotated(sqlOf(em), claims, device));
    if (rotation.kind === 'live') return rotation.session;
    if (rotation.kind === 'reused') await this.#notices.revoked([claims.sessionId]);
    throw sessionEnded();
  }

  /** Ends this session, or all of the user's. Returns the number of ended sessions. */
  async end(viewer: Viewer, everywhere: boolean): Promise<number> {
    const ended = await this.#db
      .sql()
      .updateTable('sessions')
      .set({ revoked_at: now, revoke_reason: 'LOGOUT' })
      .where('user_id', '=', viewer.userId)
      .where(isLive)
      .$if(!everywhere, (query) => query.where('id', '=', viewer.sessionId))
      .returning('id')
      .execute();
    if (ended.length > 0) await this.#notices.revoked(ended.map(({ id }) => id));
    return ended.length;
  }

  /** A session of the viewer that has not ended; null for any other. */
  async find(viewer: Viewer, id: string): Promise<SessionView | null> {
    const found = await this.#db
      .sql()
      .selectFrom('sessions')
      .select(['id', 'user_agent', 'ip_address', 'created_at', 'last_used_at', 'expires_at'])
      .where('id', '=', id)
      .where('user_id', '=', viewer.userId)
      .where(isLive)
      .executeTakeFirst();
    if (!found) return null;
    return {
      id: found.id,
      userAgent: found.user_agent,
      ipAddress: found.ip_address,
      createdAt: found.created_at,
      lastUsedAt: found.last_used_at,
      expiresAt: found.expires_at,
      isCurrent: found.id === viewer.sessionId,
    };
  }

  /** The current user of an access token. Throws UNAUTHENTICATED, also for a session that was just revoked. */
  async viewerOf(accessToken: string): Promise<Viewer> {
    const { userId, sessionId, expiresAt } = this.#tokens.verifyAccess(accessToken);
    const owner = await this.#owners.of(sessionId);
    if (owner?.userId !== userId) throw sessionEnded();
    const roles = sortByRank(owner.roles);
    return {
      userId,
      sessionId,
      username: owner.username,
      roles,
      permissions: permissionsOf(roles),
      tokenExpiresAt: expiresAt,
      lastChange: owner.lastChange ?? undefined,
    };
  }
}

const now: RawBuilder<Date> = sql<Date>`now()`;
const inThirtyDays: RawBuilder<Date> = sql<Date>`now() + make_interval(secs => ${REFRESH_SECONDS})`;
const isLive: RawBuilder<boolean> = sql<boolean>`(sessions.revoked_at is null and sessions.expires_at > now())`;
// clock_timestamp(), because now() is when the transaction began: perhaps before another rotation that it waited for.
const inGrace: RawBuilder<boolean> = sql<boolean>`coalesce(sessions.rotated_at >= clock_timestamp() - make_interval(secs => ${GRACE_SECONDS}), false)`;

async function rotated(rows: Sql, claims: TokenClaims, device: Device): Promise<Rotation> {
  const { userId, sessionId, jti } = claims;
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
  return { userId, sessionId, refreshJti };
}

/** Headers may be longer than their columns. */
function columnsOf({ ipAddress, userAgent }: Device) {
  return { ip_address: ipAddress?.slice(0, 45) ?? null, user_agent: userAgent?.slice(0, 400) ?? null };
}
