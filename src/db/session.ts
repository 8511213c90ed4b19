import { AppError } from '../errors.ts';
import type { Database } from './database.ts';

/** A connection that is ours alone, outside of any transaction, for what PostgreSQL ties to a session. */
export interface Session {
  /** Aborted as soon as the connection is known to be gone, and with it what was tied to the session. */
  readonly lost: AbortSignal;
  query(text: string, values: readonly unknown[]): Promise<readonly object[]>;
  /** Ends the connection; it does not go back to the pool, so nothing of the session can live on. */
  close(): void;
}

export interface SessionTimes {
  /**
   * The server ends the session after so much silence: that of a process that was stopped, or whose network is cut, must
   * not hold its locks for ever.
   */
  readonly silenceMs: number;
  /** From the answer to one sign of life to the next, and how long an answer may take. */
  readonly signMs: number;
  readonly answerMs: number;
}

const TIMES: SessionTimes = { silenceMs: 30_000, signMs: 5_000, answerMs: 10_000 };

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
export async function openSession(db: Database, times = TIMES): Promise<Session> {
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isPool(pool)) throw new AppError('DATABASE_ERROR', 'The database driver has no pool of connections.');
  const session = new PooledSession(await pool.connect(), times);
  try {
    await session.query("select set_config('idle_session_timeout', $1, false)", [`${times.silenceMs}ms`]);
    return session;
  } catch (thrown) {
    session.close();
    throw thrown;
  }
}

function isPool(value: unknown): value is Pool {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function';
}

class PooledSession implements Session {
  readonly #client: Client;
  readonly #times: SessionTimes;
  readonly #lost = new AbortController();
  #asked: Promise<unknown> = Promise.resolve();
  #sign: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(client: Client, times: SessionTimes) {
    this.#client = client;
    this.#times = times;
    for (const event of ['end', 'error'] as const) client.once(event, (cause) => this.#lose(cause));
    this.#planSign();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** One after the other: the driver will soon take no second query while one is under way. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly object[]> {
    const asking = this.#asked.then(() => this.#client.query(text, [...values]));
    this.#asked = asking.catch(() => undefined); // whoever asked is told
    return (await asking).rows;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#sign);
    this.#client.release(true);
  }

  #planSign(): void {
    this.#sign = setTimeout(() => void this.#giveSign(), this.#times.signMs);
  }

  /** Also finds connections that are only half open, which end without any event. */
  async #giveSign(): Promise<void> {
    const late = setTimeout(() => this.#lose(), this.#times.answerMs);
    try {
      await this.query('select 1');
      if (!this.#closed) this.#planSign();
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
