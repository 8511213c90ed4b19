import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';
import { localUrl } from '../../local-url.ts';
import type { RunningServer, ServerConfig } from '../ports.ts';

const IDLE_SWEEP_MS = 50;

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EACCES: 'this account may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this machine has no such address',
};

/** Opens the port and returns its address. Throws CONFIG_INVALID, with what to change, where that is not possible. */
export async function listen(
  app: FastifyInstance,
  { host, port }: Pick<ServerConfig, 'host' | 'port'>,
  portSetting: 'PORT' | 'WORKER_PORT' | 'METRICS_PORT',
): Promise<Pick<RunningServer, 'url' | 'port'>> {
  try {
    await app.listen({ host: addressOf(host), port });
  } catch (thrown) {
    throw portFault(thrown, { host, port }, portSetting);
  }
  const taken = portOf(app);
  return { url: localUrl({ host, port: taken }), port: taken };
}

/**
 * Throws as `listen` does where PORT cannot be opened, and opens nothing. A second start in error finds out so before it
 * touches the PostgreSQL and the Redis of the first.
 */
export async function checkPort({ host, port }: Pick<ServerConfig, 'host' | 'port'>): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host: addressOf(host), port }, () => server.close(() => resolve()));
  await promise.catch((thrown: unknown) => {
    throw portFault(thrown, { host, port }, 'PORT');
  });
}

/** For `localhost` Fastify would open a second server, at the other address of that name, without what is added to the first. */
function addressOf(host: string): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}

function portFault(thrown: unknown, at: Pick<ServerConfig, 'host' | 'port'>, portSetting: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const reason = REASONS[code];
  if (reason === undefined) return thrown;
  const message = `Port ${at.port} of ${at.host} cannot be opened, ${reason}: change HOST or ${portSetting}.`;
  return new AppError('CONFIG_INVALID', message, { cause: thrown });
}

/** Closes the port and waits for the running requests, for at most `drainMs`. */
export async function endRequests(app: FastifyInstance, timeoutMs: number): Promise<void> {
  const drainTimer = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  // A connection that becomes idle after the port was closed would be kept alive for its client's next request.
  const idleSweepTimer = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(drainTimer);
    clearInterval(idleSweepTimer);
  }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');
  return address.port;
}
