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
}

/** The used part of a `pg` pool; the ORM returns it untyped. */
export interface QueryPool extends Connection {
  connect(): Promise<Connection & { release(destroy: boolean): void }>;
}

interface Connection {
  query<Row extends object>(query: Query): Promise<{ readonly rows: Row[] }>;
}

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
  return name === undefined ? { text, values } : { text, name, values };
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
