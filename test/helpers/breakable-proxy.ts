import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** A proxy between a client and a server, to cut or to stall all connections through it. */
export class BreakableProxy {
  readonly url: string;
  cuts = 0;
  /** While it is true no new connection is made. */
  isShut = false;
  /** While it is true new connections are accepted, and nothing answers on them. */
  isSilent = false;
  /** How much later everything arrives. */
  delayMs = 0;
  readonly #sockets: Set<Socket>;
  readonly #close: () => Promise<void>;

  private constructor(url: string, sockets: Set<Socket>, close: () => Promise<void>) {
    this.url = url;
    this.#sockets = sockets;
    this.#close = close;
  }

  static async to(target: string): Promise<BreakableProxy> {
    const sockets = new Set<Socket>();
    let proxy: BreakableProxy | undefined;
    const hold = (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    };
    const server = createServer((near) => {
      if (proxy?.isShut) return void near.destroy();
      if (proxy?.isSilent) return void hold(near);
      const far = connect(Number(new URL(target).port), '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        hold(socket);
        socket.pipe(delayed(() => proxy?.delayMs ?? 0)).pipe(other);
        socket.on('error', () => other.destroy());
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on a TCP port.');
    proxy = new BreakableProxy(`http://127.0.0.1:${address.port}`, sockets, async () => {
      server.close();
      await once(server, 'close');
    });
    return proxy;
  }

  /** The address of the target in the form of a client, with this proxy as its host and port. */
  inFrontOf(target: string): string {
    const changed = new URL(target);
    changed.hostname = '127.0.0.1';
    changed.port = new URL(this.url).port;
    return changed.href;
  }

  cut(): void {
    if (this.#sockets.size > 0) this.cuts++;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** On open connections neither side receives anything from the other again, not even that it has ended; new ones work. */
  freeze(): number {
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.pause();
    }
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    this.cut();
    await this.#close();
  }
}

function delayed(delayMs: () => number): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const milliseconds = delayMs();
      if (milliseconds === 0) done(null, chunk);
      else setTimeout(() => done(null, chunk), milliseconds);
    },
  });
}
