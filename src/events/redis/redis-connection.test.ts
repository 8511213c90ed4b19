import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newRedisClient, RedisConnection } from './redis-connection.ts';

let server: Server;
let url: string;
/** Connections that the clients have opened so far. */
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');
  url = `redis://127.0.0.1:${address.port}`;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

/** Resolves when the client has closed the connection; the client has sent it, or will. */
async function closedByClient(): Promise<void> {
  if (sockets.length === 0) await once(server, 'connection');
  const [socket] = sockets;
  if (socket === undefined) throw new Error('There is no connection.');
  socket.resume();
  if (!socket.readableEnded) await once(socket, 'end');
}

describe('A connection that is closed while it is connecting', () => {
  it('leaves no open socket, which would keep the process alive', async () => {
    const connection = new RedisConnection({ url, onReady: () => undefined, onLost: () => undefined });
    connection.open();
    connection.close();
    await closedByClient();
    expect(sockets).toHaveLength(1);
  });

  it('leaves none of a client of the driver either', async () => {
    const client = newRedisClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    const refused = expect(client.connect()).rejects.toThrow();
    client.destroy();
    await closedByClient();
    await refused;
    expect(client.isReady).toBe(false);
  });
});
