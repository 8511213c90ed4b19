import { Socket } from 'node:net';

/** Connecting depends on the network alone: no statement runs yet. */
const CONNECT_MS = 5_000;

/** The used parts of a pool of `pg`, which comes untyped with the ORM. */
interface Pool {
  on(event: 'connect' | 'acquire', listener: (client: Client) => void): unknown;
  on(event: 'release', listener: (error: unknown, client: Client) => void): unknown;
}
interface Client {
  readonly connection: { readonly stream: Socket };
}

/** Sockets whose peer has to accept them in time. */
export function connectingSocket(): Socket {
  const socket = new Socket();
  const onTimeout = destroyed(socket, CONNECT_MS);
  socket.setTimeout(CONNECT_MS, onTimeout);
  socket.once('connect', () => {
    socket.off('timeout', onTimeout);
    socket.setTimeout(0);
  });
  return socket;
}

/** The sockets of the connections with which a pool begins, until one of them is known to work. */
export class FirstSockets {
  #sockets: Socket[] | undefined = [];

  next(): Socket {
    const socket = connectingSocket();
    this.#sockets?.push(socket);
    return socket;
  }

  /** Whether a peer has accepted one of them, and has not closed it. */
  areAccepted(): boolean {
    return this.#sockets?.some((socket) => !socket.connecting && !socket.destroyed) ?? false;
  }

  destroy(): void {
    for (const socket of this.#sockets ?? []) socket.destroy();
  }

  release(): void {
    this.#sockets = undefined;
  }
}

/**
 * Ends connections on which nothing was sent or received for this time while they are in use: a peer that has vanished silently (a
 * cut cable, a firewall that dropped the connection) sends nothing, and otherwise only TCP reports it, after a
 * quarter of an hour. The server ends every statement sooner than that, so a longer silence always means a lost connection.
 * While nothing uses a connection it may be silent: the keep-alive probes of TCP find a lost one then.
 */
export function endSilentConnections(pool: Pool, silentMs: number): void {
  pool.on('connect', ({ connection: { stream } }) => void stream.on('timeout', destroyed(stream, silentMs)));
  pool.on('acquire', ({ connection: { stream } }) => void stream.setTimeout(silentMs));
  pool.on('release', (_error, { connection: { stream } }) => void stream.setTimeout(0));
}

function destroyed(socket: Socket, ms: number): () => void {
  return () =>
    void socket.destroy(Object.assign(new Error(`PostgreSQL was silent for ${ms / 1_000} s.`), { code: 'ETIMEDOUT' }));
}
