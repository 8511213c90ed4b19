import {
  type DatabaseDiagnosticsService,
  type IndexSuggestion,
  indexSuggestions,
  type LockWait,
  SLOW_MS,
  unusedIndexes,
} from './database-diagnostics.service.ts';
import type { IndexStats, RawSession, SessionCounts, TableStats } from './database-facts-sql.ts';
import type { RawSlowStatement } from './slow-statements-sql.ts';

const STATEMENTS = 10;
const SESSIONS = 20;

/** All readings, as `databaseDiagnostics` has them. */
export interface Diagnosis {
  readonly version: string;
  readonly message: string | null;
  readonly slowQueries: readonly RawSlowStatement[];
  readonly tables: readonly TableStats[];
  readonly indexes: readonly IndexStats[];
  readonly unusedIndexes: readonly IndexStats[];
  readonly indexSuggestions: readonly IndexSuggestion[];
  readonly locks: readonly LockWait[];
  readonly sessions: SessionCounts & { readonly list: readonly RawSession[] };
}

/** One reading after the other: where connections are short, it needs one. */
export async function readDiagnosis(database: DatabaseDiagnosticsService): Promise<Diagnosis> {
  const version = await database.version();
  const message = await database.message();
  const slowQueries = await database.slowQueries({ minMeanMs: SLOW_MS, first: STATEMENTS });
  const tables = await database.tables();
  const indexes = await database.indexes();
  const locks = await database.locks();
  const counts = await database.sessionCounts();
  const list = await database.sessions(SESSIONS);
  return {
    version,
    message,
    slowQueries,
    tables,
    indexes,
    unusedIndexes: unusedIndexes(indexes),
    indexSuggestions: indexSuggestions(tables),
    locks,
    sessions: { ...counts, list },
  };
}
