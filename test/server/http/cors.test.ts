import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

const APP = 'https://app.example.org';
const OTHER = 'https://other.example.org';
const JSON_TYPE = { 'content-type': 'application/json' };

let listed: TestServer;
let open: TestServer;
let closed: TestServer;
let file: string;
const describe = bothWays({ open: start, close: () => Promise.all([listed.close(), open.close(), closed.close()]) });

async function start(fastPath: boolean): Promise<void> {
  listed = await TestServer.start({
    corsOrigins: [APP, 'http://localhost:5173'],
    limits: { bodyBytes: 2_000 },
    fastPath,
  });
  open = await TestServer.start({ corsOrigins: ['*'], fastPath });
  closed = await TestServer.start({ fastPath });
  await listed.storage.put('videos/a/film.mp4', Buffer.from('film'));
  file = listed.links.url('videos/a/film.mp4');
}

const post = (server: TestServer, origin: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_TYPE, origin, ...headers },
    body: JSON.stringify(body),
  });
const allowed = (response: Response) => response.headers.get('access-control-allow-origin');
const exposed = (response: Response) => response.headers.get('access-control-expose-headers')?.split(', ') ?? [];

/** Every kind of answer, with its status. */
const answers: [string, number, (origin: string) => Promise<Response>][] = [
  ['an answer of Apollo', 200, (origin) => post(listed, origin, { query: '{ hello }', extensions: {} })],
  [
    'an answer of the fast path',
    200,
    async (origin) => {
      for (let use = 0; use < 3; use++) await (await post(listed, origin, { query: '{ hello }' })).text();
      return await post(listed, origin, { query: '{ hello }' });
    },
  ],
  [
    'a refusal of the fast path',
    200,
    async (origin) => {
      for (let use = 0; use < 3; use++) await (await post(listed, origin, { query: '{ limited }' })).text();
      return await post(listed, origin, { query: '{ limited }' });
    },
  ],
  ['an invalid document', 400, (origin) => post(listed, origin, { query: '{ nonsense }' })],
  ['a dead token', 401, (origin) => post(listed, origin, { query: '{ hello }' }, { authorization: 'Bearer gone' })],
  [
    'a method that is not served',
    405,
    (origin) => fetch(`${listed.url}/graphql`, { method: 'PUT', headers: { origin } }),
  ],
  ['a body that is too large', 413, (origin) => post(listed, origin, { query: `{ hello } ${'#'.repeat(3_000)}` })],
  ['a compressed body', 415, (origin) => post(listed, origin, {}, { 'content-encoding': 'gzip' })],
  [
    'tokens that cannot be checked',
    503,
    async (origin) => {
      listed.backend.databaseIsLost = true;
      const answer = await post(listed, origin, { query: '{ hello }' }, { authorization: 'Bearer mia' });
      listed.backend.databaseIsLost = false;
      return answer;
    },
  ],
  ['an event stream', 200, (origin) => fetch(`${listed.url}/graphql/stream?query={hello}`, { headers: { origin } })],
  ['a file', 200, (origin) => fetch(listed.url + file, { headers: { origin } })],
  ['a part of a file', 206, (origin) => fetch(listed.url + file, { headers: { origin, range: 'bytes=1-2' } })],
  ['a forged link', 403, (origin) => fetch(`${listed.url}${file}x`, { headers: { origin } })],
];

describe('With a list of origins', () => {
  it.each(answers)('a page of a listed origin may read %s (%i)', async (_what, status, ask) => {
    const response = await ask(APP);
    await response.arrayBuffer();
    expect({ status: response.status, allowed: allowed(response) }).toEqual({ status, allowed: APP });
    expect(exposed(response)).toEqual(expect.arrayContaining(['x-trace-id', 'retry-after']));
    expect(response.headers.get('vary')).toMatch(/\borigin\b/);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each(answers)('a page of another origin may not read %s (%i)', async (_what, status, ask) => {
    const response = await ask(OTHER);
    await response.arrayBuffer();
    expect({ status: response.status, allowed: allowed(response) }).toEqual({ status, allowed: null });
    // Else a shared cache could give this answer to a page that may read it.
    expect(response.headers.get('vary')).toMatch(/\borigin\b/);
  });

  const preflight = (server: TestServer, path: string, origin: string) =>
    fetch(server.url + path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-of-my-own',
      },
    });

  it.each([
    ['/graphql', 'GET, POST'],
    ['/graphql/stream', 'GET, POST'],
    ['/files/videos/a/film.mp4', 'HEAD, GET'],
  ])(
    'a page of a listed origin may send any header to %s, and its browser caches the preflight for two hours',
    async (path, methods) => {
      const { status, headers } = await preflight(listed, path, APP);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(APP);
      expect(headers.get('access-control-allow-methods')?.split(', ').toSorted()).toEqual(
        methods.split(', ').toSorted(),
      );
      expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-of-my-own');
      expect(headers.get('access-control-max-age')).toBe('7200');
    },
  );

  it.each([OTHER, `${APP}:8443`, 'http://app.example.org', 'null', `${APP}.evil.example`])(
    'a preflight of %s allows nothing',
    async (origin) => {
      const { status, headers } = await preflight(listed, '/graphql', origin);
      expect(status).toBe(204);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it('a page of a listed origin may read neither probes nor metrics', async () => {
    for (const path of ['/livez', '/metrics', '/graphiql', '/nowhere']) {
      const response = await fetch(listed.url + path, { headers: { origin: APP } });
      await response.arrayBuffer();
      expect([path, allowed(response)]).toEqual([path, null]);
    }
  });
});

describe('With all origins allowed', () => {
  it('answers are the same for all origins and do not vary by origin in caches', async () => {
    const response = await post(open, OTHER, { query: '{ hello }' });
    expect(allowed(response)).toBe('*');
    expect(response.headers.get('vary')).toBeNull();
  });
});

describe('With no origin allowed', () => {
  it('no answer has CORS headers', async () => {
    for (let use = 0; use < 4; use++) {
      const { headers } = await post(closed, APP, { query: '{ hello }' });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control') || name === 'vary')).toEqual([]);
    }
  });

  it('a WebSocket opens nevertheless: its token is in connection_init, never added by the browser', async () => {
    const client = await SocketClient.open(closed.socketUrl);
    client.send({ type: 'connection_init' });
    expect(await client.gets('connection_ack')).toBeDefined();
    await client.leave();
  });
});
