import type { FastifyInstance } from 'fastify';
import { serveGraphql } from './apollo.ts';
import { codeOf } from './failures.ts';
import { serveFileLinks } from './file-links.ts';
import { serveGraphiql } from './graphiql.ts';
import { GraphqlSocket } from './graphql-socket.ts';
import { GraphqlStream } from './graphql-stream.ts';
import { createHttpApp } from './http-app.ts';
import { LiveSessions } from './live-sessions.ts';
import { serveMetrics } from './metrics.ts';
import { Operations } from './operations.ts';
import { DEFAULT_LIMITS, type RunningServer, type ServerLimits, type ServerOptions } from './ports.ts';
import { serveProbes } from './probes.ts';
import { traceIdFrom } from './trace-id.ts';

const SWEEP_MS = 50;

/** Opens the port: GraphQL over HTTP, WebSocket and server-sent events, file links, GraphiQL and probes. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  let closed: Promise<void> | undefined;
  const isClosing = () => closed !== undefined;
  const parts = await build(options, limits, isClosing);
  const close = () => (closed ??= unwind(parts, limits));
  try {
    await parts.app.listen({ host: options.config.host, port: options.config.port });
  } catch (error) {
    await close();
    throw error;
  }
  const port = portOf(parts.app);
  return { url: urlOf(options.config.host, port), port, close };
}

interface Parts {
  readonly app: FastifyInstance;
  readonly sessions: LiveSessions;
  readonly stream: GraphqlStream;
  readonly socket: GraphqlSocket;
}

async function build(options: ServerOptions, limits: ServerLimits, isClosing: () => boolean): Promise<Parts> {
  const { config, authenticate, createContext, logger } = options;
  const { schema, rules } = options;
  const hideSuggestions = config.env === 'production';
  const operations = new Operations({ schema, rules, introspection: config.introspection, hideSuggestions, logger });
  const app = createHttpApp({ operations, authenticate, limits, isClosing, logger });
  await serveGraphql(app, { config, operations, createContext, logger });
  await serveFileLinks(app, options);
  serveGraphiql(app);
  serveProbes(app, { health: options.health, isClosing });
  if (options.metrics) serveMetrics(app, { metrics: options.metrics, opsToken: config.opsToken });
  const sessions = liveSessions(options, operations, limits);
  const shared = { operations, authenticate, createContext, sessions, limits, logger };
  return { app, sessions, stream: new GraphqlStream(app, shared), socket: new GraphqlSocket(app.server, shared) };
}

function liveSessions(
  { authenticate, sessions, logger }: ServerOptions,
  operations: Operations,
  limits: ServerLimits,
): LiveSessions {
  const isRefusal = (thrown: unknown) =>
    codeOf(operations.presentThrown(thrown, traceIdFrom(undefined))) === 'UNAUTHENTICATED';
  return new LiveSessions({ authenticate, notices: sessions, checkMs: limits.sessionCheckMs, isRefusal, logger });
}

/** Long connections first, because Fastify would wait for them; then the requests that are under way; then the port. */
async function unwind({ app, sessions, stream, socket }: Parts, { drainMs }: ServerLimits): Promise<void> {
  stream.close();
  await socket.close();
  const patience = setTimeout(() => app.server.closeAllConnections(), drainMs);
  // A connection that becomes idle after the port was closed would be kept alive for its client's next request.
  const sweeping = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(patience);
    clearInterval(sweeping);
    sessions.close();
  }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');
  return address.port;
}

/** An address that a browser on this machine can open. */
function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
