import type { GraphQLError } from 'graphql';
import type { AuthError } from '../../auth/auth-error.ts';
import type { RequestFacts } from '../../auth/request-facts.ts';
import type { CoercedVariables, ExecutableOperation } from '../../execution/executor.ts';
import type { OperationWay } from '../../monitoring/metrics.ts';
import type { CostReport } from './cost-report.ts';

/** An operation as the steps see it. */
export interface RequestedOperation {
  /** Which way the operation came in. */
  readonly way: OperationWay;
  readonly executable: ExecutableOperation;
  /** Where the variables do not fit the operation, the errors. They are reported after the steps. */
  readonly variables: CoercedVariables | readonly GraphQLError[];
  readonly caller: OperationCaller;
  /** Where the client asks for the cost of the operation. */
  readonly costReport?: CostReport | undefined;
}

/** The caller of an operation, for as long as the operation runs. */
export interface OperationCaller extends Pick<RequestFacts, 'traceId' | 'spanId' | 'parentSpanId' | 'device'> {
  /** At this moment, which for a subscription may be long after it was sent. Null for a guest. */
  readonly viewer: RequestFacts['viewer'];
  /** Why the caller's token was rejected; null where it is valid or there is none. */
  readonly refusal: AuthError | null;
}

/**
 * The errors of an operation that has ended: empty where it succeeded, and after each subscription that was opened. `isRefused` where
 * nothing of it was executed: a later step has refused it, or its variables do not fit.
 */
export type EndStep = (errors: readonly unknown[], isRefused: boolean) => void;

/**
 * Something that is checked, counted, limited or logged for every operation. `begin` runs before anything of the operation is
 * executed, once for a subscription; it throws to refuse the operation, and the error leaves with its own code, HTTP status and
 * Retry-After on each way. What it returns runs when the operation has ended, or when a later step refuses it; it must not throw.
 */
export interface OperationStep {
  readonly name: string;
  begin(operation: RequestedOperation): EndStep | undefined | Promise<EndStep | undefined>;
  /** A subscription was opened, which ends much later. It must not throw. */
  subscribed?(operation: RequestedOperation): void;
}
