import { createServer } from 'node:net';

/**
 * A TCP port of 127.0.0.1 without a listener at this moment, the preferred one where it is free; another process may take
 * it first, so callers retry.
 */
export function freePort(preferred = 0): Promise<number> {
  return preferred === 0 ? opened(0) : opened(preferred).catch(() => opened(0));
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
