import { Socket } from 'node:net';
import { DatabaseError, Pool } from 'pg';
import { AppError } from '../errors.ts';
import { CONNECTION } from './database.ts';
import { isUnreachable } from './database-errors.ts';
import { PoolUsage } from './pool-usage.ts';
import { queryRows, type Statement } from './prepared.ts';
import { typeParsers } from './type-parsers.ts';

/** A point of the primary's log, and the state of a server that has replayed the log up to it. */
export interface ReplicationPoint {
  /** Bytes of the log since its beginning. */
  readonly position: number;
  /** Every transaction with a smaller number has ended, and its changes are visible. */
  readonly horizon: number;
}

/** Called once when a replica (host and port) is excluded, with the reason, and once when it is used again. */
export type OnReplicaState = (state: 'left out' | 'back', replica: string, cause?: unknown) => void;

/** What operators see of a replica. */
export interface ReplicaFacts {
  /** Host and port. */
  readonly name: string;
  /** How long ago the primary was where the replica is; null while it is not used: unreachable, or seconds behind. */
  readonly lagSeconds: number | null;
  readonly pool: PoolStats;
}

/** The connections of this process to a server. */
export interface PoolStats {
  readonly total: number;
  readonly idle: number;
  readonly used: number;
  readonly waiting: number;
  readonly max: number;
  readonly usagePercentage: number;
  readonly longRunning: number;
}

export const POLL_MS = 200;
/** How many moments are stored; a replica that has reached none of them is at least 5 s behind, and is excluded. */
export const MAX_POINTS = 25;

const POOL = { min: 10, max: 30, idleTimeoutMillis: 30_000 } as const;
/** One connection stays free for the query of the server's position. */
const READS = POOL.max - 1;
/** A read that takes longer is repeated on the primary, which has a longer limit: an unresponsive replica must not delay readers. */
const STATEMENT_MS = 2_000;
const ANSWER_MS = 2_500;

const REACHED = {
  name: 'reached',
  text: `select pg_is_in_recovery() as "follows", pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8 as position`,
};

/** A server that follows the primary, and its known position. */
export class Replica {
  readonly #name: string;
  readonly #onState: OnReplicaState;
  readonly #pool: Pool;
  readonly #usage = new PoolUsage({ max: POOL.max });
  readonly #sockets = new Set<Socket>();
  /** As in `Moment`; null while nothing may be read here. */
  #horizon: number | null = null;
  #lagSeconds: number | null = null;
  #isLeftOut = false;
  #isAsked = false;
  #reads = 0;

  constructor(url: string, onState: OnReplicaState) {
    this.#name = new URL(url).host;
    this.#onState = onState;
    this.#pool = new Pool({
      ...CONNECTION,
      ...POOL,
      types: typeParsers,
      connectionString: url,
      connectionTimeoutMillis: STATEMENT_MS,
      statement_timeout: STATEMENT_MS,
      query_timeout: ANSWER_MS,
      stream: () => this.#socket(),
    });
    this.#pool.on('error', (error) => this.#lose(error));
    this.#usage.observe(this.#pool);
  }

  get facts(): ReplicaFacts {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.#pool;
    const { max } = POOL;
    const used = total - idle;
    const longRunning = this.#usage.leakedSeconds.length;
    const pool = { total, idle, used, waiting, max, usagePercentage: (100 * used) / max, longRunning };
    return { name: this.#name, lagSeconds: this.#lagSeconds, pool };
  }

  /** Whether a read on this server includes the changes of this transaction, and can begin at once. */
  hasReplayed(change: number): boolean {
    return this.#horizon !== null && this.#reads < READS && isBefore(change, this.#horizon);
  }

  async rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    this.#reads++;
    try {
      return await this.#ask<Row>(statement, values);
    } finally {
      this.#reads--;
    }
  }

  /** Determines which of these moments, the newest last, it has reached. Never rejects. */
  async poll(points: readonly ReplicationPoint[]): Promise<void> {
    if (this.#isAsked) return;
    this.#isAsked = true;
    try {
      const reached = await this.#reached();
      const at = points.findLastIndex(({ position }) => position <= reached);
      const point = points[at];
      if (point) this.#use(point, ((points.length - 1 - at) * POLL_MS) / 1_000);
      else if (points.length === MAX_POINTS)
        throw unfit(`It is ${(MAX_POINTS * POLL_MS) / 1_000} s behind the primary or more.`);
      else this.#horizon = null;
    } catch (thrown) {
      this.#leaveOut(thrown);
    } finally {
      this.#isAsked = false;
    }
  }

  async close(): Promise<void> {
    this.#isLeftOut = true; // no report is needed
    this.#lose(undefined);
    await this.#pool.end();
  }

  async #reached(): Promise<number> {
    const [row] = await this.#ask<{ follows: boolean; position: number | null }>(REACHED, []);
    if (!row?.follows || row.position === null) throw unfit('It follows no primary.');
    return row.position;
  }

  async #ask<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    try {
      return await queryRows<Row>(this.#pool, statement, values);
    } catch (thrown) {
      if (!(thrown instanceof DatabaseError) || isUnreachable(thrown)) this.#lose(thrown);
      throw thrown;
    }
  }

  #use({ horizon }: ReplicationPoint, lagSeconds: number): void {
    this.#horizon = horizon;
    this.#lagSeconds = lagSeconds;
    if (this.#isLeftOut) this.#onState('back', this.#name);
    this.#isLeftOut = false;
  }

  #leaveOut(cause: unknown): void {
    this.#horizon = null;
    this.#lagSeconds = null;
    if (!this.#isLeftOut) this.#onState('left out', this.#name, cause);
    this.#isLeftOut = true;
  }

  /**
   * Excludes it and ends every connection, so that reads which still wait for it are repeated elsewhere at once. A restarted
   * server may be further behind than before: nothing may be read there until its position is known.
   */
  #lose(cause: unknown): void {
    this.#leaveOut(cause);
    for (const socket of this.#sockets) socket.destroy();
  }

  #socket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

/**
 * Transaction numbers have 32 bits and wrap around; of two the earlier one is less than 2³¹ before the other, as
 * PostgreSQL itself defines it. A change that is older than that is regarded as new, and read from the primary.
 */
function isBefore(change: number, horizon: number): boolean {
  return ((change - horizon) | 0) < 0;
}

function unfit(message: string): AppError {
  return new AppError('DATABASE_ERROR', message);
}
