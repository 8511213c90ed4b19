import { AppError } from '../errors.ts';
import type { Database } from './database.ts';

/** A connection that is ours alone, outside of any transaction, for what PostgreSQL ties to a session. */
export interface DatabaseSession {
  /** Aborted as soon as the connection is known to be gone, and with it what was tied to the session. */
  readonly lost: AbortSignal;
  query(text: string, values: readonly unknown[]): Promise<readonly object[]>;
  /** Ends the connection; it does not go back to the pool, so nothing of the session can live on. */
  close(): void;
}

export interface DatabaseSessionTimes {
  /**
   * The server ends the session after so much silence: that of a process that was stopped, or whose network is cut, must
   * not hold its locks for ever.
   */
  readonly idleTimeoutMs: number;
  /** From the answer to one sign of life to the next, and how long an answer may take. */
  readonly probeMs: number;
  readonly probeTimeoutMs: number;
}

const TIMES: DatabaseSessionTimes = { idleTimeoutMs: 30_000, probeMs: 5_000, probeTimeoutMs: 10_000 };

/** The part of a `pg` client that we use; the driver hands it out untyped. */
interface Client {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly object[] }>;
  release(destroy: boolean): void;
  once(event: 'end' | 'error', listener: (error?: Error) => void): void;
}

interface Pool {
  connect(): Promise<Client>;
}

/** Takes a connection of the pool for as long as the session lasts. Whoever opens it closes it. */
export async function openDatabaseSession(db: Database, times = TIMES): Promise<DatabaseSession> {
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isPool(pool)) throw new AppError('DATABASE_ERROR', 'The database driver has no pool of connections.');
  const session = new PooledDatabaseSession(await pool.connect(), times);
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

  /** One after the other: the driver will soon take no second query while one is under way. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly object[]> {
    const querying = this.#lastQuery.then(() => this.#client.query(text, [...values]));
    this.#lastQuery = querying.catch(() => undefined); // whoever asked is told
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

  /** Also finds connections that are only half open, which end without any event. */
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
    // Our own close() ends the connection too: then nothing is lost.
    if (this.#closed) return;
    this.close();
    const sentence = 'The connection to the database was lost.';
    this.#lost.abort(new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause, retriable: true }));
  }
}
