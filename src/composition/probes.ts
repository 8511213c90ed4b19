import { formatError } from '../schema/errors/format-error.ts';
import type { ProbeServerOptions, RunningServer } from '../server/ports.ts';
import { startProbeServer } from '../server/start-probe-server.ts';
import type { Base } from './base.ts';

interface ProbesAt extends Pick<ProbeServerOptions, 'setting'> {
  readonly port: number;
  isReady(): Promise<boolean>;
}

/** A port with probes, metrics and reports for operators. */
export async function openProbes(
  { config, health, system, metrics, logger }: Base,
  resources: AsyncDisposableStack,
  { port, setting, isReady }: ProbesAt,
): Promise<RunningServer> {
  const { host, opsToken, publicUrl, trustProxy } = config;
  const server = await startProbeServer({
    config: { host, port, opsToken, publicUrl, trustProxy },
    setting,
    health: { isReady, status: () => health.status() },
    system,
    metrics,
    formatError,
    logger,
  });
  resources.defer(() => server.close());
  return server;
}

/** Where METRICS_PORT is set. Closed after the API. */
export async function openMetricsPort(base: Base, resources: AsyncDisposableStack): Promise<RunningServer | null> {
  const { metricsPort: port } = base.config;
  if (port === undefined) return null;
  return await openProbes(base, resources, { port, setting: 'METRICS_PORT', isReady: () => base.health.isReady() });
}
