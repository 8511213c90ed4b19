import type { GraphQLError } from 'graphql';
import type { AuthError } from '../../auth/auth-error.ts';
import type { RequestFacts } from '../../auth/request-facts.ts';
import type { CoercedVariables, ExecutableOperation } from '../../execution/executor.ts';
import type { OperationMetrics, OperationWay } from '../../monitoring/metrics.ts';
import { badInput } from '../failures.ts';
import { runsWithRejectedToken } from './sessionless-operations.ts';

/** An operation as the steps see it. */
export interface RequestedOperation {
  /** Which of the four ways the operation came in. */
  readonly way: OperationWay;
  readonly executable: ExecutableOperation;
  /** Where the variables do not fit the operation, the errors. They are reported after the steps. */
  readonly variables: CoercedVariables | readonly GraphQLError[];
  readonly caller: OperationCaller;
}

/** The caller of an operation, for as long as the operation runs. */
export interface OperationCaller extends Pick<RequestFacts, 'traceId' | 'device'> {
  /** At this moment, which for a subscription may be long after it was sent. Null for a guest. */
  readonly viewer: RequestFacts['viewer'];
  /** Why the caller's token was rejected; null where it is valid or there is none. */
  readonly refusal: AuthError | null;
}

/** The errors of an operation that has ended: empty where it succeeded, and after each subscription that was opened. */
export type EndStep = (errors: readonly unknown[]) => void;

/**
 * Something that is checked, counted, limited or logged for every operation. `begin` runs before anything of the operation is
 * executed, once for a subscription; it throws to refuse the operation, and the error leaves with its own code, HTTP status and
 * Retry-After on each way. What it returns runs when the operation has ended, or when a later step refuses it; it must not throw.
 */
export interface OperationStep {
  readonly name: string;
  begin(operation: RequestedOperation): EndStep | undefined | Promise<EndStep | undefined>;
}

export interface OperationStepParts {
  readonly metrics?: OperationMetrics | undefined;
  /** Holds an object for each subscription that runs. */
  readonly subscriptions?: Set<object> | undefined;
  /** Further steps, after those of the server. */
  readonly further?: readonly OperationStep[] | undefined;
}

/**
 * The steps of every operation, in their order: the HTTP fast path, Apollo, the event stream and the WebSocket all run this list.
 * What a coming feature checks, counts, limits or logs is added here, once.
 */
export function operationSteps({ metrics, subscriptions, further = [] }: OperationStepParts): readonly OperationStep[] {
  return [
    countOperation(metrics),
    refuseRejectedToken,
    refuseSubscriptionOverHttp,
    trackSubscription(subscriptions),
    ...further,
  ];
}

/** Counts each operation by its way and type, also where a later step refuses it. */
function countOperation(metrics: OperationMetrics | undefined): OperationStep {
  return {
    name: 'count operation',
    begin({ way, executable }) {
      metrics?.operationStarted(way, executable.type);
      return undefined;
    },
  };
}

/** Throws UNAUTHENTICATED where the token was rejected and the operation needs a session. */
const refuseRejectedToken: OperationStep = {
  name: 'refuse rejected token',
  begin({ executable, caller }) {
    if (caller.refusal && !runsWithRejectedToken(executable)) throw caller.refusal;
    return undefined;
  },
};

const refuseSubscriptionOverHttp: OperationStep = {
  name: 'refuse subscription over HTTP',
  begin({ way, executable }) {
    if (executable.type === 'subscription' && (way === 'fast_path' || way === 'apollo'))
      throw badInput('Subscriptions need a WebSocket (/graphql) or an event stream (/graphql/stream).');
    return undefined;
  },
};

/** Keeps the set of running subscriptions, from which `health` and the metrics count them. */
function trackSubscription(subscriptions: Set<object> | undefined): OperationStep {
  return {
    name: 'track subscription',
    begin(operation) {
      if (!subscriptions || operation.executable.type !== 'subscription') return undefined;
      subscriptions.add(operation);
      return () => void subscriptions.delete(operation);
    },
  };
}
