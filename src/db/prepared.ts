import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';
import { isDropped, isRetriable } from './database-errors.ts';

/** SQL that is run as it stands, with its parameters as $1, $2 … */
export interface Statement {
  readonly text: string;
  /** Prepared under this name once on each connection; planned anew each time where there is none. */
  readonly name: string | undefined;
  /** Milliseconds after which PostgreSQL ends it; the connection's own limit where left out. */
  readonly timeoutMs?: number;
}

/** Runs hand-written reads. Columns come out as they are named in the statement; `Row` is what the caller says they are. */
export interface Reader {
  /** Gives what is there now; or, with `lastChange`, what was there at some time after that change (see replicas.ts). */
  rows<Row extends object>(statement: Statement, values: readonly unknown[], lastChange?: number): Promise<Row[]>;
}

export interface Query {
  readonly text: string;
  readonly name?: string;
  readonly values: readonly unknown[];
  readonly types: typeof TYPES;
}

/** The part of a `pg` pool that we use; the ORM hands it out untyped. */
export interface QueryPool extends Connection {
  connect(): Promise<Connection & { release(destroy: boolean): void }>;
}

interface Connection {
  query<Row extends object>(query: Query): Promise<{ readonly rows: Row[] }>;
}

type Parser = (text: string) => unknown;

/**
 * Plain rows straight from the driver. The query builder under the ORM has no named statements, and an entity costs several
 * times its row: for the reads that everybody waits for, planning once and hydrating nothing is most of the speed.
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
      // The connection may have died while it lay in the pool; a read can be done again.
      if (!isDropped(thrown)) throw thrown;
      return await queryRows<Row>(this.#pool, statement, values);
    }
  }
}

/** The rows of a statement, which has a connection to itself where it has a time limit of its own. */
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

/** A statement as the driver takes it. */
export function queryOf({ text, name }: Statement, values: readonly unknown[]): Query {
  return name === undefined ? { text, values, types: TYPES } : { text, name, values, types: TYPES };
}

/** Reads by the connections that the ORM writes by. */
export function readerOf(db: Database): Reader {
  let reader: PooledReader | undefined;
  return {
    rows: async (statement, values) => {
      reader ??= new PooledReader(await poolOf(db));
      return await reader.rows(statement, values);
    },
  };
}

const WRITE_TRIES = 4;
const PAUSE_MS = 20;

/**
 * A statement that changes something and is a transaction of its own: one round trip instead of three. It is tried again after
 * deadlocks and where its connection was lost, when it may have been done: so it must be safe to repeat, e.g. because it
 * brings the ids of what it adds.
 */
export async function write<Row extends object>(
  db: Database,
  { text, name }: Statement & { readonly name: string },
  values: readonly unknown[],
): Promise<Row[]> {
  const pool = await poolOf(db);
  for (let attempt = 1; ; attempt++) {
    try {
      return (await pool.query<Row>({ text, name, values, types: TYPES })).rows;
    } catch (thrown) {
      if (attempt >= WRITE_TRIES || !(isRetriable(thrown) || isDropped(thrown))) throw thrown;
      // Two that were in each other's way must not meet again.
      await sleep(attempt * PAUSE_MS * Math.random());
    }
  }
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
 * What becomes of PostgreSQL's text, by the type's number in pg_type: times are dates, 64-bit integers numbers (ours stay below
 * 2⁵³), text arrays and JSON what they look like. Everything else stays text.
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
 * `2026-01-31 09:30:00.5+00`, as PostgreSQL writes it in a session whose time zone is UTC. By its digits, because reading
 * times of a page by Date's own parser took a tenth of all the work that the page was.
 */
function parseMoment(text: string): Date {
  // Years of five digits, and before Christ.
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

/** `{a,"b \"c\""}`: elements with anything unusual in them are quoted, and a backslash stands before quotes and itself. */
function parseTexts(text: string): string[] {
  if (text === '{}') return [];
  const elements = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/gs) ?? [];
  return elements.map((one) => (one.startsWith('"') ? one.slice(1, -1).replace(/\\(.)/gs, '$1') : one));
}
