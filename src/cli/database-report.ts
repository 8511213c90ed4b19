import { isBloated } from '../services/database/database-diagnostics.service.ts';
import type { IndexStats, RawSession, TableStats } from '../services/database/database-facts-sql.ts';
import type { Diagnosis } from '../services/database/diagnosis.ts';
import type { RawSlowStatement } from '../services/database/slow-statements-sql.ts';
import { ageOf } from './age.ts';
import { tableOf } from './table.ts';

/** A line of a terminal has room for so much of a statement; `--json` has more. */
const STATEMENT_CHARACTERS = 90;
/** The largest tables and indexes; tables that need vacuum are shown in any case. */
const LARGEST = 10;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** What an operator reads: what is wrong first. */
export function reportOf(diagnosis: Diagnosis): string {
  const { version, sessions, message, slowQueries, locks, tables, unusedIndexes, indexSuggestions } = diagnosis;
  const { active, idle, idleInTransaction, max } = sessions;
  return [
    `PostgreSQL ${version}. Other sessions of this database: ${active} active, ${idle} idle, ${idleInTransaction} idle in a transaction; the server allows ${max} to all its databases together.`,
    section(
      'Lock waits',
      'none',
      ['BLOCKED', 'BY', 'FOR', 'WAITING STATEMENT', 'LAST STATEMENT OF THE OTHER'],
      locks,
      (wait) => [
        String(wait.blockedPid),
        String(wait.blockingPid),
        ageOf(wait.waitingSeconds),
        cut(wait.blockedQuery),
        cut(wait.blockingQuery),
      ],
    ),
    message ?? slowSection(slowQueries),
    tableSection(tables),
    section('Indexes that may help', 'none', ['TABLE', 'WHY'], indexSuggestions, ({ table, reason }) => [
      table,
      reason,
    ]),
    indexSection(unusedIndexes),
    section(
      'Sessions',
      'none',
      ['PID', 'USER', 'CLIENT', 'PROGRAM', 'STATE', 'FOR', 'STATEMENT'],
      sessions.list,
      sessionCells,
    ),
  ].join('\n\n');
}

/** `1.5 MiB`. */
export function sizeOf(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  return `${power === 0 ? bytes : (bytes / 1_024 ** power).toFixed(1)} ${UNITS[power]}`;
}

function slowSection(statements: readonly RawSlowStatement[]): string {
  const title = 'Slow statements (100 ms or more on average; from 500 ms on alarming)';
  return section(title, 'none', ['CALLS', 'MEAN', 'TOTAL', 'ROWS', 'FROM MEMORY', 'STATEMENT'], statements, (one) => [
    String(one.calls),
    `${Math.round(one.meanMs)} ms`,
    ageOf(one.totalMs / 1_000),
    String(one.rows),
    one.cacheHitPercentage === null ? '–' : `${Math.floor(one.cacheHitPercentage)} %`,
    cut(one.query),
  ]);
}

function tableSection(tables: readonly TableStats[]): string {
  const bloated = tables.filter(isBloated).length;
  const shown = tables.filter((table, index) => index < LARGEST || isBloated(table));
  const title = `Tables: ${tables.length}, of which ${bloated} need vacuum (autovideo db vacuum); the largest`;
  const headings = ['TABLE', 'SIZE', 'ROWS', 'DEAD', 'DEAD %', 'READ WHOLE', 'BY INDEX', 'LAST VACUUM', ''];
  return section(title, 'none', headings, shown, (table) => [
    table.name,
    sizeOf(table.totalBytes),
    String(table.liveRows),
    String(table.deadRows),
    table.deadPercentage.toFixed(1),
    String(table.sequentialScans),
    String(table.indexScans ?? '–'),
    table.lastVacuumAt?.toISOString() ?? '–',
    isBloated(table) ? 'needs vacuum' : '',
  ]);
}

function indexSection(unused: readonly IndexStats[]): string {
  const bytes = unused.reduce((sum, index) => sum + index.bytes, 0);
  const title = `Indexes never used since the statistics began: ${unused.length} with ${sizeOf(bytes)}; the largest`;
  const shown = unused.slice(0, LARGEST);
  return section(title, 'none', ['INDEX', 'TABLE', 'SIZE'], shown, (one) => [one.name, one.table, sizeOf(one.bytes)]);
}

function sessionCells({ pid, user, client, application, state, seconds, query }: RawSession): string[] {
  return [String(pid), user ?? '–', client ?? '–', application ?? '–', state, ageOf(seconds), cut(query ?? '')];
}

function section<Row>(
  title: string,
  none: string,
  headings: readonly string[],
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly string[],
): string {
  return rows.length === 0 ? `${title}: ${none}.` : `${title}:\n${tableOf([headings, ...rows.map(cellsOf)])}`;
}

function cut(statement: string): string {
  return statement.length <= STATEMENT_CHARACTERS ? statement : `${statement.slice(0, STATEMENT_CHARACTERS - 1)}…`;
}
