import { Cors } from './cors.ts';
import { createHttpApp } from './http-app.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { endRequests, listen } from './listening.ts';
import { answerOtherMethods } from './methods.ts';
import { serveMetrics } from './metrics.ts';
import type { Phase, ProbeServerOptions, RunningServer } from './ports.ts';
import { presentThrown } from './present-thrown.ts';
import { serveProbes } from './probes.ts';

/** Opens a port for orchestrators and Prometheus alone, beside work that nobody asks for over HTTP. */
export async function startProbeServer(options: ProbeServerOptions): Promise<RunningServer> {
  const { config, health, metrics, formatError, logger } = options;
  let closed: Promise<void> | undefined;
  const phase = (): Phase => (closed ? 'closing' : 'serving');
  const cors = new Cors([]);
  const app = createHttpApp({
    presentThrown: (thrown, traceId) => presentThrown(thrown, { formatError, traceId, logger }),
    authenticate: null,
    cors,
    limits: DEFAULT_LIMITS,
    phaseOf: phase,
    logger,
  });
  const answerOthers = answerOtherMethods(app, cors);
  serveProbes(app, { health, phase });
  serveMetrics(app, { metrics, opsToken: config.opsToken });
  answerOthers();
  const close = () => (closed ??= endRequests(app, DEFAULT_LIMITS.drainMs));
  try {
    return { ...(await listen(app, config, 'WORKER_PORT')), close };
  } catch (error) {
    await close();
    throw error;
  }
}
