import type { FastifyInstance } from 'fastify';
import { failure } from '../failures.ts';
import type { MetricsPort } from '../ports.ts';
import { isOperator } from './operators.ts';

export interface MetricsRoute {
  readonly metrics: MetricsPort;
  readonly opsToken: string | undefined;
}

const REFUSAL = 'Metrics are for operators: ask from the machine itself, or send OPS_TOKEN as a Bearer token.';

/** GET /metrics for Prometheus; it also answers while the server is closing. */
export function serveMetrics(app: FastifyInstance, { metrics, opsToken }: MetricsRoute): void {
  const options = { config: { answersWhileClosing: true }, logLevel: 'warn' as const };
  app.get('/metrics', options, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!isOperator(request, opsToken)) return reply.code(403).send(failure('FORBIDDEN', REFUSAL, request.id));
    return reply.header('content-type', metrics.contentType).send(await metrics.text());
  });
}
