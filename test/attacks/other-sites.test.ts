import { expect, it } from 'vitest';
import { bothWays } from '../server/both-ways.ts';
import { TestServer } from '../server/harness.ts';
import { RawClient, webSocketRequest } from '../server/raw-client.ts';

let server: TestServer;
const eachWay = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath, corsOrigins: ['https://app.example.org'] });
  },
  close: () => server.close(),
});

/** The beginning of the server's answer, at least its headers. */
async function answerTo(request: string, end = '}'): Promise<string> {
  const client = await RawClient.open(server.server.port);
  client.socket.write(request);
  await client.reads(end);
  client.socket.destroy();
  return client.text;
}

const MUTATION = 'mutation { bump }';
const EVIL = { origin: 'https://evil.example' };

eachWay('A page of another site', () => {
  const forms: readonly [string, string, string][] = [
    ['a form', 'application/x-www-form-urlencoded', new URLSearchParams({ query: MUTATION }).toString()],
    ['a form of plain text that looks like JSON', 'text/plain', JSON.stringify({ query: MUTATION })],
    ['a form with a charset', 'text/plain; charset=utf-8', JSON.stringify({ query: MUTATION })],
    [
      'a form with files',
      'multipart/form-data; boundary=x',
      `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"${MUTATION}"}\r\n--x--\r\n`,
    ],
    ['a document as a body', 'application/graphql', MUTATION],
    ['two types', 'text/plain, application/json', JSON.stringify({ query: MUTATION })],
    ['a type with a disguise', 'text/plain; x=application/json', JSON.stringify({ query: MUTATION })],
  ];

  it.each(forms)('changes nothing with %s, because a browser sends that without asking', async (_what, type, body) => {
    for (const path of ['/graphql', '/graphql/stream'])
      for (const _time of [1, 2]) {
        const answer = await fetch(server.url + path, {
          method: 'POST',
          headers: { 'content-type': type, ...EVIL },
          body,
        });
        expect(answer.status, path).toBe(415);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        await answer.arrayBuffer();
      }
    expect(server.backend.bumps).toBe(0);
  });

  it('changes nothing without a content type', async () => {
    const body = Buffer.from(JSON.stringify({ query: MUTATION }));
    for (const path of ['/graphql', '/graphql/stream']) {
      const answer = await fetch(server.url + path, { method: 'POST', headers: EVIL, body });
      expect(answer.status, path).toBe(415);
    }
    expect(server.backend.bumps).toBe(0);
  });

  it.each(['/graphql', '/graphql/stream'])('changes nothing with a GET of %s', async (path) => {
    const others = [MUTATION, 'query Q { hello } mutation M { bump }', `${MUTATION} # GET`];
    for (const query of others)
      for (const headers of [
        EVIL,
        { ...EVIL, 'x-http-method-override': 'POST' },
        { ...EVIL, 'content-type': 'application/json' },
      ]) {
        const search = new URLSearchParams({ query, operationName: query.includes(' M ') ? 'M' : '' });
        if (!query.includes(' M ')) search.delete('operationName');
        const answer = await fetch(`${server.url}${path}?${search}`, { headers });
        expect(answer.status, query).toBe(405);
        expect(answer.headers.get('allow')).toBe('POST');
      }
    expect(server.backend.bumps).toBe(0);
  });

  it('gets no permission in advance to post JSON, and reads no answer', async () => {
    const asked = {
      ...EVIL,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const preflight = await fetch(`${server.url}/graphql`, { method: 'OPTIONS', headers: asked });
    expect(preflight.headers.get('access-control-allow-headers')).toBeNull();
    const read = await fetch(`${server.url}/graphql?query=%7Bhello%7D`, { headers: EVIL });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('changes nothing at a name that it leads to this machine (DNS rebinding), and a page at a local name does', async () => {
    const from = (host: string, body: object) => {
      const text = JSON.stringify(body);
      return answerTo(
        `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
      );
    };
    // The fast path answers from the third time on.
    for (let time = 0; time < 4; time++)
      for (const host of ['localhost:4000', '127.0.0.1', '[::1]:4000', 'studio.local:4000', 'api:4000'])
        expect(await from(host, { query: MUTATION }), host).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const { bumps } = server.backend;
    for (const host of ['evil.example', 'evil.example:4000', 'localhost.evil.example', '127.0.0.1.evil.example'])
      for (const body of [{ query: MUTATION }, { query: MUTATION, extensions: {} }]) {
        const answer = await from(host, body);
        expect(answer, host).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
        expect(answer).toContain('its operator can set PUBLIC_URL or CORS_ORIGINS');
      }
    expect(server.backend.bumps).toBe(bumps);
  });

  it('opens no WebSocket; a page of a listed origin does', async () => {
    const withOrigin = (origin: string) =>
      webSocketRequest().replace('Host: localhost', `Host: localhost\r\nOrigin: ${origin}`);
    const evil = await answerTo(withOrigin(EVIL.origin), '\r\n\r\n');
    expect(evil).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    const listed = await answerTo(withOrigin('https://app.example.org'), '\r\n\r\n');
    expect(listed).toMatch(/^HTTP\/1\.1 101 /);
  });
});
