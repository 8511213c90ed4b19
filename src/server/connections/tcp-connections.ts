import type { Server, Socket } from 'node:net';
import { networkOf } from '../../auth/client-network.ts';

export interface TcpConnectionOptions {
  /** Connections from one network at once. */
  readonly most: number;
  /** True for the address of a trusted proxy, which connects for many clients. */
  readonly isProxy: (address: string) => boolean;
  /** Called for each connection that was closed because there are too many. */
  readonly onRefused: (network: string) => void;
}

/**
 * Closes a connection at once where its network has as many to this process as it may have. Nothing is answered: a client that opens
 * connections by the hundred and sends nothing would not read it either.
 */
export function limitTcpConnections(server: Server, { most, isProxy, onRefused }: TcpConnectionOptions): void {
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined || isProxy(remoteAddress)) return;
    const network = networkOf(remoteAddress.replace(/^::ffff:(?=\d{1,3}\.)/i, ''));
    const count = counts.get(network) ?? 0;
    if (count >= most) {
      onRefused(network);
      socket.destroy();
      return;
    }
    counts.set(network, count + 1);
    socket.once('close', () => {
      const left = (counts.get(network) ?? 1) - 1;
      if (left > 0) counts.set(network, left);
      else counts.delete(network);
    });
  });
}
