import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Server, type ServerOptions } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../monitoring/logger.ts';
import { signIn } from './authentication.ts';
import { badInput, codeOf } from './failures.ts';
import { Follower, type Sink } from './follower.ts';
import type { LiveSessions } from './live-sessions.ts';
import { type Asker, type Operations, PreparedOperation, preparedOf } from './operations.ts';
import type { Authenticate, CreateContext, ServerLimits } from './ports.ts';
import { SERVICE_RESTART, SocketConnection, TRY_AGAIN_LATER } from './socket-connection.ts';
import { traceIdFrom } from './trace-id.ts';

/** After our close code the client may answer for so long, then the connection is cut. */
const CLOSE_WAIT_MS = 2_000;

export interface GraphqlSocketOptions {
  readonly operations: Operations;
  readonly authenticate: Authenticate;
  readonly createContext: CreateContext;
  readonly sessions: LiveSessions;
  readonly limits: ServerLimits;
  readonly logger: Logger;
}

/** GraphQL over WebSocket (graphql-transport-ws) at /graphql, on the port of the HTTP server. */
export class GraphqlSocket {
  readonly #options: GraphqlSocketOptions;
  readonly #sockets: WebSocketServer;
  readonly #protocol: Server<SocketConnection>;
  readonly #connections = new Set<SocketConnection>();
  readonly #timers: readonly NodeJS.Timeout[];
  #isClosing = false;

  constructor(server: HttpServer, options: GraphqlSocketOptions) {
    this.#options = options;
    this.#protocol = makeServer(protocolOptions(options));
    const { socketMessageBytes: maxPayload, keepAliveMs, slowMs } = options.limits;
    // Not written in place: the types of ws do not know closeTimeout yet.
    const settings = { noServer: true, maxPayload, handleProtocols, closeTimeout: CLOSE_WAIT_MS };
    this.#sockets = new WebSocketServer(settings);
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
    this.#timers = [
      setInterval(() => this.#forEach((connection) => connection.ping()), keepAliveMs),
      setInterval(() => this.#forEach((connection) => connection.dropIfSlow()), Math.min(1_000, slowMs / 2)),
    ];
  }

  /** Tells every client to come back soon; resolves when all are gone, which the close timeout bounds. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#forEach((connection) => connection.end(SERVICE_RESTART, 'Restarting'));
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = (request.url ?? '').split('?', 1);
    if (this.#isClosing) refuse(socket, '503 Service Unavailable');
    else if (path !== '/graphql') refuse(socket, '404 Not Found');
    else this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#open(opened, request));
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    const { limits, logger } = this.#options;
    const connection = new SocketConnection(socket, request, { protocol: this.#protocol, limits, logger });
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }

  #forEach(act: (connection: SocketConnection) => void): void {
    for (const connection of [...this.#connections]) act(connection);
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

type ProtocolOptions = ServerOptions<Record<string, unknown>, SocketConnection>;

function protocolOptions(options: GraphqlSocketOptions): ProtocolOptions {
  const { operations, limits } = options;
  // Every hook of one operation gets the same payload object, so it can stand for the operation.
  const traceIds = new WeakMap<object, string>();
  const sinks = new WeakMap<PreparedOperation, Sink>();
  const traceIdOf = (payload: object) => traceIds.get(payload) ?? traceIdFrom(undefined);
  return {
    connectionInitWaitTimeout: limits.initWaitMs,
    onConnect: ({ connectionParams, extra }) => connect(extra, connectionParams, options),
    onSubscribe: ({ extra, subscriptions }, id, payload) => {
      const traceId = traceIdFrom(undefined);
      traceIds.set(payload, traceId);
      if (Object.keys(subscriptions).length > limits.socketOperations)
        return [badInput(`At most ${limits.socketOperations} operations may run on one socket at once.`)];
      const operation = prepared(() => operations.prepare(payload, askerOf(extra, traceId, options.createContext)));
      if (operation instanceof PreparedOperation) sinks.set(operation, extra.sinkOf(id));
      return operation;
    },
    execute: (args) => operations.execute(args),
    subscribe: async (args) => {
      const operation = preparedOf(args);
      const sink = sinks.get(operation);
      if (!sink) throw new TypeError('Only operations of a socket can be subscribed to here.');
      const result = await operations.subscribe(operation, sink);
      return result instanceof Follower ? silentStreamOf(result) : result;
    },
    onNext: (_context, _id, payload, _args, result) => operations.present(result, traceIdOf(payload)),
    onError: (_context, _id, payload, errors) => operations.presentErrors(errors, traceIdOf(payload)),
  };
}

function askerOf(connection: SocketConnection, traceId: string, createContext: CreateContext): Asker {
  return {
    traceId,
    get viewer() {
      return connection.viewer;
    },
    context: () => createContext({ viewer: connection.viewer, traceId, device: connection.device }),
  };
}

/** Looks to the protocol like a stream of results, but gives it none: the follower hands them to the socket itself. */
function silentStreamOf(follower: Follower): AsyncGenerator<never, void, void> {
  const over = { done: true, value: undefined } as const;
  return {
    next: async () => {
      await follower.run();
      return over;
    },
    return: async () => {
      await follower.leave();
      return over;
    },
    throw: async (error) => {
      await follower.leave();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => follower.leave(),
  };
}

/** False, or true where the client may go on. A socket whose token is refused is closed here, with a code of its own. */
async function connect(
  connection: SocketConnection,
  payload: Readonly<Record<string, unknown>> | undefined,
  { authenticate, sessions, operations }: GraphqlSocketOptions,
): Promise<boolean> {
  try {
    const signedIn = await signIn(authorizationIn(payload), authenticate);
    if (signedIn && connection.isOpen)
      connection.keep(
        sessions.watch(signedIn, (end) =>
          connection.end(CloseCode.Forbidden, end === 'EXPIRED' ? 'Token expired' : 'Session ended'),
        ),
      );
    return connection.isOpen;
  } catch (error) {
    const code = codeOf(operations.presentThrown(error, traceIdFrom(undefined)));
    if (code === 'UNAUTHENTICATED') connection.end(CloseCode.Unauthorized, 'Unauthorized');
    else connection.end(TRY_AGAIN_LATER, 'Try again later');
    return false;
  }
}

function authorizationIn(payload: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const authorization = payload?.['authorization'] ?? payload?.['Authorization'];
  if (authorization === undefined || authorization === null) return undefined;
  return typeof authorization === 'string' ? authorization : '';
}

/** What fails before an operation runs is that operation's error, not the socket's. */
function prepared<T>(prepare: () => T): T | GraphQLError[] {
  try {
    return prepare();
  } catch (error) {
    const originalError = error instanceof Error ? error : new Error(String(error));
    return [new GraphQLError(originalError.message, { originalError })];
  }
}
