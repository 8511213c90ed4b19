import { clientAddressBehind } from './client-address.ts';
import { Cors } from './http/cors.ts';
import { createHttpApp } from './http/http-app.ts';
import { HttpCounts } from './http/http-counts.ts';
import { endRequests, listen } from './http/listen.ts';
import { securityHeaders } from './http/security-headers.ts';
import { answerOtherMethods } from './http/unsupported-methods.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { presentThrown } from './operations/present-thrown.ts';
import type { Phase, ProbeServerOptions, RunningServer } from './ports.ts';
import { serveMetrics } from './routes/metrics.ts';
import { operatorAccess } from './routes/operators.ts';
import { serveProbes } from './routes/probes.ts';
import { serveSystemReports } from './routes/system.ts';

/** Opens a port with only probes, metrics and reports: of a process that serves no API, or beside the port of the API. */
export async function startProbeServer(options: ProbeServerOptions): Promise<RunningServer> {
  const { config, setting, health, system, metrics, formatError, logger } = options;
  let closed: Promise<void> | undefined;
  const phase = (): Phase => (closed ? 'closing' : 'serving');
  const cors = new Cors([]);
  const app = createHttpApp({
    presentThrown: (thrown, traceId) => presentThrown(thrown, { formatError, traceId, logger }),
    authenticate: null,
    cors,
    isRebound: () => false,
    headers: securityHeaders(config),
    limits: DEFAULT_LIMITS,
    phaseOf: phase,
    clientAddress: clientAddressBehind(config.trustProxy ?? null),
    counts: new HttpCounts(metrics),
    logger,
  });
  const answerOthers = answerOtherMethods(app, cors);
  serveProbes(app, { health, phase });
  serveSystemReports(app, { report: system, access: operatorAccess(config) });
  serveMetrics(app, { metrics, access: operatorAccess(config) });
  answerOthers();
  const close = () => (closed ??= endRequests(app, DEFAULT_LIMITS.drainMs));
  try {
    return { ...(await listen(app, config, setting)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
