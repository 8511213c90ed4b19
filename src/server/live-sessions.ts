import { type Viewer, withoutLastChange } from '../auth/viewer.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { AuthenticatedCaller } from './authentication.ts';
import type { Authenticate, RevocationSource } from './ports.ts';

export type SessionEnd = 'EXPIRED' | 'REVOKED';

/** The session of one long-lived connection. */
export interface WatchedSession {
  /** As of the latest check: roles may change while the connection is open. */
  readonly viewer: Viewer;
  /** Stops watching; call it when the connection closes. */
  stop(): void;
}

export interface LiveSessionsOptions {
  readonly authenticate: Authenticate;
  readonly notices: RevocationSource;
  readonly checkMs: number;
  /** True where an error of `authenticate` means that the token is no longer valid, and not that it could not be checked. */
  readonly isRefusal: (thrown: unknown) => boolean;
  /** Called when the roles of a connected user have changed. */
  readonly onRightsChanged: () => void;
  readonly logger: Logger;
}

/** Concurrent checks. The database reads them in batches: a round over thousands of sockets takes a few statements. */
const MAX_CONCURRENT_CHECKS = 200;

/**
 * Ends open connections when their token expires, and at once when their session is revoked. A revocation comes as a notice; where
 * a notice is lost, the regular check of every token finds it.
 */
export class LiveSessions {
  readonly #options: LiveSessionsOptions;
  readonly #entries = new Set<Entry>();
  readonly #stopNotices: () => void;
  #round: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: LiveSessionsOptions) {
    this.#options = options;
    this.#stopNotices = options.notices.onRevoked((sessionIds) => this.#revoke(new Set(sessionIds)));
    this.#scheduleRound();
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
    this.#closed = true;
    clearTimeout(this.#round);
    this.#stopNotices();
    for (const entry of this.#entries) entry.stop();
    this.#entries.clear();
  }

  #revoke(sessionIds: ReadonlySet<string>): void {
    for (const entry of [...this.#entries]) if (sessionIds.has(entry.viewer.sessionId)) entry.end('REVOKED');
  }

  #scheduleRound(): void {
    if (this.#closed) return;
    this.#round = setTimeout(() => void this.#checkAll().finally(() => this.#scheduleRound()), this.#options.checkMs);
    this.#round.unref();
  }

  async #checkAll(): Promise<void> {
    const waiting = this.#entries.values();
    await Promise.all(
      Array.from({ length: MAX_CONCURRENT_CHECKS }, async () => {
        // Where one token cannot be checked, no other can be: the next round tries again.
        for (const entry of waiting) if (!(await this.#check(entry))) return;
      }),
    );
  }

  /** False where the token could not be checked. */
  async #check(entry: Entry): Promise<boolean> {
    try {
      const viewer = await this.#options.authenticate(entry.token);
      const isUnchanged = viewer.roles.join() === entry.viewer.roles.join();
      entry.viewer = withoutLastChange(viewer);
      if (!isUnchanged) this.#options.onRightsChanged();
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
  readonly #timer: NodeJS.Timeout;
  #onEnd: ((end: SessionEnd) => void) | undefined;

  constructor({ viewer, token }: AuthenticatedCaller, onEnd: (end: SessionEnd) => void) {
    this.viewer = withoutLastChange(viewer);
    this.token = token;
    this.#onEnd = onEnd;
    this.#timer = setTimeout(() => this.end('EXPIRED'), viewer.tokenExpiresAt.getTime() - Date.now());
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
}
