import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from '../../monitoring/logger.ts';
import { bearerOf, callerOf, GUEST } from '../authentication.ts';
import type { ClientAddress } from '../client-address.ts';
import { badInput, codeOf, failure, STATUS_OF } from '../failures.ts';
import { isNestedDeeper, TOO_DEEP } from '../json-depth.ts';
import { REQUEST_DEPTH, type ServerLimits } from '../limits.ts';
import type { Authenticate, Phase } from '../ports.ts';
import { traceIdFrom } from '../trace-id.ts';
import { retryAfterOf } from './apollo-response-plugin.ts';
import { compressAnswers } from './compression.ts';
import type { Cors } from './cors.ts';
import { CountedResponse, type HttpCounts } from './http-counts.ts';
import { malformedRefuser } from './refuse-malformed.ts';
import { RequestLogger } from './request-logger.ts';
import type { SecurityHeaders } from './security-headers.ts';
import { setHeaders } from './unsupported-methods.ts';

/** How often Node looks for requests that are late; by default only every 30 s. */
const MAX_LATE_CHECK_MS = 5_000;

/** Makes the error that the client sees from anything that was thrown. */
export type PresentThrown = (thrown: unknown, traceId: string) => GraphQLFormattedError;

export interface HttpAppOptions {
  readonly presentThrown: PresentThrown;
  /** Null where no route authenticates. */
  readonly authenticate: Authenticate | null;
  readonly cors: Cors;
  /** Whether the headers are those of a page at a name that is not this server's, see `isRebound`. */
  readonly isRebound: (headers: IncomingHttpHeaders) => boolean;
  /** Of every answer. */
  readonly headers: SecurityHeaders;
  readonly limits: Pick<ServerLimits, 'bodyBytes' | 'headersMs' | 'requestMs'>;
  /** The phase that holds for this request. */
  readonly phaseOf: (request: IncomingMessage) => Phase;
  readonly clientAddress: ClientAddress;
  readonly counts: HttpCounts;
  readonly logger: Logger;
}

/** The HTTP server without its routes: trace ids, headers, authentication, and the error handler. */
export function createHttpApp({
  presentThrown,
  authenticate,
  cors,
  isRebound,
  headers,
  limits,
  phaseOf,
  clientAddress,
  counts,
  logger,
}: HttpAppOptions): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = logger;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'trace_id' }),
    requestIdHeader: false,
    childLoggerFactory: (parent, bindings, options) =>
      new RequestLogger(parent.level, () => parent.child(bindings, options)),
    genReqId: (request) => traceIdFrom(request.headers['traceparent']),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    http: {
      ServerResponse: CountedResponse,
      // Also for a connection on which nothing comes at all.
      headersTimeout: Math.min(limits.headersMs, limits.requestMs),
      connectionsCheckingInterval: Math.min(MAX_LATE_CHECK_MS, limits.headersMs / 2),
      // Clients offer HTTP/2 in the same way (Upgrade: h2c): an unsupported protocol is ignored and the request is answered (RFC 9110 §7.8).
      shouldUpgradeCallback: (request) => asksForWebSocket(request) && app.server.listenerCount('upgrade') > 0,
    },
    clientErrorHandler: malformedRefuser(headers, counts),
    // An address that Fastify cannot read; no route and no hook gets to see it.
    frameworkErrors: (_error, { id }, { raw }) => refuseAddress(raw, id, headers),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  counts.install(app.server);
  // JSON alone: a browser lets other pages post forms and plain text without permission (CSRF).
  app.removeContentTypeParser('text/plain');
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (isNestedDeeper(body, REQUEST_DEPTH)) done(badInput(TOO_DEEP));
    else void parseJson(request, body, done);
  });
  app.decorateRequest('caller');
  app.decorateRequest('clientAddress');
  app.addHook('onRequest', (request, reply, done) => {
    request.caller = GUEST;
    request.clientAddress = clientAddress(request.raw);
    reply.headers(headers).header('x-trace-id', request.id);
    const { config, url } = request.routeOptions;
    counts.routed(reply.raw, url);
    if (config.crossOrigin === true) setHeaders(reply, cors.headersFor(request.headers.origin));
    const now = phaseOf(request.raw);
    // The client's next request has to reach a server that keeps running.
    if (now !== 'serving') reply.header('connection', 'close');
    if (now === 'closing' && config.answersWhileClosing !== true) return void refuseWhileClosing(request, reply);
    if (config.crossOrigin === true && isRebound(request.headers)) return void refuseRebound(request, reply);
    if (config.signsIn !== true || authenticate === null || request.headers.authorization === undefined) return done();
    callerOf(bearerOf(request.headers.authorization), authenticate).then((caller) => {
      request.caller = caller;
      done();
    }, done);
  });
  app.addHook('preParsing', (request, reply, _payload, done) => {
    if (isEncoded(request.headers['content-encoding'])) void refuseEncoded(request, reply);
    else done();
  });
  compressAnswers(app);
  if (logger.isLevelEnabled('debug')) app.addHook('onResponse', logAnswer);
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, presentThrown));
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(failure('NOT_FOUND', 'There is nothing here.', request.id)),
  );
  return app;
}

/** A WebSocket is opened by GET alone (RFC 6455 §4.1). */
function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  const protocols = headers.upgrade?.split(',').map((protocol) => protocol.trim().toLowerCase());
  return method === 'GET' && protocols?.includes('websocket') === true;
}

async function logAnswer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { method, routeOptions } = request;
  request.log.debug(
    { method, route: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime },
    'Request answered.',
  );
}

function refuseWhileClosing(request: FastifyRequest, reply: FastifyReply) {
  reply.code(503).header('retry-after', '1');
  return reply.send(failure('SERVICE_UNAVAILABLE', 'The server is restarting: try again in a moment.', request.id));
}

function refuseAddress(response: ServerResponse, traceId: string, headers: SecurityHeaders): void {
  response.writeHead(400, { ...headers, 'x-trace-id': traceId, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(failure('BAD_USER_INPUT', 'The address is not a valid one.', traceId)));
}

function refuseRebound(request: FastifyRequest, reply: FastifyReply) {
  const message = 'This server does not know the name in the address: its operator can set PUBLIC_URL or CORS_ORIGINS.';
  return reply.code(403).send(failure('FORBIDDEN', message, request.id));
}

function isEncoded(encoding: string | undefined): boolean {
  return encoding !== undefined && encoding.trim().toLowerCase() !== 'identity';
}

/** RFC 9110 §12.5.3: Accept-Encoding in such an answer says what would be taken. */
function refuseEncoded(request: FastifyRequest, reply: FastifyReply) {
  reply.code(415).header('accept-encoding', 'identity');
  const message = 'The body must not be compressed: send it without "content-encoding".';
  return reply.send(failure('BAD_USER_INPUT', message, request.id));
}

async function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  presentThrown: PresentThrown,
) {
  // Apollo's integration builds a URL from the Host header, which may hold anything.
  const refused = (error.statusCode ?? 500) < 500 || error.code === 'ERR_INVALID_URL';
  const formatted = presentThrown(refused ? badInput(messageFor(error)) : error, request.id);
  const code = codeOf(formatted);
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
  const seconds = retryAfterOf([formatted]);
  if (seconds !== null) reply.header('retry-after', String(seconds));
  return reply.code(refused ? (error.statusCode ?? 400) : STATUS_OF[code]).send({ errors: [formatted] });
}

const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request is too large.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The body must be JSON, with "content-type: application/json".',
};

function messageFor(error: FastifyError): string {
  return MESSAGES[error.code] ?? 'The request could not be understood.';
}
