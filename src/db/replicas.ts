import { isStatementTimeout } from './database-errors.ts';
import type { Reader, Statement } from './prepared.ts';
import {
  MAX_POINTS,
  type OnReplicaState,
  POLL_MS,
  Replica,
  type ReplicaFacts,
  type ReplicationPoint,
} from './replica.ts';

export interface ReplicasOptions {
  /** Each connects to one server. */
  readonly urls: readonly string[];
  /** Reads from the server that they replicate. */
  readonly primary: Reader;
  readonly onState: OnReplicaState;
}

/**
 * The horizon is read before the position: every transaction that had ended by then is in the log up to that position. The end of
 * what is on disk is used, since commits become visible only then; with synchronous_commit off they do so earlier, so then the very end.
 */
const CURRENT_POINT = {
  name: 'moment',
  text: `
    select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295) as horizon, pg_wal_lsn_diff(
      case current_setting('synchronous_commit') when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end,
      '0/0')::float8 as position`,
};

/**
 * Reads from replicas, in turn, what they are known to include; everything else from the primary. The caller names the last change
 * that it may know of; a read includes this change and all before it, wherever it runs. This relies on no clock and no notification:
 * several times a second the primary reports the end of its log and the ended transactions, and each replica its position.
 */
export class Replicas implements Reader {
  readonly #primary: Reader;
  readonly #replicas: readonly Replica[];
  #points: readonly ReplicationPoint[] = [];
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ urls, primary, onState }: ReplicasOptions) {
    this.#primary = primary;
    this.#replicas = urls.map((url) => new Replica(url, onState));
  }

  /** Starts to poll their positions without waiting: the app has to start without them too. */
  open(): void {
    void this.#poll();
  }

  /** In the order of their addresses. */
  get facts(): ReplicaFacts[] {
    return this.#replicas.map(({ facts }) => facts);
  }

  async rows<Row extends object>(
    statement: Statement,
    values: readonly unknown[],
    lastChange?: number,
  ): Promise<Row[]> {
    const replica = lastChange === undefined ? undefined : this.#next(lastChange);
    if (!replica) return await this.#primary.rows(statement, values);
    try {
      return await replica.rows(statement, values);
    } catch (thrown) {
      // It would take as long on the primary.
      if (statement.timeoutMs !== undefined && isStatementTimeout(thrown)) throw thrown;
      // A replica may become unreachable, cancel a read in favor of replay, or lack a recent migration. An error of the
      // read itself occurs on the primary too.
      return await this.#primary.rows(statement, values);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#replicas.map((replica) => replica.close()));
  }

  #next(change: number): Replica | undefined {
    const turn = this.#turn++ % this.#replicas.length;
    return [...this.#replicas.slice(turn), ...this.#replicas.slice(0, turn)].find((replica) =>
      replica.hasReplayed(change),
    );
  }

  /** Never rejects. */
  async #poll(): Promise<void> {
    this.#points = await this.#nextPoints();
    if (this.#closed) return;
    // A slow replica does not delay the others.
    for (const replica of this.#replicas) void replica.poll(this.#points);
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }

  /** Discards all moments where the primary was unreachable, or its log position went back: it may be another server now. */
  async #nextPoints(): Promise<readonly ReplicationPoint[]> {
    try {
      const [now] = await this.#primary.rows<ReplicationPoint>(CURRENT_POINT, []);
      const last = this.#points.at(-1);
      if (!now || (last && now.position < last.position)) return [];
      return [...this.#points, now].slice(-MAX_POINTS);
    } catch {
      return []; // the database's health check reports it, and every request
    }
  }
}
