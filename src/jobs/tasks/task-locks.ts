import type { Database } from '../../db/database.ts';
import { type DatabaseSession, openDatabaseSession } from '../../db/database-session.ts';

/** The exclusive right to run a task. */
export interface TaskLock {
  /** Aborted where the right is lost with the connection that holds it. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

const KIND = 'autovideo_tasks';

interface SharedSession {
  readonly session: Promise<DatabaseSession>;
  holders: number;
}

/**
 * Locks that all processes share. They belong to one database session of this process, which is open only while it holds any:
 * not to a transaction, which would prevent vacuum from removing dead rows for as long as a task runs. They end with
 * their process.
 */
export class TaskLocks {
  readonly #open: () => Promise<DatabaseSession>;
  #shared: SharedSession | undefined;

  constructor(db: Database, open = () => openDatabaseSession(db)) {
    this.#open = open;
  }

  /** Null where another process holds it. This process can take the same lock twice: the caller has to prevent that. */
  async tryLock(name: string): Promise<TaskLock | null> {
    const shared = this.#acquire();
    try {
      const session = await shared.session;
      if (await session.tryLock({ kind: KIND, name }))
        return { lost: session.lost, release: () => this.#release(shared, session, name) };
    } catch (thrown) {
      await this.#releaseSession(shared);
      throw thrown;
    }
    await this.#releaseSession(shared);
    return null;
  }

  async #release(shared: SharedSession, session: DatabaseSession, name: string): Promise<void> {
    // Where this fails, the session is closed or closes with its last user, which also releases the lock.
    await session.unlock({ kind: KIND, name }).catch(() => undefined);
    await this.#releaseSession(shared);
  }

  #acquire(): SharedSession {
    const shared = this.#shared ?? { session: this.#open(), holders: 0 };
    if (!this.#shared) this.#dropWhenLost(shared);
    this.#shared = shared;
    shared.holders++;
    return shared;
  }

  #dropWhenLost(shared: SharedSession): void {
    const forget = () => {
      if (this.#shared === shared) this.#shared = undefined;
    };
    shared.session.then((session) => session.lost.addEventListener('abort', forget, { once: true }), forget);
  }

  async #releaseSession(shared: SharedSession): Promise<void> {
    shared.holders--;
    if (shared.holders > 0) return;
    if (this.#shared === shared) this.#shared = undefined;
    const session = await shared.session.catch(() => null); // callers that awaited it have received the error
    session?.close();
  }
}
