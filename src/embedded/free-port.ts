import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Children of a killed server hold its port until they notice. */
const HELD_MS = 2_000;
const PAUSE_MS = 100;

/**
 * A TCP port of 127.0.0.1 without a listener at this moment; the preferred one where it is or soon becomes free. Another process may
 * take it first, so callers retry.
 */
export async function freePort(preferred = 0): Promise<number> {
  for (let waited = 0; preferred !== 0 && waited < HELD_MS; waited += PAUSE_MS) {
    try {
      return await opened(preferred);
    } catch {
      await sleep(PAUSE_MS); // it is in use
    }
  }
  return await opened(0);
}

function opened(asked: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: asked }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
