import { AppError } from '../errors.ts';
import type { Database } from './database.ts';

/** A connection for one caller alone, outside of any transaction, for what PostgreSQL binds to a session. */
export interface DatabaseSession {
  /** Aborted as soon as the connection is lost, and with it what was bound to the session. */
  readonly lost: AbortSignal;
  /** Takes a lock for the session; false where another session holds it. */
  tryLock(lock: SessionLock): Promise<boolean>;
  unlock(lock: SessionLock): Promise<void>;
  /** Ends the connection; it does not return to the pool, so that nothing of the session remains. */
  close(): void;
}

/** An advisory lock: it has no table, and its two names, of which PostgreSQL uses the hashes, are all there is of it. */
export interface SessionLock {
  readonly kind: string;
  readonly name: string;
}

export interface DatabaseSessionTimes {
  /**
   * The server ends the session after this time without a query: a process that was stopped, or whose network is cut, must
   * not hold its locks for ever.
   */
  readonly idleTimeoutMs: number;
  /** The interval between heartbeats of the session, and the timeout of each. */
  readonly probeMs: number;
  readonly probeTimeoutMs: number;
}

const TIMES: DatabaseSessionTimes = { idleTimeoutMs: 30_000, probeMs: 5_000, probeTimeoutMs: 10_000 };

/** The used part of a `pg` client; the driver returns it untyped. */
interface Client {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly object[] }>;
  release(destroy: boolean): void;
  once(event: 'end' | 'error', listener: (error?: Error) => void): void;
}

interface Pool {
  connect(): Promise<Client>;
}

/** Takes a connection of the pool for the duration of the session. The caller that opens it closes it. */
export async function openDatabaseSession(db: Database, times = TIMES): Promise<DatabaseSession> {
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isPool(pool)) throw new AppError('DATABASE_ERROR', 'The database driver has no pool of connections.');
  const client = await pool.connect();
  db.poolUsage.expectLong(client);
  const session = new PooledDatabaseSession(client, times);
  try {
    await session.query("select set_config('idle_session_timeout', $1, false)", [`${times.idleTimeoutMs}ms`]);
    return session;
  } catch (thrown) {
    session.close();
    throw thrown;
  }
}

function isPool(value: unknown): value is Pool {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function';
}

class PooledDatabaseSession implements DatabaseSession {
  readonly #client: Client;
  readonly #times: DatabaseSessionTimes;
  readonly #lost = new AbortController();
  #lastQuery: Promise<unknown> = Promise.resolve();
  #probeTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(client: Client, times: DatabaseSessionTimes) {
    this.#client = client;
    this.#times = times;
    for (const event of ['end', 'error'] as const) client.once(event, (cause) => this.#lose(cause));
    this.#scheduleProbe();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async tryLock({ kind, name }: SessionLock): Promise<boolean> {
    const text = 'select 1 where pg_try_advisory_lock(hashtext($1), hashtext($2))';
    return (await this.query(text, [kind, name])).length === 1;
  }

  async unlock({ kind, name }: SessionLock): Promise<void> {
    await this.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', [kind, name]);
  }

  /** One after the other: the driver will soon refuse a second query while one is in progress. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly object[]> {
    const querying = this.#lastQuery.then(() => this.#client.query(text, [...values]));
    this.#lastQuery = querying.catch(() => undefined); // the caller gets the error
    return (await querying).rows;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#probeTimer);
    this.#client.release(true);
  }

  #scheduleProbe(): void {
    this.#probeTimer = setTimeout(() => void this.#probe(), this.#times.probeMs);
  }

  /** Also detects half-open connections, which end without any event. */
  async #probe(): Promise<void> {
    const late = setTimeout(() => this.#lose(), this.#times.probeTimeoutMs);
    try {
      await this.query('select 1');
      if (!this.#closed) this.#scheduleProbe();
    } catch (thrown) {
      this.#lose(thrown);
    } finally {
      clearTimeout(late);
    }
  }

  #lose(cause?: unknown): void {
    // Our own close() ends the connection too: that is no loss.
    if (this.#closed) return;
    this.close();
    const sentence = 'The connection to the database was lost.';
    this.#lost.abort(new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause, retriable: true }));
  }
}
