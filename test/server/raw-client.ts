import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from './harness.ts';

/** A TCP connection to the server that reads only on request. */
export class RawClient {
  readonly socket: Socket;
  /** The bytes read so far, one character for each. */
  text = '';
  isClosed = false;

  static async open(port: number): Promise<RawClient> {
    const client = new RawClient(connect({ host: '127.0.0.1', port, noDelay: true }));
    await once(client.socket, 'connect');
    return client;
  }

  /** A WebSocket, with its connection_ack where `greets`. */
  static async openWebSocket(port: number, { greets = true } = {}): Promise<RawClient> {
    const client = await RawClient.open(port);
    client.socket.write(webSocketRequest());
    await client.reads('101 Switching Protocols');
    if (greets) client.socket.write(frame('{"type":"connection_init"}'));
    if (greets) await client.reads('connection_ack');
    return client;
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  /** Reads until the text is received, then stops reading. */
  async reads(expected: string): Promise<void> {
    const take = (chunk: Buffer) => {
      this.text += chunk.toString('latin1');
    };
    this.socket.on('data', take).resume();
    await until(() => this.text.includes(expected));
    this.socket.pause();
    this.socket.off('data', take);
  }

  /**
   * Writes the same bytes repeatedly, without reading: until so many bytes are written, or the server has closed the
   * connection. `look` is called while the server reads nothing more, and at the end.
   */
  async flood(bytes: Buffer, total: number, look: () => void): Promise<void> {
    for (let written = 0; written < total && !this.isClosed; written += bytes.length) {
      if (!this.socket.write(bytes)) await this.#drained(look);
    }
    look();
  }

  async #drained(look: () => void): Promise<void> {
    const looking = setInterval(look, 5);
    await new Promise<void>((resolve) => {
      const done = () => {
        this.socket.off('drain', done).off('close', done);
        resolve();
      };
      this.socket.on('drain', done).on('close', done);
    });
    clearInterval(looking);
  }
}

export function webSocketRequest(headers: readonly string[] = ['Connection: Upgrade', 'Upgrade: websocket']): string {
  return [
    'GET /graphql HTTP/1.1',
    'Host: localhost',
    ...headers,
    'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    '\r\n',
  ].join('\r\n');
}

const TEXT = 0x1;
export const PING = 0x9;

/** A frame of a WebSocket (RFC 6455 §5.2), masked with zeros, which leave the payload as it is. */
export function frame(payload: string | Buffer, opcode = TEXT): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (head.length === 2) head[1] = 0x80 | bytes.length;
  if (head.length === 4) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(bytes.length, 2);
  }
  if (head.length === 10) {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(bytes.length), 2);
  }
  return Buffer.concat([head, Buffer.alloc(4), bytes]);
}
