import type { Database } from '../db/database.ts';
import { openSession, type Session } from '../db/session.ts';

/** The right to be the only one at a task. */
export interface TaskHold {
  /** Aborted where the right is lost with the connection that holds it. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

interface Shared {
  readonly session: Promise<Session>;
  users: number;
}

/**
 * Locks that all processes see. They live in one database session of this process, which is open only while it holds any:
 * not in a transaction, which would keep dead rows from being cleaned up for as long as a task runs. They end with
 * their process.
 */
export class TaskLocks {
  readonly #open: () => Promise<Session>;
  #shared: Shared | undefined;

  constructor(db: Database, open = () => openSession(db)) {
    this.#open = open;
  }

  /** Null where somebody else holds it. Asked for twice by this process it is given twice: who asks sees to that. */
  async tryHold(name: string): Promise<TaskHold | null> {
    const shared = this.#enter();
    try {
      const session = await shared.session;
      const rows = await session.query(`select 1 where pg_try_advisory_lock(${KEY})`, [name]);
      if (rows.length === 1) return { lost: session.lost, release: () => this.#release(shared, session, name) };
    } catch (thrown) {
      await this.#leave(shared);
      throw thrown;
    }
    await this.#leave(shared);
    return null;
  }

  async #release(shared: Shared, session: Session, name: string): Promise<void> {
    // Where this fails the session is gone or goes with its last user, and the lock goes with it.
    await session.query(`select pg_advisory_unlock(${KEY})`, [name]).catch(() => undefined);
    await this.#leave(shared);
  }

  #enter(): Shared {
    const shared = this.#shared ?? { session: this.#open(), users: 0 };
    if (!this.#shared) this.#forgetWhenLost(shared);
    this.#shared = shared;
    shared.users++;
    return shared;
  }

  #forgetWhenLost(shared: Shared): void {
    const forget = () => {
      if (this.#shared === shared) this.#shared = undefined;
    };
    shared.session.then((session) => session.lost.addEventListener('abort', forget, { once: true }), forget);
  }

  async #leave(shared: Shared): Promise<void> {
    shared.users--;
    if (shared.users > 0) return;
    if (this.#shared === shared) this.#shared = undefined;
    const session = await shared.session.catch(() => null); // who waited for it was told
    session?.close();
  }
}

/** The two numbers that PostgreSQL knows a lock by. */
const KEY = "hashtext('autovideo_tasks'), hashtext($1)";
