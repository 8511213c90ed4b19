import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE, longestMessage } from '../limits.ts';
import { SocketConnection, type SocketConnectionOptions } from './socket-connection.ts';

/** After our close code the client may answer for so long, then the connection is cut. */
const CLOSE_WAIT_MS = 2_000;

/** GraphQL over WebSocket (graphql-transport-ws) at /graphql, on the port of the HTTP server. */
export class GraphqlSocket {
  readonly #options: SocketConnectionOptions;
  readonly #sockets: WebSocketServer;
  readonly #connections = new Set<SocketConnection>();
  readonly #timers: readonly NodeJS.Timeout[];
  #isClosing = false;

  constructor(server: HttpServer, options: SocketConnectionOptions) {
    this.#options = options;
    const { keepAliveMs, slowMs } = options.limits;
    // Not written in place: the types of ws do not know closeTimeout yet.
    const settings = {
      noServer: true,
      maxPayload: longestMessage(options.limits),
      handleProtocols,
      closeTimeout: CLOSE_WAIT_MS,
    };
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
    this.#forEach((connection) => connection.end(CLOSE.RESTART, 'Restarting'));
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = (request.url ?? '').split('?', 1);
    // ws takes this one protocol by name; a client may offer others beside it.
    request.headers.upgrade = 'websocket';
    if (this.#isClosing) refuse(socket, '503 Service Unavailable');
    else if (path !== '/graphql') refuse(socket, '404 Not Found');
    else this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#open(opened, request));
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    socket.on('error', (error) => this.#options.logger.debug({ err: error }, 'A socket failed.'));
    // ws opens a socket without a subprotocol where it has none in common with the client.
    if (socket.protocol === '') {
      socket.close(CLOSE.WRONG_PROTOCOL, 'Subprotocol not acceptable');
      return;
    }
    const connection = new SocketConnection(socket, request, this.#options);
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
