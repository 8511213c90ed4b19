import { once } from 'node:events';
import { createServer } from 'node:net';
import Fastify from 'fastify';
import { expect, it, vi } from 'vitest';
import { checkPort, listen } from './listen.ts';

it.each([
  ['localhost', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.1'],
])(
  'A server at %s listens once, because a second one would have neither limits nor the fast path',
  async (host, at) => {
    const app = Fastify();
    const asked = vi.spyOn(app, 'listen');
    try {
      const { url, port } = await listen(app, { host, port: 0 }, 'PORT');
      expect(asked.mock.calls).toMatchObject([[{ host: at, port: 0 }]]);
      expect(app.addresses()).toMatchObject([{ address: '127.0.0.1', port }]);
      expect(new URL(url)).toMatchObject({ hostname: host, port: String(port) });
    } finally {
      await app.close();
    }
  },
);

it('A port can be checked before anything else of the start, and stays free for the server', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(checkPort({ host: 'localhost', port })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `Port ${port} of localhost cannot be opened, something listens there already: change HOST or PORT.`,
    cause: { syscall: 'listen' },
  });
  other.close();
  await once(other, 'close');
  await checkPort({ host: 'localhost', port });
  await checkPort({ host: 'localhost', port });
  await checkPort({ host: 'localhost', port: 0 });
});
