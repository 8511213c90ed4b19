import pg from 'pg';
import { typeParsers } from './type-parsers.ts';

/** SQL that is prepared under its name, once on each connection. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** One statement of a batch, its values, and who waits for its rows. */
export interface BatchedStatement {
  readonly statement: NamedStatement;
  /** As `valueToSend` gives them. */
  readonly values: readonly unknown[];
  resolve(rows: object[]): void;
  reject(error: unknown): void;
}

/** Called at the answer to each statement that was run. */
export type BatchListener = (text: string, seconds: number) => void;

/** The used parts of a connection of `pg`, which comes untyped with the ORM. */
interface Connection {
  readonly stream: { cork(): void; uncork(): void };
  /** Texts by name of what the server has prepared. */
  readonly parsedStatements: Record<string, string>;
  parse(message: { readonly name: string; readonly text: string }): void;
  bind(message: { readonly statement: string; readonly values: readonly unknown[] }): void;
  describe(message: { readonly type: 'P' }): void;
  execute(message: undefined): void;
  sync(): void;
}

/** The driver's own conversion of a value to what is sent; its types do not have it. */
export const valueToSend = conversionOf(Reflect.get(pg, 'utils'));

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

/**
 * Prepared statements that are sent as one message, and whose answers come back as one: a round trip for all of them. Where one fails,
 * PostgreSQL skips those behind it, and all of them get its error. Passed to `query()` of a client of `pg`, which calls these methods as the
 * answers come (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).
 */
export class StatementBatch {
  readonly #statements: readonly BatchedStatement[];
  #listener: BatchListener | undefined;
  #begun = 0;
  /** The statement whose answer comes next. */
  #at = 0;
  #fields: readonly Field[] = [];
  #rows: object[] = [];

  constructor(statements: readonly BatchedStatement[]) {
    this.#statements = statements;
  }

  listen(listener: BatchListener): void {
    this.#listener = listener;
  }

  /** The driver notes these when the server has prepared the next statement. */
  get name(): string | undefined {
    return this.#statements[this.#at]?.statement.name;
  }

  get text(): string | undefined {
    return this.#statements[this.#at]?.statement.text;
  }

  submit(connection: Connection): void {
    this.#begun = performance.now();
    const { stream, parsedStatements } = connection;
    const sent = new Set<string>();
    stream.cork();
    try {
      for (const { statement, values } of this.#statements) {
        const { name, text } = statement;
        if (!(name in parsedStatements) && !sent.has(name)) connection.parse({ name, text });
        sent.add(name);
        connection.bind({ statement: name, values });
        connection.describe({ type: 'P' });
        connection.execute(undefined);
      }
    } finally {
      connection.sync();
      stream.uncork();
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#fields = fields;
  }

  handleDataRow({ fields: texts }: { readonly fields: readonly (string | null)[] }): void {
    const row: Record<string, unknown> = {};
    for (const [at, { name, dataTypeID }] of this.#fields.entries()) {
      const text = texts[at] ?? null;
      row[name] = text === null ? null : typeParsers.getTypeParser(dataTypeID)(text);
    }
    this.#rows.push(row);
  }

  handleCommandComplete(): void {
    const answered = this.#statements[this.#at++];
    if (!answered) return;
    const rows = this.#rows;
    this.#rows = [];
    this.#fields = [];
    this.#listener?.(answered.statement.text, (performance.now() - this.#begun) / 1_000);
    answered.resolve(rows);
  }

  /** Of a statement, or of the connection. */
  handleError(error: unknown): void {
    const failed = this.#statements[this.#at];
    if (failed) this.#listener?.(failed.statement.text, (performance.now() - this.#begun) / 1_000);
    for (const { reject } of this.#statements.slice(this.#at)) reject(error);
    this.#at = this.#statements.length;
  }

  handleReadyForQuery(): void {}
}

function conversionOf(utils: unknown): (value: unknown) => unknown {
  if (!hasConversion(utils)) throw new TypeError('The database driver does not convert values.');
  return (value) => utils.prepareValue(value);
}

function hasConversion(utils: unknown): utils is { prepareValue(value: unknown): unknown } {
  return (
    typeof utils === 'object' && utils !== null && 'prepareValue' in utils && typeof utils.prepareValue === 'function'
  );
}
