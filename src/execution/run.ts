import {
  type GraphQLError,
  type GraphQLResolveInfo,
  locatedError,
  type OperationDefinitionNode,
  responsePathAsArray,
} from 'graphql';

export type Path = GraphQLResolveInfo['path'];

export interface RunOptions {
  readonly schema: GraphQLResolveInfo['schema'];
  readonly fragments: GraphQLResolveInfo['fragments'];
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
}

/** One execution of a plan: its inputs, and its errors so far. */
export class Run {
  readonly schema: GraphQLResolveInfo['schema'];
  readonly fragments: GraphQLResolveInfo['fragments'];
  readonly operation: OperationDefinitionNode;
  readonly variables: { [variable: string]: unknown };
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  readonly errors: GraphQLError[] = [];
  /** Places of the answer that an error has made null; undefined is the whole answer. Created with the first error. */
  #nulled: Set<Path | undefined> | undefined;

  constructor({ schema, fragments, operation, variables, rootValue, contextValue }: RunOptions) {
    this.schema = schema;
    this.fragments = fragments;
    this.operation = operation;
    this.variables = variables;
    this.rootValue = rootValue;
    this.contextValue = contextValue;
  }

  /** Records the error and returns null for a nullable place; throws it for a required one, so that its parent handles it. */
  failed(thrown: unknown, nodes: GraphQLResolveInfo['fieldNodes'], path: Path, required: boolean): null {
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (required) throw error;
    this.recordError(error, path);
    return null;
  }

  /** Ignores an error inside a place that is null already. */
  recordError(error: GraphQLError, path: Path | undefined): void {
    this.#nulled ??= new Set();
    for (let ancestor = path; ancestor !== undefined; ancestor = ancestor.prev) if (this.#nulled.has(ancestor)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(path);
    this.errors.push(error);
  }
}

/** As graphql-js defines it: anything with a `then` method. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return isObject(value) && typeof value.then === 'function';
}

/** Reads `then` without `in`, which is slow in V8 on objects of many shapes. */
function isObject(value: unknown): value is { readonly then?: unknown } {
  return typeof value === 'object' && value !== null;
}
