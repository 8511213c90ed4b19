import { formatError } from '../schema/errors/format-error.ts';
import type { RunningServer } from '../server/ports.ts';
import { startProbeServer } from '../server/start-probe-server.ts';
import type { Base } from './base.ts';
import { openWorker } from './worker.ts';

/**
 * A worker without an API in its process, which reports its state at WORKER_PORT; null where that is not set. It is ready from the
 * time when it takes videos until it is stopped, and answers until its last stage has ended.
 */
export async function openStandaloneWorker(base: Base, resources: AsyncDisposableStack): Promise<RunningServer | null> {
  const { config, health, system, metrics, logger } = base;
  if (config.workerPort === undefined) {
    await openWorker(base, resources);
    return null;
  }
  let takesVideos = false;
  const { host, workerPort: port, opsToken, publicUrl, trustProxy } = config;
  const server = await startProbeServer({
    config: { host, port, opsToken, publicUrl, trustProxy },
    health: { isReady: async () => takesVideos && (await health.isReady()), status: () => health.status() },
    system,
    metrics,
    formatError,
    logger,
  });
  resources.defer(() => server.close());
  await openWorker(base, resources);
  takesVideos = true;
  resources.defer(() => {
    takesVideos = false;
  });
  return server;
}
