import DataLoader from 'dataloader';
import type { Reader, Statement } from '../../db/prepared.ts';
import type { Role } from '../../entities/enums.ts';

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

const owners = (name: string, also = '') => ({
  name,
  text: `
    select s.id as "sessionId", u.id as "userId", u.username, array(
      select r.role::text from user_roles r where r.user_id = u.id and (r.expires_at is null or r.expires_at > now())
    ) as roles${also}
    from sessions s join users u on u.id = s.user_id
    where s.id = any($1::uuid[]) and s.revoked_at is null and s.expires_at > now() and u.is_active`,
});
const OWNERS = owners('session_owners');
const OWNERS_AND_CHANGES = owners(
  'session_owners_and_changes',
  ', (select xmin::text::bigint from event_cursors where owner_id = u.id) as "lastChange"',
);

/**
 * Reads the owner of a session for each request, so that a revoked session is refused at once everywhere. Concurrent requests
 * share one statement that begins after all of them; nothing is cached.
 */
export class SessionOwners {
  readonly #loader: DataLoader<string, SessionOwner | null>;

  /** With `changes` their last changes are read too: only reads from replicas need them. */
  constructor(reader: Reader, { changes = false } = {}) {
    const statement = changes ? OWNERS_AND_CHANGES : OWNERS;
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
