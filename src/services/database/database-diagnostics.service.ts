import { withTimeout } from '../../concurrency/timeout.ts';
import type { Database } from '../../db/database.ts';
import { type Sql, sqlOf } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import {
  countSessions,
  type IndexStats,
  type RawLockWait,
  type RawSession,
  readIndexes,
  readLockWaits,
  readSessions,
  readTables,
  readVersion,
  type SessionCounts,
  type TableStats,
} from './database-facts-sql.ts';
import { limitStatements } from './maintenance-sql.ts';
import {
  type Counting,
  type RawSlowStatement,
  readCounting,
  readSlowStatements,
  type SlowStatements,
} from './slow-statements-sql.ts';
import { shownStatement } from './statement-text.ts';

export interface IndexSuggestion {
  readonly table: string;
  /** A sentence. */
  readonly reason: string;
}

export interface LockWait extends RawLockWait {
  readonly blockedQuery: string;
  readonly blockingQuery: string;
}

/** A statement of this many milliseconds on average is slow. */
export const SLOW_MS = 100;
export const DIAGNOSIS_LIMITS = { minMeanMs: { least: 0, most: 86_400_000 }, first: { least: 1, most: 100 } } as const;
/** Vacuum pays off where a table has more dead rows than this, and more of all its rows. */
const DEAD_ROWS = 1_000;
const DEAD_PERCENT = 10;
/** An index may pay off where a table was read whole this often, with more rows than this on average. */
const SCANS = 10;
const ROWS_PER_SCAN = 1_000;
/** The diagnosis of a database that is overloaded must end, and must not add to the load. */
const STATEMENT_MS = 5_000;
const ANSWER = {
  milliseconds: 10_000,
  code: 'DATABASE_CONNECTION_FAILED',
  message: 'PostgreSQL did not answer the diagnosis within 10 s: it is overloaded, or no connection is free.',
} as const;

const HOW_TO_COUNT: Readonly<Record<Counting, string | null>> = {
  counts: null,
  'no extension':
    'Slow statements are not counted: set shared_preload_libraries = \'pg_stat_statements\' in postgresql.conf, restart PostgreSQL, and run "create extension pg_stat_statements" in this database as a superuser.',
  'no library':
    "Slow statements are not counted: set shared_preload_libraries = 'pg_stat_statements' in postgresql.conf and restart PostgreSQL.",
};

/**
 * What the database says of itself. Every reading is one short transaction that waits for no lock of a table, so that it also works while
 * others wait. No literal of a statement leaves it. Throws DATABASE_CONNECTION_FAILED where there is no answer within 10 s.
 */
export class DatabaseDiagnosticsService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async version(): Promise<string> {
    return await this.#read(readVersion);
  }

  /** Those that took most time in total first; none where the server does not count them. Throws INVALID_INPUT. */
  async slowQueries({ minMeanMs, first }: SlowStatements): Promise<RawSlowStatement[]> {
    checkBetween('minMeanMs', minMeanMs, DIAGNOSIS_LIMITS.minMeanMs);
    checkBetween('first', first, DIAGNOSIS_LIMITS.first);
    if ((await this.#read(readCounting)) !== 'counts') return [];
    const found = await this.#read((sql) => readSlowStatements(sql, { minMeanMs, first }));
    return found.map((one) => ({ ...one, query: shownStatement(one.query) }));
  }

  /** How to let the server count statements; null where it does. */
  async message(): Promise<string | null> {
    return HOW_TO_COUNT[await this.#read(readCounting)];
  }

  /** The largest first. */
  async tables(): Promise<TableStats[]> {
    return await this.#read(readTables);
  }

  /** The largest first. */
  async indexes(): Promise<IndexStats[]> {
    return await this.#read(readIndexes);
  }

  async locks(): Promise<LockWait[]> {
    const waits = await this.#read(readLockWaits);
    return waits.map(({ blockedQuery, blockingQuery, ...wait }) => ({
      ...wait,
      blockedQuery: shownStatement(blockedQuery ?? ''),
      blockingQuery: shownStatement(blockingQuery ?? ''),
    }));
  }

  async sessionCounts(): Promise<SessionCounts> {
    return await this.#read(countSessions);
  }

  /** Working ones first, then those that have been idle longest. Throws INVALID_INPUT. */
  async sessions(first: number): Promise<RawSession[]> {
    checkBetween('first', first, DIAGNOSIS_LIMITS.first);
    const found = await this.#read((sql) => readSessions(sql, first));
    return found.map((one) => ({ ...one, query: one.query === null ? null : shownStatement(one.query) }));
  }

  async #read<Result>(read: (sql: Sql) => Promise<Result>): Promise<Result> {
    const reading = this.#db.transaction(async (em) => {
      await limitStatements(sqlOf(em), STATEMENT_MS);
      return await read(sqlOf(em));
    });
    return await withTimeout(ANSWER, reading);
  }
}

/** Indexes that no statement has used since the statistics began, and that prevent nothing either. */
export function unusedIndexes(indexes: readonly IndexStats[]): IndexStats[] {
  return indexes.filter(({ scans, isUnique }) => scans === 0 && !isUnique);
}

/** Tables that are often read whole although they are large. */
export function indexSuggestions(tables: readonly TableStats[]): IndexSuggestion[] {
  return tables
    .map((table) => ({ ...table, rowsPerScan: Math.round(table.sequentialRows / Math.max(table.sequentialScans, 1)) }))
    .filter(({ sequentialScans, rowsPerScan }) => sequentialScans >= SCANS && rowsPerScan > ROWS_PER_SCAN)
    .toSorted((one, other) => other.sequentialRows - one.sequentialRows)
    .map(({ name, sequentialScans, rowsPerScan }) => ({
      table: name,
      reason: `It was read whole ${sequentialScans} times, with ${rowsPerScan} rows on average: find the statements among the slow ones, and index the columns of their conditions.`,
    }));
}

/** Whether dead rows ask for vacuum. */
export function isBloated({ deadRows, deadPercentage }: Pick<TableStats, 'deadRows' | 'deadPercentage'>): boolean {
  return deadRows > DEAD_ROWS && deadPercentage > DEAD_PERCENT;
}

function checkBetween(name: string, value: number, { least, most }: { least: number; most: number }): void {
  if (value >= least && value <= most) return;
  throw new AppError('INVALID_INPUT', `${name} has to be between ${least} and ${most}.`);
}
