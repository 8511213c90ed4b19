import { notAllowed, sessionEnded } from '../../auth/auth-error.ts';
import type { Device } from '../../auth/request-facts.ts';
import { permissionsOf } from '../../auth/role-permissions.ts';
import type { TokenSigner } from '../../auth/tokens.ts';
import type { TokenClaims } from '../../auth/verified-tokens.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import { readerOf } from '../../db/prepared.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { sortByRank } from './account-store.ts';
import { SessionOwners } from './session-owners.ts';
import {
  endOldestSessions,
  endSessions,
  findLiveSession,
  insertSession,
  type LiveSession,
  listLiveSessions,
  type Rotation,
  revokeSessions,
  rotateSession,
} from './session-sql.ts';

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

export interface SessionOptions {
  /** Whether viewers include their last change, see `Viewer`. */
  readonly changes?: boolean;
  /** Of one user; where one more begins, the one used longest ago ends. 50 by default. */
  readonly most?: number;
}

const MOST_SESSIONS = 50;

/** Signed-in devices. All times are by the database's clock. */
export class SessionService {
  readonly #db: Database;
  readonly #tokens: TokenSigner;
  readonly #notices: RevocationPublisher;
  readonly #owners: SessionOwners;
  readonly #most: number;

  constructor(
    db: Database,
    tokens: TokenSigner,
    notices: RevocationPublisher,
    { changes = false, most = MOST_SESSIONS }: SessionOptions = {},
  ) {
    this.#db = db;
    this.#tokens = tokens;
    this.#notices = notices;
    this.#owners = new SessionOwners(readerOf(db), { changes });
    this.#most = most;
  }

  /** A new family of refresh tokens, in the transaction of `em`. `ended` are sessions for `announce`. */
  async open(em: Em, userId: string, device: Device): Promise<LiveSession & { readonly ended: readonly string[] }> {
    const session = await insertSession(em, userId, device);
    return { ...session, ended: await endOldestSessions(sqlOf(em), userId, this.#most) };
  }

  /** After the commit that has ended them. */
  async announce(ended: readonly string[]): Promise<void> {
    if (ended.length > 0) await this.#notices.revoked(ended);
  }

  /**
   * Exchanges a refresh token for the next one. The previous one is answered for 10 s more, with the same token that replaced it:
   * a lost reply does no harm, and two tabs that race get the same token, so that neither of them ends the
   * other's session later. Any older token means that it was copied: the family is revoked. Throws UNAUTHENTICATED.
   */
  async rotate(refreshToken: string, device: Device): Promise<LiveSession> {
    const claims = this.#tokens.verifyRefresh(refreshToken);
    const rotation = await this.#db.transaction(async (em) => {
      const rotated = await rotateSession(em, claims, device);
      await auditReuse(em, rotated, claims, device);
      return rotated;
    });
    if (rotation.kind === 'live') return rotation.session;
    if (rotation.kind === 'reused') await this.#notices.revoked([claims.sessionId]);
    throw sessionEnded();
  }

  /** Ends this session, or all of the user's. Returns the number of ended sessions. */
  async end(viewer: Viewer, everywhere: boolean, device: Device): Promise<number> {
    const ended = await this.#db.transaction(async (em) => {
      const ids = await revokeSessions(sqlOf(em), viewer, everywhere);
      if (ids.length > 0) await auditRevoke(em, viewer, device, everywhere ? null : viewer.sessionId, ids.length);
      return ids;
    });
    await this.announce(ended);
    return ended.length;
  }

  /** Ends a session of the viewer, also the current one. Throws UserFaultError NOT_FOUND for any other, FORBIDDEN for a caller with an API key. */
  async revoke(viewer: Viewer, id: string, device: Device): Promise<void> {
    if (viewer.apiKeyId !== undefined) throw notAllowed();
    const ended = await this.#db.transaction(async (em) => {
      const ids = await endSessions(sqlOf(em), viewer.userId, 'REVOKED', { only: id });
      if (ids.length > 0) await auditRevoke(em, viewer, device, id, 1);
      return ids;
    });
    if (ended.length === 0)
      throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such session.', field: ['id'] });
    await this.announce(ended);
  }

  /** The viewer's sessions that have not ended, those used last first. */
  async list(viewer: Viewer): Promise<SessionView[]> {
    const found = await listLiveSessions(this.#db.sql(), viewer.userId);
    return found.map((row) => viewOf(row, viewer));
  }

  /** A session of the viewer that has not ended; null for any other. */
  async find(viewer: Viewer, id: string): Promise<SessionView | null> {
    const found = await findLiveSession(this.#db.sql(), viewer, id);
    return found ? viewOf(found, viewer) : null;
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

function viewOf(row: NonNullable<Awaited<ReturnType<typeof findLiveSession>>>, viewer: Viewer): SessionView {
  return {
    id: row.id,
    userAgent: row.user_agent,
    ipAddress: row.ip_address,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    isCurrent: row.id === viewer.sessionId,
  };
}

async function auditReuse(em: Em, { kind }: Rotation, claims: TokenClaims, { ipAddress }: Device): Promise<void> {
  if (kind !== 'reused') return;
  const target = encodeId('user', claims.userId);
  const details = { session: encodeId('session', claims.sessionId) };
  await appendAudit(em, { action: 'session.reuse', actorId: null, target, outcome: 'DENIED', ipAddress, details });
}

/** `sessionId` is null for all of the user's sessions. */
async function auditRevoke(
  em: Em,
  { userId }: Viewer,
  { ipAddress }: Device,
  sessionId: string | null,
  ended: number,
): Promise<void> {
  const target = sessionId === null ? encodeId('user', userId) : encodeId('session', sessionId);
  const details = { ended };
  await appendAudit(em, { action: 'session.revoke', actorId: userId, target, outcome: 'SUCCESS', ipAddress, details });
}
