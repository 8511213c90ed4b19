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

/** One execution of a plan: what it was called with, and the errors met so far. */
export class Run {
  readonly schema: GraphQLResolveInfo['schema'];
  readonly fragments: GraphQLResolveInfo['fragments'];
  readonly operation: OperationDefinitionNode;
  readonly variables: { [variable: string]: unknown };
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  readonly errors: GraphQLError[] = [];
  /** Places of the answer that an error made null; undefined stands for the whole answer. Made with the first error. */
  #nulled: Set<Path | undefined> | undefined;

  constructor({ schema, fragments, operation, variables, rootValue, contextValue }: RunOptions) {
    this.schema = schema;
    this.fragments = fragments;
    this.operation = operation;
    this.variables = variables;
    this.rootValue = rootValue;
    this.contextValue = contextValue;
  }

  /** Null for a place that may be null, with the error noted; a required place hands its error on to what holds it. */
  failed(thrown: unknown, nodes: GraphQLResolveInfo['fieldNodes'], path: Path, required: boolean): null {
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (required) throw error;
    this.recordError(error, path);
    return null;
  }

  /** Errors inside what is null already are nobody's business any more. */
  recordError(error: GraphQLError, path: Path | undefined): void {
    this.#nulled ??= new Set();
    for (let ancestor = path; ancestor !== undefined; ancestor = ancestor.prev) if (this.#nulled.has(ancestor)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(path);
    this.errors.push(error);
  }
}

/** As GraphQL takes them: anything with a `then`. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return isObject(value) && typeof value.then === 'function';
}

/** Its `then` is read and not asked for with `in`, which V8 is slow at on objects of many shapes. */
function isObject(value: unknown): value is { readonly then?: unknown } {
  return typeof value === 'object' && value !== null;
}
