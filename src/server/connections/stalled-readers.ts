import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { SlowReaderDetector } from '../subscriptions/slow-reader.ts';

export interface StalledReaderOptions {
  /** Bytes that a connection may hold unsent for any time. */
  readonly unsentBytes: number;
  /** Milliseconds in which a client has to take what exceeds them. */
  readonly answerMs: number;
  readonly onDropped: () => void;
}

/**
 * Ends HTTP connections whose client does not take a large answer: the answer lies in the memory of the process until then. Node does not
 * say how much of it the client has taken, so the whole answer has a time. Files are sent in small parts, and are not concerned.
 * WebSockets are watched by their own connections, which close them with a code. Returns the function that ends the watch.
 */
export function dropStalledReaders(
  server: Server,
  { unsentBytes, answerMs, onDropped }: StalledReaderOptions,
): () => void {
  const sockets = new Map<Socket, SlowReaderDetector>();
  server.on('connection', (socket: Socket) => {
    sockets.set(socket, new SlowReaderDetector({ unsentBytes, slowMs: answerMs }));
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', ({ socket }: IncomingMessage) => void sockets.delete(socket));
  const timer = setInterval(
    () => {
      for (const [socket, detector] of sockets) {
        if (!detector.isTooSlow(socket.writableLength)) continue;
        onDropped();
        socket.destroy();
      }
    },
    Math.min(1_000, answerMs / 2),
  );
  timer.unref();
  return () => clearInterval(timer);
}
