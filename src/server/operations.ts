import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationTypeNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Logger } from '../monitoring/logger.ts';
import { badInput } from './failures.ts';
import { mapStream } from './map-stream.ts';
import type { OperationRules } from './ports.ts';

export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly introspection: boolean;
  /** Leaves "Did you mean …?" out of messages. */
  readonly hideSuggestions: boolean;
  readonly logger: Logger;
}

/** The same shape, for libraries that write `undefined` where a field is left out. */
type Loosely<T> = { readonly [Field in keyof T]: T[Field] | undefined };

/** An operation that has passed every guard and can run; graphql-ws takes it for graphql's own arguments. */
export class PreparedOperation implements ExecutionArgs {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly type: OperationTypeNode;
  /** A new one at each reading, so that no event sees what an earlier one has loaded. */
  readonly nextContext: () => object;
  rootValue: unknown = undefined;
  contextValue: unknown;

  constructor(facts: Omit<PreparedOperation, 'rootValue' | 'contextValue'>) {
    this.schema = facts.schema;
    this.document = facts.document;
    this.operationName = facts.operationName;
    this.variableValues = facts.variableValues;
    this.type = facts.type;
    this.nextContext = facts.nextContext;
    this.contextValue = facts.nextContext();
  }
}

/**
 * The one place where GraphQL operations are parsed, checked and run, whichever way they came. Apollo does the parsing and
 * checking of HTTP requests itself, with the same rules, and comes here to execute. Compiled plans will live behind these methods.
 */
export class Operations {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly hideSuggestions: boolean;
  /** The rules that we add to those of the specification. */
  readonly ownRules: readonly ValidationRule[];
  readonly #logger: Logger;

  constructor({ schema, rules, introspection, hideSuggestions, logger }: OperationsOptions) {
    this.schema = schema;
    this.rules = rules;
    this.ownRules = introspection ? rules.validationRules : [...rules.validationRules, NoSchemaIntrospectionCustomRule];
    this.hideSuggestions = hideSuggestions;
    this.#logger = logger;
  }

  /** Parses and validates; the errors, where there are any, are the client's. */
  prepare(request: OperationRequest, nextContext: () => object): PreparedOperation | readonly GraphQLError[] {
    const document = this.#parse(request.query);
    if (document instanceof GraphQLError) return [document];
    const errors = this.#validate(document);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, request.operationName);
    if (!operation) return [badInput('operationName must name one of the operations of this document.')];
    return new PreparedOperation({
      schema: this.schema,
      document,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? {},
      type: operation.operation,
      nextContext,
    });
  }

  /** Queries and mutations. */
  async execute(args: ExecutionArgs): Promise<ExecutionResult> {
    if (getOperationAST(args.document, args.operationName)?.operation === 'subscription')
      return { errors: [badInput('Subscriptions need a WebSocket (/graphql) or an event stream (/graphql/stream).')] };
    return codeRequestErrors(await execute({ ...args, hideSuggestions: this.hideSuggestions }));
  }

  /** A stream of results, or one result with errors where the subscription was refused. */
  async subscribe(
    operation: PreparedOperation,
  ): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    const source = await createSourceEventStream({ ...operation, hideSuggestions: this.hideSuggestions });
    if (!isStream(source)) return codeRequestErrors(source);
    return mapStream(source, (event) => this.#executeEvent(operation, event));
  }

  /** A result as the client may see it. */
  present({ data, errors, extensions }: Loosely<ExecutionResult>, traceId: string): FormattedExecutionResult {
    return {
      ...(errors && { errors: this.presentErrors(errors, traceId) }),
      ...(data !== undefined && { data }),
      ...(extensions && { extensions }),
    };
  }

  presentErrors(errors: readonly GraphQLError[], traceId: string): GraphQLFormattedError[] {
    return errors.map((error) => this.rules.formatError(error.toJSON(), error, { traceId, logger: this.#logger }));
  }

  /** Anything that was thrown outside of an operation, as the client may see it. */
  presentThrown(thrown: unknown, traceId: string): GraphQLFormattedError {
    if (thrown instanceof GraphQLError)
      return this.rules.formatError(thrown.toJSON(), thrown, { traceId, logger: this.#logger });
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return this.rules.formatError({ message }, thrown, { traceId, logger: this.#logger });
  }

  async #executeEvent(operation: PreparedOperation, event: unknown): Promise<ExecutionResult> {
    return await execute({ ...operation, rootValue: event, contextValue: operation.nextContext() });
  }

  #parse(query: string): DocumentNode | GraphQLError {
    try {
      return parse(query, this.rules.parseOptions);
    } catch (error) {
      if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_PARSE_FAILED');
      throw error;
    }
  }

  #validate(document: DocumentNode): GraphQLError[] {
    const rules = [...specifiedRules, ...this.ownRules];
    return validate(this.schema, document, rules, { hideSuggestions: this.hideSuggestions }).map((error) =>
      withCode(error, 'GRAPHQL_VALIDATION_FAILED'),
    );
  }
}

/** A result without data never reached a resolver (GraphQL §7.1.2): what nobody threw is wrong in the request itself. */
function codeRequestErrors(result: ExecutionResult): ExecutionResult {
  if (result.data !== undefined || !result.errors) return result;
  return {
    ...result,
    errors: result.errors.map((error) => (error.originalError ? error : withCode(error, 'BAD_USER_INPUT'))),
  };
}

/** The same error with a code, where it has none; codes as Apollo gives them, so that the exit sees the same on every transport. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions['code'] !== undefined) return error;
  const { nodes = null, source = null, positions = null, path = null, originalError = null } = error;
  const extensions = { ...error.extensions, code };
  return new GraphQLError(error.message, { nodes, source, positions, path, originalError, extensions });
}

function isStream(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}
