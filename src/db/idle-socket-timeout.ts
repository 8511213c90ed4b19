import { Socket } from 'node:net';

/** Connecting depends on the network alone: no statement runs yet. */
const CONNECT_MS = 5_000;

/**
 * Sockets that close themselves when nothing was sent or received for this time: a peer that has vanished silently (a
 * cut cable, a firewall that dropped the connection) sends nothing, and otherwise only TCP reports it, after a
 * quarter of an hour. The server ends every statement sooner than that, so a longer silence always means a lost connection.
 */
export function socketsWithIdleTimeout(idleTimeoutMs: number): () => Socket {
  return () => {
    const socket = new Socket();
    const destroyAfter = (ms: number) => () =>
      socket.destroy(Object.assign(new Error(`PostgreSQL was silent for ${ms / 1_000} s.`), { code: 'ETIMEDOUT' }));
    const late = destroyAfter(CONNECT_MS);
    socket.setTimeout(CONNECT_MS, late);
    socket.once('connect', () => {
      socket.off('timeout', late);
      socket.setTimeout(idleTimeoutMs, destroyAfter(idleTimeoutMs));
    });
    return socket;
  };
}
