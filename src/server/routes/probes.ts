import type { FastifyInstance } from 'fastify';
import type { HealthPort, Phase } from '../ports.ts';

/** For load balancers and orchestrators: open to all, with no details. */
export function serveProbes(app: FastifyInstance, { health, phase }: { health: HealthPort; phase: () => Phase }): void {
  const options = { config: { answersWhileClosing: true }, logLevel: 'warn' as const };
  app.get('/livez', options, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'alive' }),
  );
  app.get('/readyz', options, async (_request, reply) => {
    const ready = phase() === 'serving' && (await health.isReady());
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not ready' });
  });
  app.get('/health', options, async (_request, reply) => {
    const { status } = await health.status();
    const unhealthy = status.toLowerCase() === 'unhealthy';
    return reply
      .code(unhealthy ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status: status.toLowerCase() });
  });
}
