import type { FastifyInstance } from 'fastify';
import { failure } from '../failures.ts';
import type { MetricsPort } from '../ports.ts';
import { isOperator, type OperatorAccess } from './operators.ts';

export interface MetricsRoute {
  readonly metrics: MetricsPort;
  readonly access: OperatorAccess;
}

const REFUSAL =
  'Metrics are for operators: send OPS_TOKEN as a Bearer token, or, where no proxy is configured, ask from the machine itself.';

/** GET /metrics for Prometheus; it also answers while the server is closing. */
export function serveMetrics(app: FastifyInstance, { metrics, access }: MetricsRoute): void {
  const options = { config: { answersWhileClosing: true }, logLevel: 'warn' as const };
  app.get('/metrics', options, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!isOperator(request, access)) return reply.code(403).send(failure('FORBIDDEN', REFUSAL, request.id));
    return reply.header('content-type', metrics.contentType).send(await metrics.text());
  });
}
