import { entities } from './entities.ts';
import { StatementBatch } from './statement-batch.ts';

export type QueryType = 'select' | 'insert' | 'update' | 'delete' | 'transaction' | 'other';

/** A statement that has ended. */
export interface QueryTime {
  readonly type: QueryType;
  /** The first table that it names; "other" for what is no table of ours, such as a function or a system view. */
  readonly table: string;
  /** From its sending to its answer, without the time in which it waited for a connection. */
  readonly seconds: number;
}

/** The used parts of `pg`, which comes untyped with the ORM. */
interface Pool {
  on(event: 'connect', listener: (connection: Connection) => void): unknown;
}
interface Connection {
  query(...given: unknown[]): unknown;
}
type Classified = Pick<QueryTime, 'type' | 'table'>;

const TABLES: ReadonlySet<string> = new Set(entities.map((entity) => entity.meta.tableName));
/** Texts whose class is remembered. Searches are built from parts, so that their number has no bound. */
const MAX_KNOWN = 1_000;
const BEGINNING = /^(?:\s|\/\*[^*]{0,200}\*\/){0,10}([a-z]+)/i;
const CHANGE = /\b(insert\s+into|update|delete\s+from)\s/i;
const TABLE_OF = {
  insert: /\binto\s+"?(\w+)/i,
  update: /\bupdate\s+"?(\w+)/i,
  delete: /\bdelete\s+from\s+"?(\w+)/i,
  select: /\bfrom\s+"?(\w+)/i,
} as const;
const TRANSACTION: ReadonlySet<string> = new Set(['begin', 'start', 'commit', 'rollback', 'savepoint', 'release']);

/**
 * Measures the statements of pools of `pg`. The connections are opened before those who listen exist, so that the listener is set
 * later.
 */
export class QueryTimes {
  readonly #known = new Map<string, Classified>();
  #listener: ((time: QueryTime) => void) | undefined;

  /** In place of an earlier listener. Must not throw. */
  listen(listener: (time: QueryTime) => void): void {
    this.#listener = listener;
  }

  /** Every connection that this pool opens from now on is measured. */
  measure(pool: Pool): void {
    pool.on('connect', (connection) => this.#measureConnection(connection));
  }

  #measureConnection(connection: Connection): void {
    const query = connection.query.bind(connection);
    connection.query = (...given) => {
      const [statement] = given;
      if (statement instanceof StatementBatch)
        statement.listen((text, seconds) => this.#listener?.({ ...this.#classOf(text), seconds }));
      const text = textOf(statement);
      if (text === undefined || this.#listener === undefined) return query(...given);
      const begun = performance.now();
      const end = () => this.#listener?.({ ...this.#classOf(text), seconds: (performance.now() - begun) / 1_000 });
      const last = given.at(-1);
      if (isCallback(last))
        return query(...given.slice(0, -1), (...answer: unknown[]) => {
          end();
          last(...answer);
        });
      const answer = query(...given);
      // A failure counts too; the caller handles it.
      if (answer instanceof Promise) answer.then(end, end);
      return answer;
    };
  }

  #classOf(text: string): Classified {
    const known = this.#known.get(text);
    if (known) return known;
    const classified = classOf(text);
    if (this.#known.size < MAX_KNOWN) this.#known.set(text, classified);
    return classified;
  }
}

/** The text of a statement; undefined for streams and batches, which end in their own way. */
function textOf(statement: unknown): string | undefined {
  if (typeof statement === 'string') return statement;
  if (typeof statement !== 'object' || statement === null || 'submit' in statement) return undefined;
  return 'text' in statement && typeof statement.text === 'string' ? statement.text : undefined;
}

function isCallback(value: unknown): value is (...answer: unknown[]) => void {
  return typeof value === 'function';
}

/** By its first word and the first table that follows; a statement that begins with `with` is what it changes, else a select. */
export function classOf(text: string): Classified {
  const [, beginning = ''] = BEGINNING.exec(text) ?? [];
  const word = beginning.toLowerCase();
  if (TRANSACTION.has(word)) return { type: 'transaction', table: 'none' };
  const type = word === 'with' ? (CHANGE.exec(text)?.[1]?.slice(0, 6).toLowerCase() ?? 'select') : word;
  if (!isTyped(type)) return { type: 'other', table: 'none' };
  const [, table = ''] = TABLE_OF[type].exec(text) ?? [];
  return { type, table: TABLES.has(table) ? table : 'other' };
}

function isTyped(type: string): type is keyof typeof TABLE_OF {
  return Object.hasOwn(TABLE_OF, type);
}
