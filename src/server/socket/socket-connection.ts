import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import type { Device } from '../../auth/request-facts.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { ClientAddress } from '../client-address.ts';
import type { SocketAdmission } from '../connections/connection-limits.ts';
import { CLOSE, type Close, type ServerLimits } from '../limits.ts';
import { SlowReaderDetector } from '../subscriptions/slow-reader.ts';
import { type Connection, SocketProtocol, type SocketProtocolOptions } from './socket-protocol.ts';

/** Messages of one socket that are handled in one turn of the event loop: a chunk may hold hundreds, and all others wait meanwhile. */
const MESSAGES_PER_TURN = 32;
/** The same in time: a message may take long, such as a document that has to be validated. */
const TURN_MS = 20;
const CLOSING_BRACE = '}'.charCodeAt(0);

export interface SocketConnectionOptions extends SocketProtocolOptions {
  readonly clientAddress: ClientAddress;
  readonly logger: Logger;
}

/**
 * One WebSocket, from its opening to its end. A message is handled only while little is unsent and the protocol is not busy;
 * until then it waits, and nothing more is read: so what a client makes us send and hold is bounded, whatever it sends.
 */
export class SocketConnection implements Connection {
  readonly device: Device;
  readonly #socket: WebSocket;
  readonly #limits: ServerLimits;
  readonly #logger: Logger;
  readonly #protocol: SocketProtocol;
  /** Messages that are not handled yet: those of one chunk that was read (64 KB), or one longer message. */
  readonly #inbox: Buffer[] = [];
  readonly #slow: SlowReaderDetector;
  readonly #stalled: SlowReaderDetector;
  #hasLeft = false;
  /** Messages that were handled in this turn of the event loop. */
  #handled = 0;
  #turnBegan = 0;
  #answersPings = true;
  /** Unsent bytes at the previous check. */
  #unsentBefore = 0;

  constructor(
    socket: WebSocket,
    request: IncomingMessage,
    admission: SocketAdmission,
    { clientAddress, logger, ...options }: SocketConnectionOptions,
  ) {
    const { limits } = options;
    this.#socket = socket;
    this.#limits = limits;
    this.#logger = logger;
    this.#slow = new SlowReaderDetector(limits);
    this.#stalled = new SlowReaderDetector({ unsentBytes: 0, slowMs: limits.slowMs });
    this.device = { ipAddress: clientAddress(request), userAgent: request.headers['user-agent'] ?? null };
    this.#protocol = new SocketProtocol(this, admission, options, () => this.#work());
    this.#limitHandshake(request);
    request.socket.on('drain', () => this.#work());
    socket.on('message', (data) => this.#receive(data));
    // ws answers these by itself.
    socket.on('ping', () => this.#work());
    socket.on('pong', () => {
      this.#answersPings = true;
    });
    socket.once('close', () => this.#leave());
  }

  get isOpen(): boolean {
    return !this.#hasLeft;
  }

  /** Sends the close code and ends every operation at once, without waiting for the client's answer. */
  end(code: Close, reason: string): void {
    this.#socket.close(code, reason);
    this.#leave();
    // The client's answer has to be read; everything else is ignored.
    this.#socket.resume();
  }

  /** A peer that has not answered the ping before this one is gone, whatever TCP still believes. */
  ping(): void {
    // Its answer may lie where we do not read; a peer that takes nothing either is dropped for that.
    if (this.#socket.isPaused && this.#socket.bufferedAmount > 0) return;
    if (!this.#answersPings) this.#socket.terminate();
    else if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    this.#answersPings = false;
  }

  dropIfSlow(): void {
    const unsent = this.#socket.bufferedAmount;
    const isReading = unsent < this.#unsentBefore;
    this.#unsentBefore = unsent;
    const stalls = !isReading && (this.#isBehind || this.#socket.isPaused);
    if (this.#slow.isTooSlow(unsent) || this.#stalled.isTooSlow(stalls ? unsent : 0))
      this.end(CLOSE.TRY_AGAIN, 'Too slow');
  }

  /** Copies bytes, because making a text anew into bytes for each socket was a tenth of what an event cost it. */
  push(head: Buffer, answer: Buffer): boolean {
    if (this.#socket.readyState === this.#socket.OPEN) {
      const message = Buffer.allocUnsafe(head.length + answer.length + 1);
      head.copy(message);
      answer.copy(message, head.length);
      message[message.length - 1] = CLOSING_BRACE;
      this.#socket.send(message, { binary: false });
    }
    return this.#socket.bufferedAmount <= this.#limits.lagBytes;
  }

  send(message: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return resolve();
      this.#socket.send(message, (error) => {
        if (error) this.#logger.debug({ err: error }, 'A message could not be sent.');
        resolve();
        if (this.#socket.isPaused) this.#work();
      });
    });
  }

  #receive(data: RawData): void {
    if (!this.isOpen) return;
    this.#inbox.push(bytesOf(data));
    this.#work();
  }

  /** Handles what may be handled now, and reads on where nothing is left. */
  #work(): void {
    try {
      for (let next = this.#next(); next; next = this.#next()) this.#protocol.handle(next);
    } catch (error) {
      this.#logger.error({ err: error }, 'A socket message could not be handled.');
      this.end(CLOSE.INTERNAL, 'Internal server error');
    }
    if (!this.isOpen) return;
    const waits = this.#inbox.length > 0 || this.#isBehind;
    if (waits && !this.#socket.isPaused) this.#socket.pause();
    if (!waits && this.#socket.isPaused) this.#socket.resume();
  }

  #next(): Buffer | undefined {
    const mayHandle = this.isOpen && !this.#isBehind && !this.#protocol.isBusy && this.#hasTurn;
    const message = mayHandle ? this.#inbox.shift() : undefined;
    if (message) this.#countHandled();
    return message;
  }

  #countHandled(): void {
    if (this.#handled === 0) {
      this.#turnBegan = performance.now();
      setImmediate(() => {
        this.#handled = 0;
        this.#work();
      });
    }
    this.#handled++;
  }

  get #hasTurn(): boolean {
    if (this.#handled === 0) return true;
    return this.#handled < MESSAGES_PER_TURN && performance.now() - this.#turnBegan < TURN_MS;
  }

  get #isBehind(): boolean {
    return this.#socket.bufferedAmount > this.#limits.lagBytes;
  }

  /** The client is unknown before the connection_ack, and needs to send nothing but a connection_init. */
  #limitHandshake({ socket }: IncomingMessage): void {
    let bytes = 0;
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (this.#protocol.isAcknowledged || !this.isOpen) socket.off('data', count);
      else if (bytes > this.#limits.handshakeBytes) this.end(CLOSE.TOO_BIG, 'Too much before the connection_ack');
    };
    // Before the listener of ws, which hands messages over at once.
    socket.prependListener('data', count);
  }

  #leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#inbox.length = 0;
    this.#protocol.leave();
  }
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
