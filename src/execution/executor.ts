import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql';
import { rootFieldNames } from './root-fields.ts';

/** Each error shows the whole value of the variable, which may have a megabyte. */
const MAX_VARIABLE_ERRORS = 5;
/** Characters of a message about a variable; of a longer one the beginning and the end are kept. */
const MAX_MESSAGE_LENGTH = 1_000;

type Variables = Readonly<Record<string, unknown>>;
type MaybePromise<T> = T | Promise<T>;

/**
 * Executes the operations of documents that have been validated. Two implementations give the same answers: `PlanExecutor`
 * (plan.ts), which the server uses, and `GraphqlJsExecutor`, which is graphql-js. `test/execution/executors.test.ts` compares them.
 */
export interface Executor {
  /** `operation` is one of the document's operations. */
  prepare(document: DocumentNode, operation: OperationDefinitionNode): ExecutableOperation;
}

export interface ExecutorOptions {
  readonly schema: GraphQLSchema;
  /** Leaves "Did you mean …?" out of messages about variables. */
  readonly hideSuggestions: boolean;
}

export interface ExecutableOperationOptions extends ExecutorOptions {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export interface ExecutionInput {
  readonly variables: CoercedVariables;
  /** For the operation of a subscription: the event. */
  readonly rootValue?: unknown;
  readonly contextValue: unknown;
}

/** Variables that `ExecutableOperation.coerce` has accepted. */
export class CoercedVariables {
  readonly values: Variables;
  /** As the client gave them. */
  readonly given: Variables;

  constructor(values: Variables, given: Variables = values) {
    this.values = values;
    this.given = given;
  }
}

/** One operation of a validated document; it can be executed any number of times. */
export abstract class ExecutableOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly type: OperationTypeNode;
  readonly name: string | null;
  protected readonly schema: GraphQLSchema;
  protected readonly fragments: { [name: string]: FragmentDefinitionNode };
  readonly #hideSuggestions: boolean;
  #rootFields: ReadonlySet<string> | undefined;

  constructor({ schema, document, operation, hideSuggestions }: ExecutableOperationOptions) {
    this.document = document;
    this.operation = operation;
    this.type = operation.operation;
    this.name = operation.name?.value ?? null;
    this.schema = schema;
    this.fragments = fragmentsOf(document);
    this.#hideSuggestions = hideSuggestions;
  }

  /** Names of the root fields, see `rootFieldNames`. */
  get rootFields(): ReadonlySet<string> {
    this.#rootFields ??= rootFieldNames(this.operation, this.fragments);
    return this.#rootFields;
  }

  /** By graphql-js; returns the errors where the variables do not fit the operation. */
  coerce(given: Variables | null | undefined): CoercedVariables | readonly GraphQLError[] {
    const definitions = this.operation.variableDefinitions ?? [];
    if (definitions.length === 0) return new CoercedVariables({}, given ?? {});
    const options = { maxErrors: MAX_VARIABLE_ERRORS, hideSuggestions: this.#hideSuggestions };
    const { coerced, errors } = getVariableValues(this.schema, definitions, given ?? {}, options);
    return coerced ? new CoercedVariables(coerced, given ?? {}) : errors.map(shortened);
  }

  /** Returns the result at once where nothing has to be waited for. Never throws or rejects: errors are in the result. */
  abstract execute(input: ExecutionInput): MaybePromise<ExecutionResult>;

  /** Opens the event source of a subscription, by graphql-js; a result with errors where that fails. */
  async subscribe({ variables, contextValue }: ExecutionInput): Promise<AsyncIterable<unknown> | ExecutionResult> {
    return await createSourceEventStream({
      schema: this.schema,
      document: this.document,
      operationName: this.name,
      variableValues: variables.given,
      contextValue,
      hideSuggestions: this.#hideSuggestions,
    });
  }
}

function shortened(error: GraphQLError): GraphQLError {
  const { message, nodes = null } = error;
  if (message.length <= MAX_MESSAGE_LENGTH) return error;
  const half = MAX_MESSAGE_LENGTH / 2;
  return new GraphQLError(`${message.slice(0, half)} … ${message.slice(-half)}`, {
    nodes,
    extensions: error.extensions,
  });
}

function fragmentsOf(document: DocumentNode): { [name: string]: FragmentDefinitionNode } {
  const fragments: { [name: string]: FragmentDefinitionNode } = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
}
