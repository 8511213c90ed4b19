import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failure } from '../failures.ts';
import type { SystemReportPort } from '../ports.ts';
import { isOperator, type OperatorAccess } from './operators.ts';

export interface SystemRoutes {
  readonly report: SystemReportPort;
  readonly access: OperatorAccess;
}

const REFUSAL =
  'This report is for operators: send OPS_TOKEN as a Bearer token, or, where no proxy is configured, ask from the machine itself.';

/** The state of the installation and the quotas of outside services as JSON; they also answer while the server is closing. */
export function serveSystemReports(app: FastifyInstance, { report, access }: SystemRoutes): void {
  const options = { config: { answersWhileClosing: true }, logLevel: 'warn' as const };
  const allows = (request: FastifyRequest, reply: FastifyReply): boolean => {
    if (isOperator(request, access)) return true;
    void reply.code(403).send(failure('FORBIDDEN', REFUSAL, request.id));
    return false;
  };
  app.get('/api/v1/system/health', options, async (request, reply) => {
    if (!allows(request, reply)) return reply;
    const health = await report.health();
    return reply.code(health.status === 'unhealthy' ? 503 : 200).send(health);
  });
  app.get('/api/v1/system/quota', options, async (request, reply) => {
    if (!allows(request, reply)) return reply;
    return reply.send(await report.quota());
  });
}
