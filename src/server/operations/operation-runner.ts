import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  executeSync,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  type OperationTypeNode,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Viewer } from '../../auth/viewer.ts';
import { CoercedVariables, type Plan } from '../../execution/plan.ts';
import { hashOfDocument, PlanCache, PlannedDocument } from '../../execution/plan-cache.ts';
import type { Logger } from '../../monitoring/logger.ts';
import { badInput } from '../failures.ts';
import type { OperationRules } from '../ports.ts';
import { SharedStreams } from '../subscriptions/shared-stream.ts';
import { type Sink, SubscriptionRun } from '../subscriptions/subscription-run.ts';
import { presentThrown } from './present-thrown.ts';
import { conditionErrors, subscriptionRule } from './subscription-rule.ts';

export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface OperationRunnerOptions {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly introspection: boolean;
  /** Leaves "Did you mean …?" out of messages. */
  readonly hideSuggestions: boolean;
  /** Subscriptions that run, for who counts them. */
  readonly subscriptions?: Set<object> | undefined;
  readonly logger: Logger;
}

/** Whoever sends an operation, for as long as it runs. */
export interface RequestContext {
  readonly traceId: string;
  /** As of now, which may be long after the operation was sent. */
  readonly viewer: Viewer | null;
  /** What resolvers get: a new one each time. */
  context(): object;
}

const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const STANDARD_RULES: readonly ValidationRule[] = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? subscriptionRule : rule,
);

type MaybePromise<T> = T | Promise<T>;

/** The same shape, for libraries that write `undefined` where a field is left out. */
type Loosely<T> = { readonly [Field in keyof T]: T[Field] | undefined };

/** An operation that has passed every guard and can run. */
export class PreparedOperation implements ExecutionArgs {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
  readonly requestContext: RequestContext;
  rootValue: unknown = undefined;
  contextValue: unknown;

  constructor(facts: Omit<PreparedOperation, 'rootValue' | 'contextValue' | 'type'>) {
    this.schema = facts.schema;
    this.document = facts.document;
    this.operationName = facts.operationName;
    this.variableValues = facts.variableValues;
    this.plan = facts.plan;
    this.requestContext = facts.requestContext;
    this.contextValue = facts.requestContext.context();
  }

  get type(): OperationTypeNode {
    return this.plan.type;
  }
}

/** An operation of a document that Apollo has parsed and checked. */
export interface CheckedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  /** What resolvers get. Throws where this operation may not run at all. */
  context(plan: Plan): object;
}

/**
 * The one place where GraphQL operations are parsed, checked and run, whichever way they came: a document that comes again
 * is found as a plan and runs at once. Apollo does the parsing and checking of HTTP requests itself, with the same rules,
 * keeps what it found good here, and comes here to execute. What is measured, traced or asked of every operation belongs
 * into `run`.
 */
export class OperationRunner {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly hideSuggestions: boolean;
  /** The rules that we add to those of the specification. */
  readonly ownRules: readonly ValidationRule[];
  readonly #logger: Logger;
  readonly #plans: PlanCache;
  readonly #sharedStreams = new SharedStreams();
  readonly #subscriptions: Set<object> | undefined;
  /** The plans of documents that Apollo holds, for as long as it holds them. */
  readonly #planned = new WeakMap<DocumentNode, PlannedDocument>();

  constructor({ schema, rules, introspection, hideSuggestions, subscriptions, logger }: OperationRunnerOptions) {
    this.schema = schema;
    this.rules = rules;
    this.ownRules = introspection ? rules.validationRules : [...rules.validationRules, NoSchemaIntrospectionCustomRule];
    this.hideSuggestions = hideSuggestions;
    this.#subscriptions = subscriptions;
    this.#logger = logger;
    this.#plans = new PlanCache({ schema, hideSuggestions });
  }

  /** Parses and validates what is not known yet; the errors, where there are any, are the client's. */
  prepare(request: OperationRequest, requestContext: RequestContext): PreparedOperation | readonly GraphQLError[] {
    const planned = this.#plan(request.query);
    if (!(planned instanceof PlannedDocument)) return planned;
    const plan = planned.plan(request.operationName);
    if (!plan) return [badInput('operationName must name one of the operations of this document.')];
    return new PreparedOperation({
      schema: this.schema,
      document: planned.document,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? {},
      plan,
      requestContext,
    });
  }

  /**
   * What is wrong with a document so that Apollo must not be given it: the rule of graphql-js that ours replaces is always among
   * Apollo's, and throws.
   */
  errorsBeforeApollo(query: unknown): readonly GraphQLError[] {
    if (typeof query !== 'string' || !query.includes('subscription') || !query.includes('@')) return [];
    const document = this.#parse(query);
    return document instanceof GraphQLError ? [] : conditionErrors(document).map((error) => withCode(error, INVALID));
  }

  /** The document of this SHA-256 (hex), where it is kept. */
  findDocument(name: string): DocumentNode | undefined {
    const planned = this.#plans.find(name);
    if (planned) this.#planned.set(planned.document, planned);
    return planned?.document;
  }

  /** Takes a document that Apollo has found good. */
  storeDocument(name: string, document: DocumentNode): void {
    this.#planned.set(document, this.#plans.add(name, document, document.loc?.end ?? 0));
  }

  /** The plan of an operation that has been used before; null where its document has to be looked at first. */
  known({ query, operationName }: OperationRequest): Plan | null {
    return this.#plans.findText(query)?.plan(operationName) ?? null;
  }

  /** Queries and mutations that `prepare` has let through. */
  execute({ plan, variableValues, contextValue }: PreparedOperation): MaybePromise<ExecutionResult> {
    return this.#runWith(plan, variableValues, contextValue);
  }

  /** Queries and mutations whose document Apollo has let through. */
  executeChecked(operation: CheckedOperation): MaybePromise<ExecutionResult> {
    const { document, operationName, variables } = operation;
    const planned = this.#planned.get(document) ?? this.#plans.uncached(document);
    const plan = planned.plan(operationName);
    // graphql-js says in its own words that no operation has this name; nothing is executed.
    if (!plan) return codeRequestErrors(executeSync({ schema: this.schema, document, operationName }));
    return this.#runWith(plan, variables, operation.context(plan));
  }

  /** Everything that is run comes by here: queries, mutations, and each event of a subscription, which is its `rootValue`. */
  run(
    plan: Plan,
    variables: CoercedVariables,
    contextValue: unknown,
    rootValue?: unknown,
  ): MaybePromise<ExecutionResult> {
    return plan.run({ variables, rootValue, contextValue });
  }

  /** Whoever gives the subscription's results to the sink once it is run, or one result with errors where it was refused. */
  async subscribe(operation: PreparedOperation, sink: Sink): Promise<SubscriptionRun | ExecutionResult> {
    const { plan, requestContext, variableValues } = operation;
    const variables = plan.coerce(variableValues);
    if (!(variables instanceof CoercedVariables)) return codeRequestErrors({ errors: variables });
    const source = await createSourceEventStream({ ...operation, hideSuggestions: this.hideSuggestions });
    if (!isStream(source)) return codeRequestErrors(source);
    const answer = async (event: unknown) =>
      // A context of its own, so that no event sees what an earlier one has loaded.
      JSON.stringify(
        this.present(await this.run(plan, variables, requestContext.context(), event), requestContext.traceId),
      );
    const subscriptionQuery = {
      plan,
      variables: variableValues,
      get viewer() {
        return requestContext.viewer;
      },
      answer,
    };
    return new SubscriptionRun({
      subscriptionQuery,
      source,
      sink,
      sharedStreams: this.#sharedStreams,
      running: this.#subscriptions,
    });
  }

  /** See `SharedStreams`. */
  rightsChanged(): void {
    this.#sharedStreams.rightsChanged();
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
    return presentThrown(thrown, { formatError: this.rules.formatError, traceId, logger: this.#logger });
  }

  #runWith(
    plan: Plan,
    given: Readonly<Record<string, unknown>> | null | undefined,
    contextValue: unknown,
  ): MaybePromise<ExecutionResult> {
    if (plan.type === 'subscription')
      return { errors: [badInput('Subscriptions need a WebSocket (/graphql) or an event stream (/graphql/stream).')] };
    const variables = plan.coerce(given);
    if (!(variables instanceof CoercedVariables)) return codeRequestErrors({ errors: variables });
    return this.run(plan, variables, contextValue);
  }

  #plan(query: string): PlannedDocument | readonly GraphQLError[] {
    const known = this.#plans.findText(query);
    if (known) return known;
    const document = this.#parse(query);
    if (document instanceof GraphQLError) return [document];
    const errors = this.#validate(document);
    return errors.length > 0 ? errors : this.#plans.add(hashOfDocument(query), document, query.length);
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
    const rules = [...STANDARD_RULES, ...this.ownRules];
    const found = validate(this.schema, document, rules, { hideSuggestions: this.hideSuggestions });
    return found.map((error) => withCode(error, INVALID));
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
