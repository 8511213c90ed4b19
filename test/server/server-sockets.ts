import diagnostics from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { beforeAll } from 'vitest';

/** The open connections to all servers of this process, each by its server's side. */
export function useServerSockets(): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const note = (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('socket' in message)) return;
    const { socket } = message;
    if (!(socket instanceof Socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  beforeAll(() => {
    diagnostics.subscribe('net.server.socket', note);
    return () => {
      diagnostics.unsubscribe('net.server.socket', note);
    };
  });
  return sockets;
}
