import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** A request as the fake service received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The body as JSON; fails the test where it is none. */
  json(): unknown;
  /** Resolves once the client has closed the connection before it was answered. */
  readonly aborted: Promise<void>;
}

interface HttpReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | string | Uint8Array;
  readonly delayMs?: number;
}

/** How the fake service answers one request. */
export type FakeReply =
  | HttpReply
  /** Accepts a request for a WebSocket. */
  | { readonly upgrade: (socket: WebSocket) => void }
  /** Accepts the request and never answers. */
  | 'hang'
  /** Accepts the request and closes the connection without an answer. */
  | 'hang up'
  /** Sends the head and half of a body, then closes the connection. */
  | 'break off';

export type FakeHandler = (request: ReceivedRequest) => FakeReply | Promise<FakeReply>;

/** What a periodic task asks of services at any time: it uses up no reply that is meant for a request of a test. */
const BACKGROUND: readonly string[] = ['/v1/user/subscription', '/v1/user/balance', '/credits'];

/**
 * An outside service on loopback. Each service's fake gives it a handler that checks the request as the documentation
 * describes it; tests replace the handler by `replyWith` for errors.
 */
export class FakeService {
  readonly requests: ReceivedRequest[] = [];
  /** Requests for what is left of a quota. */
  readonly quotaRequests: ReceivedRequest[] = [];
  readonly #server: Server;
  #handler: FakeHandler;
  readonly #next: FakeReply[] = [];
  readonly #sockets = new WebSocketServer({ noServer: true });

  private constructor(handler: FakeHandler) {
    this.#handler = handler;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((thrown: unknown) => {
        response.writeHead(500).end(`the fake failed: ${String(thrown)}`);
      });
    });
    this.#server.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, socket, head).catch((thrown: unknown) => {
        socket.end(rawResponse({ status: 500, body: `the fake failed: ${String(thrown)}` }));
      });
    });
  }

  static async start(handler: FakeHandler): Promise<FakeService> {
    const service = new FakeService(handler);
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on a TCP port.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The replies to the next requests, in order; after them the handler answers again. */
  replyWith(...replies: readonly FakeReply[]): void {
    this.#next.push(...replies);
  }

  /** Replies that have not been given yet are dropped. */
  handleWith(handler: FakeHandler): void {
    this.#handler = handler;
    this.#next.length = 0;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await received(incoming, response);
    const isBackground = BACKGROUND.includes(request.path);
    (isBackground ? this.quotaRequests : this.requests).push(request);
    const reply = (isBackground ? undefined : this.#next.shift()) ?? (await this.#handler(request));
    if (reply === 'hang') return;
    if (typeof reply !== 'string' && 'upgrade' in reply) throw new Error('This is no request for a WebSocket.');
    if (reply === 'hang up') {
      response.destroy();
      return;
    }
    if (reply === 'break off') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"half":', () => response.destroy());
      return;
    }
    const { status = 200, headers = {}, body = '', delayMs = 0 } = reply;
    const isBytes = typeof body === 'string' || body instanceof Uint8Array;
    const type = isBytes ? {} : { 'content-type': 'application/json' };
    const send = () => response.writeHead(status, { ...type, ...headers }).end(isBytes ? body : JSON.stringify(body));
    if (delayMs === 0) send();
    else setTimeout(send, delayMs);
  }

  async #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // The client ends a connection that it no longer needs.
    socket.on('error', () => undefined);
    const request = requestOf(incoming, Buffer.alloc(0), socket);
    this.requests.push(request);
    const reply = this.#next.shift() ?? (await this.#handler(request));
    if (reply === 'hang') socket.on('end', () => socket.destroy()).resume();
    else if (reply === 'hang up') socket.destroy();
    else if (reply === 'break off')
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"half":', () => socket.destroy());
    else if ('upgrade' in reply) this.#sockets.handleUpgrade(incoming, socket, head, reply.upgrade);
    else socket.end(rawResponse(reply));
  }
}

function rawResponse({ status = 200, headers = {}, body = '' }: HttpReply): Buffer {
  const bytes = Buffer.from(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
  const all = { ...headers, 'content-length': String(bytes.length), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

async function received(incoming: IncomingMessage, response: ServerResponse): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return requestOf(incoming, Buffer.concat(chunks), response);
}

function requestOf(incoming: IncomingMessage, body: Buffer, answer: ServerResponse | Duplex): ReceivedRequest {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers,
    body,
    json: () => JSON.parse(body.toString('utf8')),
    aborted: new Promise((resolve) => {
      answer.once('close', () => {
        if (!answer.writableFinished) resolve();
      });
    }),
  };
}
