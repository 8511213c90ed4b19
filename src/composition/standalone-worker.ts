import type { RunningServer } from '../server/ports.ts';
import type { Base } from './base.ts';
import { openProbes } from './probes.ts';
import { openWorker } from './worker.ts';

/**
 * A worker without an API in its process, which reports its state at WORKER_PORT; null where that is not set. It is ready from the
 * time when it takes videos until it is stopped, and answers until its last stage has ended.
 */
export async function openStandaloneWorker(base: Base, resources: AsyncDisposableStack): Promise<RunningServer | null> {
  const { config, health } = base;
  if (config.workerPort === undefined) {
    await openWorker(base, resources);
    return null;
  }
  let takesVideos = false;
  const server = await openProbes(base, resources, {
    port: config.workerPort,
    setting: 'WORKER_PORT',
    isReady: async () => takesVideos && (await health.isReady()),
  });
  await openWorker(base, resources);
  takesVideos = true;
  resources.defer(() => {
    takesVideos = false;
  });
  return server;
}
