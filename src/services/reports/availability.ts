import type { Database } from '../../db/database.ts';
import { recordRound } from './availability-store.ts';

export interface AvailabilityOptions {
  readonly db: Pick<Database, 'sql'>;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** A process that has just begun finds what has not begun yet, such as the worker beside it, and not what fails. */
const BEGINNING_MS = 60_000;

/** Counts in which rounds of the health check the installation works. Every process calls it; each round counts once. */
export class Availability {
  readonly #db: Pick<Database, 'sql'>;
  readonly #now: () => number;
  readonly #begunAt: number;
  #lostAt: number | undefined;
  #isRecording = false;

  constructor({ db, now = () => performance.now() }: AvailabilityOptions) {
    this.#db = db;
    this.#now = now;
    this.#begunAt = now();
  }

  /** Never rejects: while the database is lost, rounds are counted once it is back. Skips a round while it waits for the database. */
  async record(status: string): Promise<void> {
    const begun = this.#now();
    if (this.#isRecording || begun - this.#begunAt < BEGINNING_MS) return;
    this.#isRecording = true;
    try {
      const lostSeconds = this.#lostAt === undefined ? 0 : (begun - this.#lostAt) / 1_000;
      await recordRound(this.#db.sql(), { isGood: status !== 'UNHEALTHY', lostSeconds });
      this.#lostAt = undefined;
    } catch {
      this.#lostAt ??= begun; // the health check reports it
    } finally {
      this.#isRecording = false;
    }
  }
}
