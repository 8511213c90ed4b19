import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { PreparedDocument } from '../../execution/document-cache.ts';
import type { ExecutableOperation, Executor } from '../../execution/executor.ts';
import { PlanExecutor } from '../../execution/plan.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { OperationMetrics, OperationWay } from '../../monitoring/metrics.ts';
import { badInput } from '../failures.ts';
import type { OperationRules } from '../ports.ts';
import { SharedStreams } from '../subscriptions/shared-stream.ts';
import { callerKey } from './charge-cost.ts';
import { costReportFor } from './cost-report.ts';
import type { DocumentBudget } from './document-budget.ts';
import { Documents } from './documents.ts';
import { codeRequestErrors } from './error-codes.ts';
import type { OperationStep } from './operation-step.ts';
import { PersistedDocuments, type PersistedDocumentsOptions, type RequestedDocument } from './persisted-documents.ts';
import { presentThrown } from './present-thrown.ts';
import { beginOperation, type Operation, type RunningOperation } from './running-operation.ts';

export interface OperationRequest extends RequestedDocument {
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface OperationRunnerOptions {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly introspection: boolean;
  /** Leaves "Did you mean …?" out of messages. */
  readonly hideSuggestions: boolean;
  /** See `operationSteps`. */
  readonly steps: readonly OperationStep[];
  readonly persisted?: PersistedDocumentsOptions | undefined;
  /** The time that callers have for unknown documents. */
  readonly budget?: DocumentBudget | undefined;
  /** `PlanExecutor` where left out. */
  readonly executor?: Executor | undefined;
  readonly metrics?: OperationMetrics | undefined;
  readonly logger: Logger;
}

/** The caller of an operation, and how contexts are made for it. */
export type Caller = Operation['caller'];

/** Who sends a document. */
type DocumentCaller = Pick<Caller, 'viewer' | 'device'>;

/** The same shape, for libraries that write `undefined` where a field is left out. */
type Loosely<T> = { readonly [Field in keyof T]: T[Field] | undefined };

/** An operation of a document that Apollo has parsed and validated. */
export interface ValidatedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  /** As in `OperationRequest`. */
  readonly extensions: unknown;
  caller(executable: ExecutableOperation): Caller;
}

/**
 * Runs the operations of all ways: the HTTP fast path, Apollo, the event stream, the WebSocket and Slack's command. Each operation begins with
 * the steps of operation-steps.ts and ends with them.
 */
export class OperationRunner {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly hideSuggestions: boolean;
  readonly documents: Documents;
  readonly persisted: PersistedDocuments;
  readonly #steps: readonly OperationStep[];
  readonly #logger: Logger;
  readonly #sharedStreams: SharedStreams;

  constructor({ steps, metrics, logger, persisted, ...options }: OperationRunnerOptions) {
    const { schema, rules, hideSuggestions } = options;
    this.schema = schema;
    this.rules = rules;
    this.hideSuggestions = hideSuggestions;
    this.documents = new Documents({ ...options, executor: options.executor ?? new PlanExecutor(options) });
    this.persisted = new PersistedDocuments(persisted);
    this.#steps = steps;
    this.#logger = logger;
    this.#sharedStreams = new SharedStreams(metrics);
  }

  /** Finds the document by its hash where it has none, and parses and validates it where it is not cached; the errors, where there are any, are the client's. */
  prepare(request: OperationRequest, way: OperationWay, caller: Caller): Operation | readonly GraphQLError[] {
    const { operationName, variables } = request;
    const query = this.persisted.textOf(request);
    if (query instanceof GraphQLError) return [query];
    const prepared = this.documents.prepare(query, callerKey(caller));
    if (!(prepared instanceof PreparedDocument)) return prepared;
    this.persisted.store(request);
    const executable = prepared.operation(operationName);
    if (!executable) return [badInput('operationName must name one of the operations of this document.')];
    const costReport = costReportFor(request.extensions);
    return { way, executable, variables: executable.coerce(variables), caller, costReport };
  }

  /** Errors of a request that must not reach Apollo: of a document that is not listed, and see `Documents`. */
  errorsBeforeApollo(request: RequestedDocument, caller: DocumentCaller): readonly GraphQLError[] {
    const refusal = request.query ? this.persisted.refusalOf(request.query) : undefined;
    if (refusal) return [refusal];
    const text = this.persisted.textOf(request);
    // Apollo has its own words for a hash that is unknown or wrong.
    return text instanceof GraphQLError ? [] : this.documents.errorsBeforeApollo(text, callerKey(caller));
  }

  /** See `beginOperation`. Throws, or rejects, where a step refuses the operation. */
  begin(operation: Operation): RunningOperation | Promise<RunningOperation> {
    const encode = (result: ExecutionResult, traceId: string) => JSON.stringify(this.present(result, traceId));
    return beginOperation(this.#steps, { operation, sharedStreams: this.#sharedStreams, encode });
  }

  /** Runs an operation of a document that Apollo has validated. Throws where a step refuses it. */
  async executeValidated(operation: ValidatedOperation): Promise<ExecutionResult> {
    const { document, operationName, variables } = operation;
    // Apollo reads the address of a GET by itself: what it has found there is what counts.
    const refusal = this.persisted.refusalOf(document.loc?.source.body ?? '');
    if (refusal) throw refusal;
    const executable = this.documents.operationOf(document, operationName);
    // Nothing is executed: graphql-js says in its own words that no operation has this name.
    if (!executable) return codeRequestErrors(executeSync({ schema: this.schema, document, operationName }));
    const caller = operation.caller(executable);
    const costReport = costReportFor(operation.extensions);
    const coerced = executable.coerce(variables);
    const running = await this.begin({ way: 'apollo', executable, variables: coerced, caller, costReport });
    return await running.execute();
  }

  /** Runs a query or a mutation of this program itself for a caller, also where only listed documents run. Never rejects. */
  async executeOwn(
    { query, variables }: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
    way: OperationWay,
    caller: Caller,
  ): Promise<FormattedExecutionResult> {
    const { traceId } = caller;
    try {
      const prepared = this.documents.prepare(query, callerKey(caller));
      if (!(prepared instanceof PreparedDocument)) return { errors: this.presentErrors(prepared, traceId) };
      const executable = prepared.operation(null);
      if (!executable) throw new TypeError('A document of the program itself has one operation.');
      const running = await this.begin({ way, executable, variables: executable.coerce(variables), caller });
      return this.present(await running.execute(), traceId);
    } catch (thrown) {
      return { errors: [this.presentThrown(thrown, traceId)] };
    }
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

  /** An error that was thrown outside of an operation, as the client may see it. */
  presentThrown(thrown: unknown, traceId: string): GraphQLFormattedError {
    return presentThrown(thrown, { formatError: this.rules.formatError, traceId, logger: this.#logger });
  }
}
