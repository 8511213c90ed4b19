import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface MinimalSocketOptions {
  readonly port: number;
  /** An address of 127.0.0.0/8; each address has its own ports. */
  readonly localAddress: string;
  /** Shared by all sockets: its content is valid only until the next read. */
  readonly buffer: Buffer;
  /** A message is in `data` from `start` (inclusive) to `end` (exclusive). */
  readonly onMessage: (data: Buffer, start: number, end: number) => void;
  readonly onClose: () => void;
}

const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10];
/** A mask of zeros does not change the payload. */
const NO_MASK = Buffer.alloc(4);

/**
 * The client side of one WebSocket (RFC 6455), reduced to what the bench needs: the load must cost less than what it
 * measures, and a client of a library would cost as much as the server's side.
 */
export class MinimalSocket {
  readonly #options: MinimalSocketOptions;
  readonly #socket: Socket;
  readonly #opened = Promise.withResolvers<this>();
  #isOpen = false;
  #rest: Buffer | undefined;

  private constructor(options: MinimalSocketOptions) {
    const { port, localAddress, buffer, onClose } = options;
    const take = (length: number) => {
      this.#take(buffer.subarray(0, length));
      return true;
    };
    this.#options = options;
    this.#socket = connect({ host: '127.0.0.1', port, localAddress, onread: { buffer, callback: take } });
    this.#socket.setNoDelay(true);
    this.#socket.on('error', (error) => this.#opened.reject(error));
    this.#socket.once('close', onClose);
    this.#socket.write(
      `GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
  }

  static open(options: MinimalSocketOptions): Promise<MinimalSocket> {
    return new MinimalSocket(options).#opened.promise;
  }

  send(message: object): void {
    this.#write(TEXT, Buffer.from(JSON.stringify(message)));
  }

  close(): void {
    this.#socket.destroy();
  }

  #write(opcode: number, data: Buffer): void {
    const length = data.length < 126 ? [0x80 | data.length] : [0x80 | 126, data.length >> 8, data.length & 255];
    this.#socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...length]), NO_MASK, data]));
  }

  #take(read: Buffer): void {
    const data = this.#rest ? Buffer.concat([this.#rest, read]) : read;
    this.#rest = undefined;
    let at = this.#isOpen ? 0 : this.#greet(data);
    while (data.length - at >= 2) {
      const short = (data[at + 1] ?? 0) & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < head) break;
      const length = head === 2 ? short : head === 4 ? data.readUInt16BE(at + 2) : data.readUInt32BE(at + 6);
      if (data.length - at - head < length) break;
      this.#frame(data, at, at + head, at + head + length);
      at += head + length;
    }
    if (at < data.length) this.#rest = Buffer.from(data.subarray(at));
  }

  /** Length of the server's handshake response; undefined while it is incomplete. */
  #greet(data: Buffer): number {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return this.#wait(data);
    const [status = ''] = data.toString('latin1', 0, end).split('\r\n', 1);
    if (!status.startsWith('HTTP/1.1 101'))
      this.#socket.destroy(new Error(`The WebSocket handshake failed: ${status}`));
    this.#isOpen = true;
    this.#opened.resolve(this);
    return end + 4;
  }

  #wait(data: Buffer): number {
    this.#rest = Buffer.from(data);
    return data.length;
  }

  #frame(data: Buffer, at: number, start: number, end: number): void {
    const first = data[at];
    if (first === (0x80 | TEXT)) this.#options.onMessage(data, start, end);
    else if (first === (0x80 | PING)) this.#write(PONG, Buffer.from(data.subarray(start, end)));
    else if (first === (0x80 | CLOSE)) this.#socket.destroy();
    else throw new Error(`Unexpected frame: ${first}`);
  }
}
