import type { Database } from '../../db/database.ts';
import { DurationEstimator } from '../../forecast/duration-estimator.ts';
import { readLatestRuns } from './run-history-sql.ts';

/** Stages take seconds to minutes: the newest runs are not missed. */
const CACHE_MS = 10_000;

export interface RunHistoryParts {
  readonly db: Database;
  /** Called with the reason when the history could not be read; estimates then use the previous one. */
  readonly onFault: (thrown: unknown) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** The durations of the latest videos of this installation. It is read again after ten seconds, once for all concurrent callers. */
export class RunHistory {
  readonly #parts: RunHistoryParts;
  readonly #now: () => number;
  #known = new DurationEstimator([]);
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<DurationEstimator> | undefined;

  constructor(parts: RunHistoryParts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
  }

  /** Never rejects: an estimate is not worth a failure. */
  async read(): Promise<DurationEstimator> {
    if (this.#now() - this.#readAt < CACHE_MS) return this.#known;
    this.#reading ??= this.#readAgain().finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  async #readAgain(): Promise<DurationEstimator> {
    try {
      this.#known = new DurationEstimator(await readLatestRuns(this.#parts.db.sql()));
    } catch (thrown) {
      this.#parts.onFault(thrown);
    }
    this.#readAt = this.#now();
    return this.#known;
  }
}
