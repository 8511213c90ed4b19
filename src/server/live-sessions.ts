import { type Viewer, withoutLastChange } from '../auth/viewer.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { AuthenticatedCaller } from './authentication.ts';
import type { AccessChangeSource, Authenticate, RevocationSource } from './ports.ts';
import { Rounds } from './rounds.ts';

export type SessionEnd = 'EXPIRED' | 'REVOKED';

/** The session, or the API key, of one long-lived connection. */
export interface WatchedSession {
  /** As of the latest check: roles may be added while the connection is open. */
  readonly viewer: Viewer;
  /** Stops watching; call it when the connection closes. */
  stop(): void;
}

export interface LiveSessionsOptions {
  readonly authenticate: Authenticate;
  readonly notices: RevocationSource;
  readonly accessChanges?: AccessChangeSource | undefined;
  readonly accessCheckMs: number;
  readonly checkMs: number;
  /** True where an error of `authenticate` means that the token is no longer valid, and not that it could not be checked. */
  readonly isRefusal: (thrown: unknown) => boolean;
  /** Called when the roles of a connected user have changed. */
  readonly onRightsChanged: () => void;
  readonly logger: Logger;
}

/** Concurrent checks. The database reads them in batches: a round over thousands of sockets takes a few statements. */
const MAX_CONCURRENT_CHECKS = 200;
/** The longest time of a timer of Node.js. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Ends open connections when their token expires, when their session or key is revoked, when their user becomes inactive or is
 * deleted, and when their user loses a permission. Ended sessions and keys come as a notice; all other changes, and lost notices, are
 * found by asking the database for the users that were changed, twice a second. The regular check of every token finds the
 * rest, e.g. after the database was restored.
 */
export class LiveSessions {
  readonly #options: LiveSessionsOptions;
  readonly #entries = new Set<Entry>();
  readonly #stopNotices: () => void;
  readonly #rounds: Rounds;

  constructor(options: LiveSessionsOptions) {
    this.#options = options;
    this.#stopNotices = options.notices.onRevoked((sessionIds) => this.#revoke(new Set(sessionIds)));
    const { accessChanges, accessCheckMs, checkMs } = options;
    this.#rounds = new Rounds([
      { everyMs: checkMs, run: () => this.#checkAll(this.#entries) },
      ...(accessChanges ? [{ everyMs: accessCheckMs, run: () => this.#checkChanged(accessChanges) }] : []),
    ]);
  }

  /** `onEnd` is called once at most, and never after stop(). */
  watch(signedIn: AuthenticatedCaller, onEnd: (end: SessionEnd) => void): WatchedSession {
    const entry = new Entry(signedIn, (end) => {
      this.#entries.delete(entry);
      onEnd(end);
    });
    this.#entries.add(entry);
    return {
      get viewer() {
        return entry.viewer;
      },
      stop: () => {
        entry.stop();
        this.#entries.delete(entry);
      },
    };
  }

  close(): void {
    this.#rounds.stop();
    this.#stopNotices();
    for (const entry of this.#entries) entry.stop();
    this.#entries.clear();
  }

  #revoke(sessionIds: ReadonlySet<string>): void {
    for (const entry of [...this.#entries]) if (sessionIds.has(entry.viewer.sessionId)) entry.end('REVOKED');
  }

  /** Without a connection there is nothing to ask for, but the position in the changes moves on. Never rejects. */
  async #checkChanged(changes: AccessChangeSource): Promise<void> {
    try {
      const changed = await changes.changedUsers();
      if (changed?.length === 0) return;
      const users = changed && new Set(changed);
      await this.#checkAll([...this.#entries].filter((entry) => users?.has(entry.viewer.userId) ?? true));
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'Could not look for users whose access has changed.');
    }
  }

  async #checkAll(entries: Iterable<Entry>): Promise<void> {
    const waiting = entries[Symbol.iterator]();
    await Promise.all(
      Array.from({ length: MAX_CONCURRENT_CHECKS }, async () => {
        // Where one token cannot be checked, no other can be: the next round tries again.
        for (let next = waiting.next(); !next.done; next = waiting.next()) if (!(await this.#check(next.value))) return;
      }),
    );
  }

  /** False where the token could not be checked. */
  async #check(entry: Entry): Promise<boolean> {
    try {
      const viewer = await this.#options.authenticate(entry.token);
      const before = entry.viewer;
      entry.viewer = withoutLastChange(viewer);
      if (viewer.roles.join() !== before.roles.join()) this.#options.onRightsChanged();
      // What it shows already may include what its user may no longer see: the client connects again and gets what it may have.
      if (![...before.permissions].every((permission) => viewer.permissions.has(permission))) entry.end('REVOKED');
    } catch (error) {
      // A database that is briefly unreachable must not end every session: the token still expires.
      if (!this.#options.isRefusal(error)) {
        this.#options.logger.warn({ err: error }, 'Could not check open sessions again.');
        return false;
      }
      entry.end('REVOKED');
    }
    return true;
  }
}

class Entry {
  viewer: Viewer;
  readonly token: string;
  #timer: NodeJS.Timeout | undefined;
  #onEnd: ((end: SessionEnd) => void) | undefined;

  constructor({ viewer, token }: AuthenticatedCaller, onEnd: (end: SessionEnd) => void) {
    this.viewer = withoutLastChange(viewer);
    this.token = token;
    this.#onEnd = onEnd;
    this.#endOnExpiry();
  }

  end(end: SessionEnd): void {
    const onEnd = this.#onEnd;
    this.stop();
    onEnd?.(end);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#onEnd = undefined;
  }

  /** An API key may live longer than a timer. */
  #endOnExpiry(): void {
    const left = this.viewer.tokenExpiresAt.getTime() - Date.now();
    this.#timer =
      left > MAX_TIMER_MS
        ? setTimeout(() => this.#endOnExpiry(), MAX_TIMER_MS)
        : setTimeout(() => this.end('EXPIRED'), left);
  }
}
