import { AppError } from '../errors.ts';
import type { Database } from './database.ts';
import { isDropped } from './database-errors.ts';

/** SQL that is run unchanged, with its parameters as $1, $2 … */
export interface Statement {
  readonly text: string;
  /** Prepared under this name once on each connection; without a name it is planned at each use. */
  readonly name: string | undefined;
  /** Milliseconds after which PostgreSQL ends it; by default the connection's limit. */
  readonly timeoutMs?: number;
}

/** Runs hand-written reads. Columns have the names of the statement; `Row` is asserted by the caller. */
export interface Reader {
  /** Reads the current state; or, with `lastChange`, the state at some time after that change (see replicas.ts). */
  rows<Row extends object>(statement: Statement, values: readonly unknown[], lastChange?: number): Promise<Row[]>;
}

export interface Query {
  readonly text: string;
  readonly name?: string;
  readonly values: readonly unknown[];
  readonly types: typeof TYPES;
}

/** The used part of a `pg` pool; the ORM returns it untyped. */
export interface QueryPool extends Connection {
  connect(): Promise<Connection & { release(destroy: boolean): void }>;
}

interface Connection {
  query<Row extends object>(query: Query): Promise<{ readonly rows: Row[] }>;
}

type Parser = (text: string) => unknown;

/**
 * Plain rows directly from the driver. The query builder of the ORM has no named statements, and an entity costs several
 * times as much as its row: for the most frequent reads, planning once and hydrating nothing saves most of the time.
 */
export class PooledReader implements Reader {
  readonly #pool: QueryPool;

  constructor(pool: QueryPool) {
    this.#pool = pool;
  }

  async rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    try {
      return await queryRows<Row>(this.#pool, statement, values);
    } catch (thrown) {
      // The connection may have been lost while it was idle in the pool; a read can be repeated.
      if (!isDropped(thrown)) throw thrown;
      return await queryRows<Row>(this.#pool, statement, values);
    }
  }
}

/** The rows of a statement, which runs on a reserved connection where it has its own time limit. */
export async function queryRows<Row extends object>(
  pool: QueryPool,
  statement: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const query = queryOf(statement, values);
  if (statement.timeoutMs === undefined) return (await pool.query<Row>(query)).rows;
  const connection = await pool.connect();
  const set = (text: string) => connection.query(queryOf({ text, name: undefined }, []));
  let isClean = false;
  try {
    await set(`set statement_timeout = ${Math.ceil(statement.timeoutMs)}`);
    try {
      return (await connection.query<Row>(query)).rows;
    } finally {
      await set('reset statement_timeout');
      isClean = true;
    }
  } finally {
    connection.release(!isClean);
  }
}

/** A statement in the driver's form. */
export function queryOf({ text, name }: Statement, values: readonly unknown[]): Query {
  return name === undefined ? { text, values, types: TYPES } : { text, name, values, types: TYPES };
}

/** Reads through the connections that the ORM writes through. */
export function readerOf(db: Database): Reader {
  let reader: PooledReader | undefined;
  return {
    rows: async (statement, values) => {
      reader ??= new PooledReader(await poolOf(db));
      return await reader.rows(statement, values);
    },
  };
}

async function poolOf(db: Database): Promise<QueryPool> {
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isPool(pool)) throw new AppError('DATABASE_ERROR', 'The database driver has no pool of connections.');
  return pool;
}

function isPool(value: unknown): value is QueryPool {
  return typeof value === 'object' && value !== null && 'query' in value && typeof value.query === 'function';
}

/**
 * How PostgreSQL's text is parsed, by the type's number in pg_type: times as dates, 64-bit integers as numbers (ours stay below
 * 2⁵³), text arrays as arrays and JSON as its value. Everything else stays text.
 */
const PARSERS: Readonly<Record<number, Parser>> = {
  16: (text) => text === 't',
  20: Number,
  21: Number,
  23: Number,
  114: (text): unknown => JSON.parse(text),
  700: Number,
  701: Number,
  1009: parseTexts,
  1184: parseMoment,
  3802: (text): unknown => JSON.parse(text),
};
const asText: Parser = (text) => text;
const TYPES = { getTypeParser: (type: number): Parser => PARSERS[type] ?? asText };

/**
 * `2026-01-31 09:30:00.5+00`, as PostgreSQL writes it in a session whose time zone is UTC. Parsed digit by digit, because
 * Date's own parser took a tenth of the total work of a page.
 */
function parseMoment(text: string): Date {
  // Years of five digits, and years BC.
  if (text.charCodeAt(4) !== MINUS || !text.endsWith('+00'))
    return new Date(text.replace(' ', 'T').replace('+00', 'Z'));
  const date = Date.UTC(number(text, 0, 4), number(text, 5, 7) - 1, number(text, 8, 10));
  const clock = (number(text, 11, 13) * 60 + number(text, 14, 16)) * 60 + number(text, 17, 19);
  const fraction = text.length > 22 ? Math.trunc(number(text, 20, text.length - 3) * 10 ** (26 - text.length)) : 0;
  return new Date(date + clock * 1_000 + fraction);
}

const MINUS = 45;
const ZERO = 48;

function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = 10 * value + text.charCodeAt(at) - ZERO;
  return value;
}

/** `{a,"b \"c\""}`: elements with special characters are quoted, and quotes and backslashes are escaped with a backslash. */
function parseTexts(text: string): string[] {
  if (text === '{}') return [];
  const elements = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/gs) ?? [];
  return elements.map((one) => (one.startsWith('"') ? one.slice(1, -1).replace(/\\(.)/gs, '$1') : one));
}
