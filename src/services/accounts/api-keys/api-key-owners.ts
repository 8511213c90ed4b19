import DataLoader from 'dataloader';
import { isKeyOf, prefixOf } from '../../../auth/api-keys.ts';
import { sessionEnded } from '../../../auth/auth-error.ts';
import { permissionsOf } from '../../../auth/role-permissions.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { type Reader, readerOf } from '../../../db/prepared.ts';
import type { Role } from '../../../entities/enums.ts';
import { sortByRank } from '../account-store.ts';
import { API_KEY_OWNERS, recordUse } from './api-key-sql.ts';

interface KeyOwner {
  readonly keyId: string;
  readonly prefix: string;
  readonly secretHash: string;
  readonly permissions: readonly string[];
  readonly expiresAt: Date | null;
  readonly isUseDue: boolean;
  readonly userId: string;
  readonly username: string;
  readonly roles: readonly Role[];
  readonly lastChange: number | null;
}

/** The latest time of JavaScript, for a key that does not expire. */
const NEVER = new Date(8.64e15);

export interface ApiKeyOwnersParts {
  readonly db: Database;
  /** Whether viewers include their last change, see `Viewer`. */
  readonly changes: boolean;
  /** Called where the use of a key could not be written down. */
  readonly onFault: (thrown: unknown) => void;
}

/**
 * Finds the owner of a key for each request, so that a revoked key is refused at once everywhere. Concurrent requests share one
 * statement that begins after all of them; nothing is cached.
 */
export class ApiKeyOwners {
  readonly #parts: ApiKeyOwnersParts;
  readonly #loader: DataLoader<string, KeyOwner | null>;

  constructor(parts: ApiKeyOwnersParts) {
    this.#parts = parts;
    const reader = readerOf(parts.db);
    this.#loader = new DataLoader((prefixes) => read(reader, prefixes), {
      cache: false,
      batchScheduleFn: (ask) => setImmediate(ask),
    });
  }

  /**
   * The owner, with those permissions that both the key and its owner have at this moment. Throws UNAUTHENTICATED for a key that is
   * unknown, revoked or expired, or whose owner may not sign in.
   */
  async viewerOf(key: string): Promise<Viewer> {
    const prefix = prefixOf(key);
    const found = prefix === null ? null : await this.#loader.load(prefix);
    if (!found || !isKeyOf(key, found.secretHash)) throw sessionEnded();
    if (found.isUseDue) void recordUse(this.#parts.db.sql(), found.keyId).catch(this.#parts.onFault);
    const roles = sortByRank(found.roles);
    const given = new Set(found.permissions);
    return {
      userId: found.userId,
      username: found.username,
      roles,
      permissions: new Set([...permissionsOf(roles)].filter((permission) => given.has(permission))),
      sessionId: found.keyId,
      apiKeyId: found.keyId,
      tokenExpiresAt: found.expiresAt ?? NEVER,
      ...(this.#parts.changes && { lastChange: found.lastChange ?? undefined }),
    };
  }
}

async function read(reader: Reader, prefixes: readonly string[]): Promise<(KeyOwner | null)[]> {
  const rows = await reader.rows<KeyOwner>(API_KEY_OWNERS, [[...new Set(prefixes)]]);
  const byPrefix = new Map(rows.map((row) => [row.prefix, row]));
  return prefixes.map((prefix) => byPrefix.get(prefix) ?? null);
}
