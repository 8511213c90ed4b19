import { GraphQLError } from 'graphql';
import type { RunningSpan, Tracing } from '../../monitoring/tracing.ts';
import type { OperationStep, RequestedOperation } from './operation-step.ts';

/** A span for each operation, to its result; for a subscription to its opening. Its jobs have it as their parent. */
export function traceOperation(tracing: Tracing): OperationStep {
  /** The spans of subscriptions that are not opened yet. */
  const opening = new Map<RequestedOperation, RunningSpan>();
  return {
    name: 'trace operation',
    begin(operation) {
      const { way, executable, caller } = operation;
      const { traceId, spanId, parentSpanId } = caller;
      const { type } = executable;
      const attributes = { 'graphql.operation.type': type, way };
      const span = tracing.begin({
        traceId,
        spanId,
        parentSpanId,
        name: `graphql ${type}`,
        kind: 'server',
        attributes,
      });
      if (type === 'subscription') opening.set(operation, span);
      return (errors) => {
        if (type === 'subscription' && !opening.delete(operation)) return;
        span.end(errors.length > 0 ? codeOf(errors[0]) : undefined);
      };
    },
    subscribed(operation) {
      opening.get(operation)?.end();
      opening.delete(operation);
    },
  };
}

/** The code of the error beneath, e.g. DATABASE_CONNECTION_FAILED, which says more to operators than what clients see. */
function codeOf(error: unknown): string {
  if (error instanceof GraphQLError && error.originalError) return codeOf(error.originalError);
  const code =
    error instanceof GraphQLError
      ? error.extensions['code']
      : error instanceof Error && 'code' in error
        ? error.code
        : undefined;
  return typeof code === 'string' ? code : 'ERROR';
}
