import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type ConnectionAdmission, RETRY_SECONDS, type SocketAdmission } from '../connections/connection-limits.ts';
import type { Cors } from '../http/cors.ts';
import type { HttpCounts } from '../http/http-counts.ts';
import { CLOSE, longestMessage } from '../limits.ts';
import { mayOpenSocket, type OwnAddress } from '../page-origin.ts';
import { SocketConnection, type SocketConnectionOptions } from './socket-connection.ts';

/** After our close code the client may answer for so long, then the connection is cut. */
const CLOSE_WAIT_MS = 2_000;
/** What ws answers by itself where the headers of a handshake are wrong; it calls back at once where they are right. */
const BAD_HANDSHAKE = 400;
const SWITCHED = 101;

export interface GraphqlSocketOptions extends SocketConnectionOptions {
  readonly admission: ConnectionAdmission;
  readonly cors: Cors;
  readonly ownAddress: OwnAddress;
  readonly counts: HttpCounts;
}

/** GraphQL over WebSocket (graphql-transport-ws) at /graphql, on the port of the HTTP server. */
export class GraphqlSocket {
  readonly #options: GraphqlSocketOptions;
  readonly #sockets: WebSocketServer;
  readonly #connections = new Set<SocketConnection>();
  readonly #timers: readonly NodeJS.Timeout[];
  #isClosing = false;

  constructor(server: HttpServer, options: GraphqlSocketOptions) {
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

  /** Asks every client to come back soon; resolves when all are gone, which the close timeout bounds. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#forEach((connection) => connection.end(CLOSE.RESTART, 'Restarting'));
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = (request.url ?? '').split('?', 1);
    const { cors, ownAddress } = this.#options;
    if (this.#isClosing) this.#refuse(request, socket, '503 Service Unavailable');
    else if (path !== '/graphql') this.#refuse(request, socket, '404 Not Found');
    else if (!mayOpenSocket(request.headers, cors, ownAddress)) this.#refuse(request, socket, '403 Forbidden');
    else void this.#admit(request, socket, head);
  }

  /** Never rejects. */
  async #admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { admission, clientAddress, counts } = this.#options;
    const begun = performance.now();
    const cut = () => socket.destroy();
    socket.on('error', cut);
    const admitted = await admission.openSocket(clientAddress(request));
    if (!admitted) {
      this.#refuse(request, socket, '429 Too Many Requests', [`Retry-After: ${RETRY_SECONDS}`]);
      return;
    }
    if (socket.destroyed) admitted.release();
    else socket.once('close', () => admitted.release());
    if (this.#isClosing) {
      this.#refuse(request, socket, '503 Service Unavailable');
      return;
    }
    socket.off('error', cut);
    // ws takes this one protocol by name; a client may offer others beside it.
    request.headers.upgrade = 'websocket';
    let status = BAD_HANDSHAKE;
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      status = SWITCHED;
      this.#open(opened, request, admitted);
    });
    counts.upgradeAnswered(request, status, (performance.now() - begun) / 1_000);
  }

  #refuse(request: IncomingMessage, socket: Duplex, status: string, headers: readonly string[] = []): void {
    this.#options.counts.upgradeAnswered(request, Number.parseInt(status, 10));
    refuse(socket, status, headers);
  }

  #open(socket: WebSocket, request: IncomingMessage, admitted: SocketAdmission): void {
    socket.once('close', this.#options.counts.socketOpened());
    socket.on('error', (error) => this.#options.logger.debug({ err: error }, 'A socket failed.'));
    // ws opens a socket without a subprotocol where it has none in common with the client.
    if (socket.protocol === '') {
      socket.close(CLOSE.WRONG_PROTOCOL, 'Subprotocol not acceptable');
      return;
    }
    const connection = new SocketConnection(socket, request, admitted, this.#options);
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }

  #forEach(act: (connection: SocketConnection) => void): void {
    for (const connection of [...this.#connections]) act(connection);
  }
}

function refuse(socket: Duplex, status: string, headers: readonly string[]): void {
  socket.on('error', () => socket.destroy());
  const lines = [`HTTP/1.1 ${status}`, ...headers, 'Connection: close', 'Content-Length: 0', '\r\n'];
  socket.end(lines.join('\r\n'));
}
