import { isStatementTimeout } from './database-errors.ts';
import type { Reader, Statement } from './prepared.ts';
import { MAX_POINTS, type OnReplicaState, POLL_MS, Replica, type ReplicationPoint } from './replica.ts';

export interface ReplicasOptions {
  /** Each leads to one server. */
  readonly urls: readonly string[];
  /** Reads from the server that they follow. */
  readonly primary: Reader;
  readonly onState: OnReplicaState;
}

/**
 * The horizon is looked up before the position: what had ended by then is in the log up to there. To the end of what is on
 * disk, since commits are seen only once they are there; where the server was told to show them sooner, to the very end.
 */
const CURRENT_POINT = {
  name: 'moment',
  text: `
    select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295) as horizon, pg_wal_lsn_diff(
      case current_setting('synchronous_commit') when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end,
      '0/0')::float8 as position`,
};

/**
 * Reads from replicas, in turn, what they are known to show; all else from the primary. Whoever asks says which change they
 * may know of; it is seen again, with all before it, wherever it is read. No clock and no notice is trusted in this:
 * several times a second the primary says where its log ends and which transactions have, and each replica how far it is.
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

  /** Begins asking how far they are and does not wait: a server has to start without them too. */
  open(): void {
    void this.#poll();
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
      // It would take as long there.
      if (statement.timeoutMs !== undefined && isStatementTimeout(thrown)) throw thrown;
      // A replica may go away, stop a read for the sake of what it replays, or not have seen a migration yet. Where the
      // read itself is at fault the primary says so too.
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
    // Nobody waits for one that takes long.
    for (const replica of this.#replicas) void replica.poll(this.#points);
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }

  /** All is forgotten where the primary was away, or its log goes on at an earlier place: it may be another server now. */
  async #nextPoints(): Promise<readonly ReplicationPoint[]> {
    try {
      const [now] = await this.#primary.rows<ReplicationPoint>(CURRENT_POINT, []);
      const last = this.#points.at(-1);
      if (!now || (last && now.position < last.position)) return [];
      return [...this.#points, now].slice(-MAX_POINTS);
    } catch {
      return []; // the health of the database tells of it, and every request
    }
  }
}
