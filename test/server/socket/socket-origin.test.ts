import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestServer, type TestServerOptions } from '../harness.ts';

/** 101 where the WebSocket is opened, else the status of the refusal. */
async function statusFor(server: TestServer, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(server.socketUrl, 'graphql-transport-ws', { headers });
  socket.on('error', () => undefined);
  try {
    return await Promise.race([
      once(socket, 'open').then(() => 101),
      once(socket, 'unexpected-response').then(([, response]) => Number(response.statusCode)),
    ]);
  } finally {
    socket.terminate();
  }
}

function onServer(
  options: TestServerOptions,
  tests: (status: (headers: Record<string, string>) => Promise<number>) => void,
) {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(options);
  });
  afterAll(() => server.close());
  tests((headers) => statusFor(server, headers));
}

const own = (port: number) => `127.0.0.1:${port}`;

describe('A WebSocket without CORS_ORIGINS and PUBLIC_URL', () => {
  onServer({}, (status) => {
    it('is opened for programs, which name no origin', async () => {
      expect(await status({})).toBe(101);
    });

    it('is opened for pages of this server, by its address or a name of the local network', async () => {
      for (const host of [own(8_000), 'localhost:8000', '[::1]:8000', '192.168.1.5', 'api:4000', 'studio.local:4000'])
        expect(await status({ origin: `http://${host}`, host }), host).toBe(101);
    });

    it.each([
      ['of another origin', { origin: 'https://evil.example', host: '127.0.0.1:8000' }],
      ['of another port of this machine', { origin: 'http://127.0.0.1:5173', host: '127.0.0.1:8000' }],
      [
        'whose name leads to this machine (DNS rebinding)',
        { origin: 'http://evil.example:8000', host: 'evil.example:8000' },
      ],
      ['in a sandbox or a file', { origin: 'null' }],
      ['with an origin that is none', { origin: 'what?' }],
      [
        'whose origin begins as the host does',
        { origin: 'http://127.0.0.1:8000.evil.example', host: '127.0.0.1:8000' },
      ],
    ])('is refused with 403 for a page %s', async (_which, headers) => {
      expect(await status(headers)).toBe(403);
    });
  });
});

describe('A WebSocket with PUBLIC_URL', () => {
  onServer({ publicUrl: 'https://video.example.org/app' }, (status) => {
    it('is opened for pages of that origin, whatever host the proxy names', async () => {
      expect(await status({ origin: 'https://video.example.org', host: 'backend-1:8000' })).toBe(101);
    });

    it('is refused for pages that look like it', async () => {
      for (const origin of [
        'http://video.example.org',
        'https://video.example.org:8443',
        'https://a.video.example.org',
      ])
        expect(await status({ origin, host: 'video.example.org' }), origin).toBe(403);
    });
  });
});

describe('A WebSocket with CORS_ORIGINS', () => {
  onServer({ corsOrigins: ['https://app.example.org', 'capacitor://localhost'] }, (status) => {
    it('is opened for those origins alone', async () => {
      expect(await status({ origin: 'https://app.example.org' })).toBe(101);
      expect(await status({ origin: 'capacitor://localhost' })).toBe(101);
      expect(await status({ origin: 'https://other.example.org' })).toBe(403);
    });
  });
});

describe('A WebSocket with CORS_ORIGINS=*', () => {
  onServer({ corsOrigins: ['*'] }, (status) => {
    it('is opened for every page', async () => {
      for (const origin of ['https://evil.example', 'null']) expect(await status({ origin })).toBe(101);
    });
  });
});
