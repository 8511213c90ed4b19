import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 2_000;
/** SSLRequest: its length, then 1234.5679 as two 16-bit numbers (PostgreSQL's manual, "Message Formats"). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * True if a PostgreSQL answers on this port. A connection alone proves nothing, because the kernel accepts it even for
 * a server that hangs; a request for encryption needs no password, and any answer to it comes from a session that the
 * server has opened.
 */
export function answersPostgres(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: PROBE_TIMEOUT_MS });
    const finish = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', () => socket.write(SSL_REQUEST));
    socket.once('data', (answer) => finish(['N', 'S'].includes(answer.toString('latin1', 0, 1))));
    for (const event of ['error', 'timeout', 'end'] as const) socket.once(event, () => finish(false));
  });
}
