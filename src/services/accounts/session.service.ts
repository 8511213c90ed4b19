import { sessionEnded } from '../../auth/auth-error.ts';
import type { Device } from '../../auth/request-facts.ts';
import { permissionsOf } from '../../auth/role-permissions.ts';
import type { TokenSigner } from '../../auth/tokens.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import { readerOf } from '../../db/prepared.ts';
import { sortByRank } from './account-store.ts';
import { SessionOwners } from './session-owners.ts';
import { findLiveSession, insertSession, type LiveSession, revokeSessions, rotateSession } from './session-sql.ts';

/** Notifies every process, after the commit, of ended sessions, so that their open sockets are closed. Must not throw. */
export interface RevocationPublisher {
  revoked(sessionIds: readonly string[]): Promise<void>;
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
    return await insertSession(em, userId, device);
  }

  /**
   * Exchanges a refresh token for the next one. The previous one is answered for 10 s more, with the same token that replaced it:
   * a lost reply does no harm, and two tabs that race get the same token, so that neither of them ends the
   * other's session later. Any older token means that it was copied: the family is revoked. Throws UNAUTHENTICATED.
   */
  async rotate(refreshToken: string, device: Device): Promise<LiveSession> {
    const claims = this.#tokens.verifyRefresh(refreshToken);
    const rotation = await this.#db.transaction((em) => rotateSession(em, claims, device));
    if (rotation.kind === 'live') return rotation.session;
    if (rotation.kind === 'reused') await this.#notices.revoked([claims.sessionId]);
    throw sessionEnded();
  }

  /** Ends this session, or all of the user's. Returns the number of ended sessions. */
  async end(viewer: Viewer, everywhere: boolean): Promise<number> {
    const ended = await revokeSessions(this.#db.sql(), viewer, everywhere);
    if (ended.length > 0) await this.#notices.revoked(ended);
    return ended.length;
  }

  /** A session of the viewer that has not ended; null for any other. */
  async find(viewer: Viewer, id: string): Promise<SessionView | null> {
    const found = await findLiveSession(this.#db.sql(), viewer, id);
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
