import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

import { clientAddressBehind, isProxyBehind } from './client-address.ts';
import { ConnectionAdmission, NO_CONNECTION_LIMITS } from './connections/connection-limits.ts';
import { OpenPlaces } from './connections/open-places.ts';
import { dropStalledReaders } from './connections/stalled-readers.ts';
import { limitTcpConnections } from './connections/tcp-connections.ts';
import { UnsentAnswers } from './connections/unsent-answers.ts';
import { codeOf } from './failures.ts';
import { serveGraphql } from './http/apollo.ts';
import { Cors } from './http/cors.ts';
import { FastPath } from './http/fast-path.ts';
import { createHttpApp } from './http/http-app.ts';
import { HttpCounts } from './http/http-counts.ts';
import { endRequests, listen } from './http/listen.ts';
import { securityHeaders } from './http/security-headers.ts';
import { answerOtherMethods } from './http/unsupported-methods.ts';
import { DEFAULT_LIMITS, type ServerLimits } from './limits.ts';
import { LiveSessions } from './live-sessions.ts';
import { OperationRunner } from './operations/operation-runner.ts';
import type { OperationStep } from './operations/operation-step.ts';
import { operationSteps } from './operations/operation-steps.ts';
import { isRebound } from './page-origin.ts';
import type { Phase, RunningServer, ServerOptions } from './ports.ts';
import { serveFileLinks } from './routes/file-links.ts';
import { serveGraphiql } from './routes/graphiql.ts';
import { serveMetrics } from './routes/metrics.ts';
import { operatorAccess } from './routes/operators.ts';
import { serveProbes } from './routes/probes.ts';
import { serveSlackCommands } from './routes/slack-commands.ts';
import { serveSystemReports } from './routes/system.ts';
import { GraphqlSocket } from './socket/graphql-socket.ts';
import { GraphqlStream } from './sse/graphql-stream.ts';
import { keepTickShape } from './tick-shape.ts';
import { traceIdFrom } from './trace-id.ts';

/** Milliseconds between two renewals of what this process has open: a third of the time after which it would end. */
const RENEW_PLACES_MS = 10_000;

/** Opens the port: GraphQL over HTTP, WebSocket and server-sent events, file links, GraphiQL and probes. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  let phase: Phase = 'serving';
  const parts = await build(options, limits, () => phase);
  const end = async (delaySeconds: number) => {
    phase = 'draining';
    if (delaySeconds > 0) await sleep(delaySeconds * 1_000);
    phase = 'closing';
    await unwind(parts, limits);
  };
  let closed: Promise<void> | undefined;
  try {
    const { url, port } = await listen(parts.app, options.config, 'PORT');
    return { url, port, close: () => (closed ??= end(options.config.stopDelaySeconds ?? 0)) };
  } catch (error) {
    await end(0);
    throw error;
  }
}

interface ServerParts {
  readonly app: FastifyInstance;
  readonly places: OpenPlaces;
  readonly sessions: LiveSessions;
  readonly stream: GraphqlStream;
  readonly socket: GraphqlSocket;
}

async function build(options: ServerOptions, limits: ServerLimits, phase: () => Phase): Promise<ServerParts> {
  const { config, authenticate, createContext, logger } = options;
  const { introspection } = config;
  const connectionLimits = { ...NO_CONNECTION_LIMITS, ...config.connectionLimits };
  const places = new OpenPlaces({
    shared: options.sharedPlaces,
    renewMs: RENEW_PLACES_MS,
    processId: randomUUID(),
  });
  const admission = new ConnectionAdmission(connectionLimits, places);
  const unsent = new UnsentAnswers(limits);
  const operations = operationRunner(options, [admission.step(), unsent.step()]);
  const presentThrown = (thrown: unknown, traceId: string) => operations.presentThrown(thrown, traceId);
  const cors = new Cors(config.corsOrigins ?? []);
  const isReboundHere = (asked: IncomingHttpHeaders) => isRebound(asked, cors, config);
  const headers = securityHeaders(config);
  const clientAddress = clientAddressBehind(config.trustProxy ?? null);
  const fastPath = new FastPath({
    operations,
    authenticate,
    createContext,
    clientAddress,
    unsent,
    cors,
    isRebound: isReboundHere,
    headers,
    phase,
    logger,
  });
  // A request that began before the server closes is answered, also where its body arrives later.
  const phaseOf = (request: IncomingMessage) =>
    fastPath.hasReadBody(request) && phase() === 'closing' ? 'draining' : phase();
  const counts = new HttpCounts(config.requestMetrics === false ? undefined : options.metrics);
  const transport = { authenticate, clientAddress, limits, counts, logger };
  const app = createHttpApp({ ...transport, presentThrown, cors, isRebound: isReboundHere, headers, phaseOf });
  limitTcpConnections(app.server, {
    most: connectionLimits.connectionsPerNetwork,
    isProxy: isProxyBehind(config.trustProxy ?? null),
    onRefused: (network) => logger.debug({ network }, 'A connection was closed: its network has too many.'),
  });
  unsent.holdAnswersOf(app);
  const stopWatch = dropStalledReaders(app.server, {
    ...limits,
    onDropped: () => logger.debug('A connection was closed: its client does not read.'),
  });
  app.addHook('onClose', async () => stopWatch());
  const forgetTickShape = keepTickShape();
  app.addHook('onClose', async () => forgetTickShape());
  const answerOthers = answerOtherMethods(app, cors);
  await serveGraphql(app, { config, operations, createContext, fastPath, logger });
  await serveFileLinks(app, options);
  if (options.slackCommand) await serveSlackCommands(app, { command: options.slackCommand, operations, createContext });
  if (introspection) serveGraphiql(app);
  serveProbes(app, { health: options.health, phase });
  if (config.metricsPort === undefined) serveOperators(app, options);
  if (config.fastPath !== false) fastPath.installBeforeRoutes(app);
  const sessions = liveSessions(options, operations, limits);
  const shared = { ...transport, operations, createContext, sessions, admission };
  const stream = new GraphqlStream(app, shared);
  answerOthers();
  const socket = new GraphqlSocket(app.server, { ...shared, cors, ownAddress: config });
  return { app, places, sessions, stream, socket };
}

function serveOperators(app: FastifyInstance, { config, system, metrics }: ServerOptions): void {
  const access = operatorAccess(config);
  if (system) serveSystemReports(app, { report: system, access });
  if (metrics) serveMetrics(app, { metrics, access });
}

function operationRunner(options: ServerOptions, limiting: readonly OperationStep[]): OperationRunner {
  const { config, schema, rules, metrics, tracing, costLimits, subscriptions, steps, persisted, executor, logger } =
    options;
  return new OperationRunner({
    schema,
    rules,
    introspection: config.introspection,
    // They name what introspection would.
    hideSuggestions: !config.introspection,
    steps: operationSteps({
      metrics: config.requestMetrics === false ? undefined : metrics,
      tracing,
      costLimits,
      subscriptions,
      further: [...limiting, ...(steps ?? [])],
    }),
    persisted,
    budget: options.documentBudget,
    executor,
    metrics,
    logger,
  });
}

function liveSessions(
  { authenticate, sessions, accessChanges, logger }: ServerOptions,
  operations: OperationRunner,
  limits: ServerLimits,
): LiveSessions {
  const isRefusal = (thrown: unknown) =>
    codeOf(operations.presentThrown(thrown, traceIdFrom(undefined))) === 'UNAUTHENTICATED';
  return new LiveSessions({
    authenticate,
    notices: sessions,
    accessChanges,
    accessCheckMs: limits.accessCheckMs,
    checkMs: limits.sessionCheckMs,
    isRefusal,
    onRightsChanged: () => operations.rightsChanged(),
    logger,
  });
}

/** Long-lived connections first, because Fastify would wait for them; then the running requests; then the port. */
async function unwind(
  { app, places, sessions, stream, socket }: ServerParts,
  { drainMs }: ServerLimits,
): Promise<void> {
  stream.close();
  await socket.close();
  try {
    await endRequests(app, drainMs);
  } finally {
    sessions.close();
    places.close();
  }
}
