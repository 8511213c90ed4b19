import type { ExecutionResult, GraphQLError } from 'graphql';
import type { CoercedVariables } from '../../execution/executor.ts';
import type { SharedStreams } from '../subscriptions/shared-stream.ts';
import { type Sink, SubscriptionRun } from '../subscriptions/subscription-run.ts';
import { codeRequestErrors } from './error-codes.ts';
import type { EndStep, OperationCaller, OperationStep, RequestedOperation } from './operation-step.ts';

/** An operation with what its transport adds: how contexts are made for it. */
export interface Operation extends RequestedOperation {
  readonly caller: OperationCaller & {
    /** What resolvers get: a new one for each call. */
    context(): object;
  };
}

export interface RunningOperationParts {
  readonly operation: Operation;
  readonly sharedStreams: SharedStreams;
  /** One result of a subscription as JSON, as the client may see it. */
  readonly encode: (result: ExecutionResult, traceId: string) => string;
}

/**
 * Runs the steps of an operation in order. Throws what a step throws, after ending the steps before it. Most steps are synchronous; where
 * all of them are, the operation is returned at once, because a promise costs turns of the event loop.
 */
export function beginOperation(
  steps: readonly OperationStep[],
  parts: RunningOperationParts,
): RunningOperation | Promise<RunningOperation> {
  const beginning = { steps, parts, ends: [] };
  try {
    return beginFrom(0, beginning);
  } catch (thrown) {
    throw refused(thrown, beginning);
  }
}

interface Beginning {
  readonly steps: readonly OperationStep[];
  readonly parts: RunningOperationParts;
  /** Of the steps that have begun. */
  readonly ends: EndStep[];
}

function beginFrom(first: number, beginning: Beginning): RunningOperation | Promise<RunningOperation> {
  const { steps, parts, ends } = beginning;
  for (let index = first; index < steps.length; index++) {
    const begun = steps[index]?.begin(parts.operation);
    if (begun instanceof Promise) return beginAfter(begun, index + 1, beginning);
    if (begun) ends.push(begun);
  }
  return new RunningOperation(parts, steps, ends, parts.operation.caller.context());
}

async function beginAfter(
  step: Promise<EndStep | undefined>,
  next: number,
  beginning: Beginning,
): Promise<RunningOperation> {
  try {
    const end = await step;
    if (end) beginning.ends.push(end);
    return await beginFrom(next, beginning);
  } catch (thrown) {
    throw refused(thrown, beginning);
  }
}

/** Ends what has begun, once. */
function refused(thrown: unknown, { ends }: Beginning): unknown {
  endSteps(ends, [thrown], true);
  return thrown;
}
/** An operation whose steps have begun. Call `execute` or `subscribe` once; both end the steps. */
export class RunningOperation {
  readonly #parts: RunningOperationParts;
  readonly #steps: readonly OperationStep[];
  readonly #contextValue: object;
  readonly #ends: EndStep[];

  constructor(parts: RunningOperationParts, steps: readonly OperationStep[], ends: EndStep[], contextValue: object) {
    this.#parts = parts;
    this.#steps = steps;
    this.#ends = ends;
    this.#contextValue = contextValue;
  }

  /** For queries and mutations. Returns the result at once where nothing has to be waited for. */
  execute(): ExecutionResult | Promise<ExecutionResult> {
    const { executable, variables } = this.#parts.operation;
    if (isErrors(variables)) return this.#failed({ errors: variables }, true);
    try {
      const result = executable.execute({ variables, contextValue: this.#contextValue });
      return result instanceof Promise ? this.#executed(result) : this.#ended(result);
    } catch (thrown) {
      this.end();
      throw thrown;
    }
  }

  async #executed(result: Promise<ExecutionResult>): Promise<ExecutionResult> {
    try {
      return this.#ended(await result);
    } finally {
      this.end();
    }
  }

  #ended(result: ExecutionResult): ExecutionResult {
    this.end(result.errors);
    const { costReport } = this.#parts.operation;
    return costReport?.cost ? { ...result, extensions: { cost: costReport.cost } } : result;
  }

  /** Opens a subscription whose results go to the sink when it is run; returns a result with errors where that fails. */
  async subscribe(sink: Sink): Promise<SubscriptionRun | ExecutionResult> {
    const { executable, variables } = this.#parts.operation;
    if (isErrors(variables)) return this.#failed({ errors: variables }, true);
    try {
      const source = await executable.subscribe({ variables, contextValue: this.#contextValue });
      return isStream(source) ? this.#subscriptionRun(source, variables, sink) : this.#failed(source, false);
    } catch (thrown) {
      this.end([thrown]);
      throw thrown;
    }
  }

  /** Ends the steps, the last one first. Only the first call has an effect. */
  end(errors: readonly unknown[] = [], isRefused = false): void {
    endSteps(this.#ends, errors, isRefused);
  }

  #failed(result: ExecutionResult, isRefused: boolean): ExecutionResult {
    const coded = codeRequestErrors(result);
    this.end(coded.errors, isRefused);
    return coded;
  }

  #subscriptionRun(source: AsyncIterable<unknown>, variables: CoercedVariables, sink: Sink): SubscriptionRun {
    const { operation, sharedStreams, encode } = this.#parts;
    const { executable, caller } = operation;
    for (const step of this.#steps) step.subscribed?.(operation);
    const answer = async (event: unknown) => {
      // A context of its own, so that no event sees what an earlier one has loaded.
      const contextValue = caller.context();
      return encode(await executable.execute({ variables, contextValue, rootValue: event }), caller.traceId);
    };
    const subscriptionQuery = {
      executable,
      variables: variables.given,
      get viewer() {
        return caller.viewer;
      },
      answer,
    };
    return new SubscriptionRun({ subscriptionQuery, source, sink, sharedStreams, onEnd: () => this.end() });
  }
}

function endSteps(ends: EndStep[], errors: readonly unknown[], isRefused: boolean): void {
  for (let end = ends.pop(); end; end = ends.pop()) end(errors, isRefused);
}

function isErrors(variables: RequestedOperation['variables']): variables is readonly GraphQLError[] {
  return Array.isArray(variables);
}

function isStream(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}
