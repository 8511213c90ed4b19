import DataLoader from 'dataloader';
import type { Reader, Statement } from '../../db/prepared.ts';
import type { Role } from '../../entities/enums.ts';
import { SESSION_OWNERS, SESSION_OWNERS_AND_CHANGES } from './session-sql.ts';

/** The owner of a session at the time of the query. */
export interface SessionOwner {
  readonly sessionId: string;
  readonly userId: string;
  readonly username: string;
  /** Roles in force. */
  readonly roles: readonly Role[];
  /** The transaction that last changed any of their videos; null where there is none. Only where it was requested. */
  readonly lastChange?: number | null;
}

/**
 * Reads the owner of a session for each request, so that a revoked session is refused at once everywhere. Concurrent requests
 * share one statement that begins after all of them; nothing is cached.
 */
export class SessionOwners {
  readonly #loader: DataLoader<string, SessionOwner | null>;

  /** With `changes` their last changes are read too: only reads from replicas need them. */
  constructor(reader: Reader, { changes = false } = {}) {
    const statement = changes ? SESSION_OWNERS_AND_CHANGES : SESSION_OWNERS;
    this.#loader = new DataLoader((sessionIds) => read(reader, statement, sessionIds), {
      cache: false,
      batchScheduleFn: (ask) => setImmediate(ask),
    });
  }

  /** Null where the session has ended, or its owner may not sign in any more. */
  async of(sessionId: string): Promise<SessionOwner | null> {
    return await this.#loader.load(sessionId);
  }
}

async function read(
  reader: Reader,
  statement: Statement,
  sessionIds: readonly string[],
): Promise<(SessionOwner | null)[]> {
  const rows = await reader.rows<SessionOwner>(statement, [[...new Set(sessionIds)]]);
  const byId = new Map(rows.map((row) => [row.sessionId, row]));
  return sessionIds.map((id) => byId.get(id) ?? null);
}
