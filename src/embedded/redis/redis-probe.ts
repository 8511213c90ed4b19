import { connect } from 'node:net';
import type { RedisAccess } from './redis-config.ts';

const PROBE_TIMEOUT_MS = 2_000;

/** True if the Redis with this password answers here and has loaded its data. */
export function answersPing({ port, password }: RedisAccess): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: PROBE_TIMEOUT_MS });
    let answer = '';
    const finish = () => {
      socket.destroy();
      // "+OK" for the password; "+PONG" comes only after loading, before that a "-LOADING" error.
      resolve(answer === '+OK\r\n+PONG\r\n');
    };
    socket.setEncoding('utf8');
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (text: string) => {
      answer += text;
      if (answer.split('\r\n').length > 2) finish();
    });
    for (const event of ['error', 'timeout', 'end'] as const) socket.once(event, finish);
  });
}
