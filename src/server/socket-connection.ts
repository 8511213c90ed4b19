import type { IncomingMessage } from 'node:http';
import { CloseCode, type Server } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { Viewer } from '../auth/viewer.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Sink } from './follower.ts';
import type { Watched } from './live-sessions.ts';
import type { Device, ServerLimits } from './ports.ts';
import { SlowReader } from './slow-reader.ts';

/** RFC 6455 §7.4.1 and the registry it founds. */
export const SERVICE_RESTART = 1012;
export const TRY_AGAIN_LATER = 1013;
const CLOSING_BRACE = '}'.charCodeAt(0);

export interface SocketSurroundings {
  readonly protocol: Server<SocketConnection>;
  readonly limits: ServerLimits;
  readonly logger: Logger;
}

/** One WebSocket, from its opening to its end. */
export class SocketConnection {
  readonly device: Device;
  readonly #socket: WebSocket;
  readonly #logger: Logger;
  /** Still missing while the protocol looks at a new socket, which it may close at once. */
  readonly #left: ((code?: number, reason?: string) => Promise<void>) | undefined;
  #session: Watched | undefined;
  #hasLeft = false;
  #answersPings = true;
  readonly #slow: SlowReader;
  readonly #stalled: SlowReader;
  readonly #lagBytes: number;
  /** When it was last looked whether it is slow. */
  #unsentBefore = 0;

  constructor(socket: WebSocket, request: IncomingMessage, { protocol, limits, logger }: SocketSurroundings) {
    this.#socket = socket;
    this.#logger = logger;
    this.#slow = new SlowReader(limits);
    this.#stalled = new SlowReader({ unsentBytes: limits.lagBytes, slowMs: limits.slowMs });
    this.#lagBytes = limits.lagBytes;
    this.device = { ipAddress: request.socket.remoteAddress ?? '', userAgent: request.headers['user-agent'] ?? null };
    socket.on('pong', () => {
      this.#answersPings = true;
    });
    socket.on('error', (error) => logger.debug({ err: error }, 'A socket failed.'));
    socket.once('close', (code, reason) => this.#leave(code, String(reason)));
    this.#left = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => this.#send(data),
        close: (code, reason) => this.end(code, reason),
        onMessage: (handle) => socket.on('message', (data) => void this.#receive(data, handle)),
      },
      this,
    );
  }

  /** Null for a guest. */
  get viewer(): Viewer | null {
    return this.#session?.viewer ?? null;
  }

  /** False once the connection has been ended by either side: what is opened for it then would stay open. */
  get isOpen(): boolean {
    return !this.#hasLeft;
  }

  keep(session: Watched): void {
    this.#session = session;
  }

  /** Sends the close code and leaves every subscription at once, without waiting for the client's answer. */
  end(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
    this.#leave(code, reason);
  }

  /** A peer that has not answered the ping before this one is gone, whatever TCP still believes. */
  ping(): void {
    if (!this.#answersPings) this.#socket.terminate();
    else if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    this.#answersPings = false;
  }

  dropIfSlow(): void {
    const unsent = this.#socket.bufferedAmount;
    const takesSome = unsent < this.#unsentBefore;
    this.#unsentBefore = unsent;
    if (this.#slow.isTooSlow(unsent) || this.#stalled.isTooSlow(takesSome ? 0 : unsent))
      this.end(TRY_AGAIN_LATER, 'Too slow');
  }

  /** Where the results of one operation of this socket go. */
  sinkOf(operationId: string): Sink {
    const head = `{"id":${JSON.stringify(operationId)},"type":"next","payload":`;
    const headBytes = Buffer.from(head);
    return {
      push: (answer) => this.#push(headBytes, answer),
      send: (answer) => this.#send(`${head}${answer}}`),
    };
  }

  /** Copies bytes, because making a text anew into bytes for each socket was a tenth of what an event cost it. */
  #push(head: Buffer, answer: Buffer): boolean {
    if (this.#socket.readyState === this.#socket.OPEN) {
      const message = Buffer.allocUnsafe(head.length + answer.length + 1);
      head.copy(message);
      answer.copy(message, head.length);
      message[message.length - 1] = CLOSING_BRACE;
      this.#socket.send(message, { binary: false });
    }
    return this.#socket.bufferedAmount <= this.#lagBytes;
  }

  /** Resolves when it is in the hands of the operating system, so that a slow reader slows its own events down. */
  #send(data: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return resolve();
      this.#socket.send(data, (error) => (error ? reject(error) : resolve()));
    });
  }

  async #receive(data: RawData, handle: (data: string) => Promise<void>): Promise<void> {
    try {
      await handle(String(data));
    } catch (error) {
      if (!this.isOpen) return this.#logger.debug({ err: error }, 'A message was under way when its socket closed.');
      this.#logger.error({ err: error }, 'A socket message could not be handled.');
      this.end(CloseCode.InternalServerError, 'Internal server error');
    }
  }

  #leave(code?: number, reason?: string): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#session?.stop();
    this.#left?.(code, reason).catch((error: unknown) =>
      this.#logger.error({ err: error }, 'A subscription could not be left.'),
    );
  }
}
