import type { OperationMetrics } from '../../monitoring/metrics.ts';
import type { Tracing } from '../../monitoring/tracing.ts';
import { badInput } from '../failures.ts';
import { type CostLimits, chargeCost } from './charge-cost.ts';
import type { OperationStep, RequestedOperation } from './operation-step.ts';
import { runsWithRejectedToken } from './sessionless-operations.ts';
import { traceOperation } from './trace-operation.ts';

export interface OperationStepParts {
  readonly metrics?: OperationMetrics | undefined;
  /** Nothing is traced where left out. */
  readonly tracing?: Tracing | undefined;
  /** Nothing is charged where left out. */
  readonly costLimits?: CostLimits | undefined;
  /** Holds an object for each subscription that runs. */
  readonly subscriptions?: Set<object> | undefined;
  /** Further steps, after those of the server. */
  readonly further?: readonly OperationStep[] | undefined;
}

/**
 * The steps of every operation, in their order: the HTTP fast path, Apollo, the event stream and the WebSocket all run this list.
 * What a coming feature checks, counts, limits or logs is added here, once.
 */
export function operationSteps(parts: OperationStepParts): readonly OperationStep[] {
  const { metrics, tracing, costLimits, subscriptions, further = [] } = parts;
  return [
    ...(metrics ? [measureOperation(metrics)] : []),
    ...(tracing ? [traceOperation(tracing)] : []),
    // Before anything is refused: what is refused takes time too.
    ...(costLimits ? [chargeCost(costLimits)] : []),
    refuseRejectedToken,
    refuseSubscriptionOverHttp,
    trackSubscription(subscriptions),
    ...further,
  ];
}

/** Counts each operation by its way and type, and measures it to its result; a subscription to its opening. */
function measureOperation(metrics: OperationMetrics): OperationStep {
  /** The beginnings of subscriptions that are not opened yet. */
  const opening = new Map<RequestedOperation, number>();
  const secondsSince = (begun: number) => (performance.now() - begun) / 1_000;
  return {
    name: 'measure operation',
    begin(operation) {
      const { way, executable } = operation;
      const { type } = executable;
      metrics.operationStarted(way, type);
      const begun = performance.now();
      if (type === 'subscription') opening.set(operation, begun);
      return (errors, isRefused) => {
        if (type === 'subscription' && !opening.delete(operation)) return metrics.subscriptionClosed();
        const outcome = isRefused ? 'refused' : errors.length > 0 ? 'error' : 'success';
        const { rootFields } = executable;
        metrics.operationEnded({ type, way, rootFields, outcome, seconds: secondsSince(begun) });
      };
    },
    subscribed(operation) {
      const begun = opening.get(operation);
      if (begun === undefined) return;
      opening.delete(operation);
      metrics.subscriptionOpened();
      const { way, executable } = operation;
      const { type, rootFields } = executable;
      metrics.operationEnded({ type, way, rootFields, outcome: 'success', seconds: secondsSince(begun) });
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
