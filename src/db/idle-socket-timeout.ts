import { Socket } from 'node:net';

/** Connecting is a matter of the network alone: no statement runs yet. */
const CONNECT_MS = 5_000;

/**
 * Sockets that end themselves once nothing has come or gone for this time: a peer that has vanished without a word (a
 * cut cable, a firewall that forgot us) answers nothing, and nobody else would tell us before TCP gives up, after a
 * quarter of an hour. The server ends every statement sooner than that, so a long silence is never an honest one.
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
