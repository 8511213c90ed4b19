import Fastify from 'fastify';
import { expect, it, vi } from 'vitest';
import { listen } from './listen.ts';

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
