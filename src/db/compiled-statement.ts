import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import { AppError } from '../errors.ts';
import { type Em, sqlOf } from './orm.ts';
import type { NamedStatement } from './statement-batch.ts';
import { StatementTransaction } from './statement-transaction.ts';

type ParameterValues = Readonly<Record<string, unknown>>;

/** A statement that was built once, and the values of one use of it. */
export interface CompiledStatement {
  readonly statement: NamedStatement;
  /** Throws where one of its values is missing, which PostgreSQL would treat as null. */
  readonly valuesOf: (given: ParameterValues) => unknown[];
}

/** A value that is only known when the statement is used. */
class Parameter {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

const COMPILER = new Kysely<never>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/**
 * Compiles a statement of the query builder once, for the few that are used most: the builder generates the same text at each
 * use, which for a statement of fifty lines takes as long as sending it. `build` names the values that differ at each use.
 */
export function compileStatement(
  name: string,
  build: (parameter: (name: string) => RawBuilder<unknown>) => RawBuilder<unknown>,
): CompiledStatement {
  const { sql: text, parameters } = build((parameter) => sql`${new Parameter(parameter)}`).compile(COMPILER);
  return {
    // The comment is its name where the query builder sends it: see named-statements.ts.
    statement: { name, text: `/* ${name} */ ${text}` },
    valuesOf: (given) =>
      parameters.map((value) => (value instanceof Parameter ? parameterIn(given, value.name, name) : value)),
  };
}

/** The rows of a compiled statement in the transaction; it is prepared once on each connection. */
export async function runCompiled<Row extends object>(
  transaction: Em | StatementTransaction,
  { statement, valuesOf }: CompiledStatement,
  given: ParameterValues,
): Promise<Row[]> {
  const values = valuesOf(given);
  if (transaction instanceof StatementTransaction) return await transaction.rows<Row>(statement, values);
  const query = CompiledQuery.raw(statement.text, values);
  return (await sqlOf(transaction).executeQuery<Row>(query)).rows;
}

function parameterIn(given: ParameterValues, name: string, statement: string): unknown {
  if (name in given) return given[name];
  throw new AppError('INTERNAL_ERROR', `${statement} has no value for ${name}.`);
}
