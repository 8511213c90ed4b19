import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../harness.ts';
import { RawClient } from '../raw-client.ts';

const KEY = 'videos/one/film-ab12.mp4';

/** What every answer has, of OWASP's list for APIs. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

describe.each([
  { publicUrl: 'https://video.example.org', security: 'max-age=31536000' },
  { publicUrl: 'http://video.example.org', security: null },
])('With PUBLIC_URL=$publicUrl', ({ publicUrl, security }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ publicUrl, limits: { headersMs: 300, bodyBytes: 2_000 } });
    await server.storage.put(KEY, Buffer.alloc(100));
  });
  afterAll(() => server.close());

  const post = (query: string, path = '/graphql') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query }),
    });
  const answers: readonly [string, () => Promise<Response>][] = [
    ['by Apollo', () => post('{ hello }')],
    [
      'by the fast path',
      async () => [await post('{ hello }'), await post('{ hello }'), await post('{ hello }')][2] ?? (await post('')),
    ],
    ['of an error', () => post('{ boom }')],
    ['of an event stream', () => post('{ hello }', '/graphql/stream')],
    ['without a route', () => fetch(`${server.url}/nothing`)],
    ['to another method', () => fetch(`${server.url}/graphql`, { method: 'PUT' })],
    ['of a body that is too large', () => post('#'.repeat(3_000))],
    ['of a file', () => fetch(server.url + server.links.url(KEY))],
    ['of a forged link', () => fetch(`${server.url}/files/${KEY}?e=1&s=x`)],
    ['of a probe', () => fetch(`${server.url}/livez`)],
    ['of the page', () => fetch(`${server.url}/graphiql`)],
  ];

  it.each(answers)('an answer %s has the security headers', async (_which, ask) => {
    const response = await ask();
    await response.arrayBuffer();
    for (const [name, value] of Object.entries(HEADERS)) expect(response.headers.get(name), name).toBe(value);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(response.headers.get('strict-transport-security')).toBe(security);
  });

  it.each([
    ['that is no HTTP', '400', 'GE T / what\r\n\r\n'],
    ['with headers that are too large', '431', `GET /livez HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['that does not arrive', '408', 'GET /livez HTTP/1.1\r\nHost: a\r\n'],
  ])('a request %s is refused with %s, as every refusal is written', async (_which, status, bytes) => {
    const client = await RawClient.open(server.server.port);
    client.socket.write(bytes);
    await client.reads('"traceId"');
    const [head = '', body = ''] = client.text.split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    for (const [name, value] of Object.entries(HEADERS)) expect(head).toContain(`${name}: ${value}`);
    expect(head.includes('strict-transport-security: max-age=31536000')).toBe(security !== null);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    client.socket.destroy();
  });

  it('no window of another origin holds the page, and the page uses no device', async () => {
    const { headers } = await fetch(`${server.url}/graphiql`);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=(), ');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
