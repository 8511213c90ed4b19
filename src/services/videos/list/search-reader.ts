import { RateLimitedError } from '../../../auth/auth-error.ts';
import { Semaphore } from '../../../concurrency/semaphore.ts';
import { isStatementTimeout } from '../../../db/database-errors.ts';
import type { Reader, Statement } from '../../../db/prepared.ts';
import { AppError } from '../../../errors.ts';

export interface SearchReaderOptions {
  /** Searches that run at once, each on its own connection. */
  readonly most: number;
  /** The timeout of a search, and how long it may wait before it runs. */
  readonly runMs?: number;
  readonly waitMs?: number;
}

const RUN_MS = 1_000;
const WAIT_MS = 2_000;

/** Searches use at most this part of the pool. */
const POOL_SHARE = 1 / 8;

/** The number of searches that may run at once on a pool of this size. */
export function maxSearches(poolMax: number): number {
  return Math.max(1, Math.floor(poolMax * POOL_SHARE));
}

/**
 * Reads for searches. The cost of a search depends on its words and on the stored data, and is not known beforehand: so each has
 * one second, and all together a part of the connections, so that any number of expensive ones does not block other requests.
 * Throws INVALID_INPUT for a search that takes too long, and RateLimitedError for one that had to wait too long.
 */
export class SearchReader implements Reader {
  readonly #reader: Reader;
  readonly #slots: Semaphore;
  readonly #runMs: number;
  readonly #waitMs: number;

  constructor(reader: Reader, { most, runMs = RUN_MS, waitMs = WAIT_MS }: SearchReaderOptions) {
    this.#reader = reader;
    this.#slots = new Semaphore(most);
    this.#runMs = runMs;
    this.#waitMs = waitMs;
  }

  async rows<Row extends object>(
    statement: Statement,
    values: readonly unknown[],
    lastChange?: number,
  ): Promise<Row[]> {
    const limited = { ...statement, timeoutMs: this.#runMs };
    try {
      return await this.#slots.use(AbortSignal.timeout(this.#waitMs), () =>
        this.#reader.rows<Row>(limited, values, lastChange),
      );
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'CANCELED')
        throw new RateLimitedError(1, 'Too many searches run at the moment: wait a second and try again.');
      throw isStatementTimeout(thrown) ? tooSlow(thrown) : thrown;
    }
  }
}

function tooSlow(cause: unknown): AppError {
  const message = 'This search takes too long: use fewer or longer words, or narrow it with other filters.';
  return new AppError('INVALID_INPUT', message, { cause });
}
