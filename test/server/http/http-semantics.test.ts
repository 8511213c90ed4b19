import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { COMPRESS_FROM, encodingFor } from '../../../src/server/http/compression.ts';
import { bothWays } from '../both-ways.ts';
import { TestServer } from '../harness.ts';

let server: TestServer;
const describe = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath });
    await server.storage.put('videos/a/long.srt', Buffer.from('1\n'.repeat(20_000)));
  },
  close: () => server.close(),
});

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** The bytes as received: fetch would decompress them. */
async function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const asking = request(server.url + path, { method, headers });
  asking.end(body);
  const [response]: IncomingMessage[] = await once(asking, 'response');
  if (!response) throw new Error('There was no response.');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (query: string, headers: Record<string, string> = {}, more: object = {}) =>
  send('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify({ query, ...more }) });

describe('a method that a path does not serve', () => {
  const paths: [string, string[]][] = [
    ['/graphql', ['GET', 'POST']],
    ['/graphql/stream', ['GET', 'POST']],
    ['/files/videos/a/film.mp4', ['GET', 'HEAD']],
    ['/livez', ['GET', 'HEAD']],
    ['/graphiql', ['GET', 'HEAD']],
  ];
  const cases = paths.flatMap(([path, allowed]) =>
    ['PUT', 'PATCH', 'DELETE', 'HEAD', 'POST']
      .filter((method) => !allowed.includes(method))
      .map((method) => [method, path, allowed] as const),
  );

  it.each(cases)('%s of %s is answered with 405 and the methods that it serves', async (method, path, allowed) => {
    // Neither the type of the body nor its encoding is checked before the method.
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    const answer = await send(path, { method, ...(method !== 'HEAD' && { headers, body: 'x' }) });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow?.split(', ').toSorted()).toEqual(allowed.toSorted());
    if (method !== 'HEAD') expect(JSON.parse(String(answer.body)).errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each(paths)('is not in the Allow header of OPTIONS of %s', async (path, allowed) => {
    const { status, headers } = await send(path, { method: 'OPTIONS' });
    const allow = headers.allow?.split(', ').toSorted();
    expect({ status, allow }).toEqual({ status: 204, allow: [...allowed, 'OPTIONS'].toSorted() });
  });

  it('of a path that does not exist is answered with 404', async () => {
    expect((await send('/nowhere', { method: 'PUT' })).status).toBe(404);
  });
});

it('An address that cannot be read is refused as every request is', async () => {
  const own = await TestServer.start();
  try {
    for (const path of ['/%zz', '/files/%', '/graphql%']) {
      const response = await fetch(own.url + path);
      const traceId = response.headers.get('x-trace-id');
      expect([response.status, await response.json()]).toEqual([
        400,
        { errors: [{ message: 'The address is not a valid one.', extensions: { code: 'BAD_USER_INPUT', traceId } }] },
      ]);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  } finally {
    await own.close();
  }
});

describe('a compressed body', () => {
  const zipped = gzipSync(JSON.stringify({ query: '{ hello }' }));

  it.each(['/graphql', '/graphql/stream'])('is refused by %s with the accepted encodings', async (path) => {
    for (let use = 0; use < 3; use++) {
      const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
      const answer = await send(path, { method: 'POST', headers, body: zipped });
      expect(answer.status).toBe(415);
      expect(answer.headers['accept-encoding']).toBe('identity');
      expect(JSON.parse(String(answer.body)).errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });

  it('may have the encoding "identity", which means uncompressed', async () => {
    expect((await post('{ hello }', { 'content-encoding': 'identity' })).status).toBe(200);
  });
});

describe('Retry-After', () => {
  it('is in every rate-limited answer, of Apollo and of the fast path', async () => {
    const viaApollo = await post('{ limited }', {}, { extensions: {} });
    expect(viaApollo.headers['retry-after']).toBe('41');
    for (let use = 0; use < 4; use++) expect((await post('{ limited }')).headers['retry-after']).toBe('41');
    expect((await post('{ hello }')).headers['retry-after']).toBeUndefined();
  });
});

describe('a large answer', () => {
  const large = '{ large(characters: 30000) }';
  const plain = `{"data":{"large":"${'x'.repeat(30_000)}"}}\n`;
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync };

  for (const [way, more] of [
    ['Apollo', { extensions: {} }],
    ['the fast path', {}],
  ] as const) {
    it.each(['br', 'gzip'] as const)(
      `of ${way} is compressed with %s for a client that accepts it`,
      async (encoding) => {
        for (let use = 0; use < 4; use++) {
          const { headers, body } = await post(large, { 'accept-encoding': encoding }, more);
          expect(headers['content-encoding']).toBe(encoding);
          expect(headers['content-length']).toBe(String(body.length));
          expect(headers.vary).toBe('accept-encoding');
          expect(body.length).toBeLessThan(1_000);
          expect(String(unpack[encoding](body))).toBe(plain);
        }
      },
    );

    it(`of ${way} is not compressed for a client that accepts no encoding`, async () => {
      for (let use = 0; use < 4; use++) {
        const { headers, body } = await post(large, { 'accept-encoding': 'identity' }, more);
        expect(headers).toMatchObject({ vary: 'accept-encoding', 'content-length': String(plain.length) });
        expect(headers['content-encoding']).toBeUndefined();
        expect(String(body)).toBe(plain);
      }
    });

    it(`of ${way} is compressed from ${COMPRESS_FROM} bytes on`, async () => {
      const characters = COMPRESS_FROM - '{"data":{"large":""}}\n'.length;
      for (const [count, encoding] of [
        [characters - 1, undefined],
        [characters, 'gzip'],
      ] as const)
        for (let use = 0; use < 4; use++) {
          const { headers } = await post(`{ large(characters: ${count}) }`, { 'accept-encoding': 'gzip' }, more);
          expect([count, headers['content-encoding']]).toEqual([count, encoding]);
        }
    });
  }

  it('varies by encoding in caches, also if answers vary by origin', async () => {
    const other = await TestServer.start({ corsOrigins: ['https://app.example.org'] });
    try {
      for (let use = 0; use < 4; use++)
        expect((await other.post(large)).headers.get('vary')).toBe('origin, accept-encoding');
      const body = JSON.stringify({ query: large, extensions: {} });
      const viaApollo = await fetch(`${other.url}/graphql`, { method: 'POST', headers: JSON_TYPE, body });
      await viaApollo.arrayBuffer();
      expect(viaApollo.headers.get('vary')).toBe('origin, accept-encoding');
    } finally {
      await other.close();
    }
  });

  it('is not compressed if it is an event stream or a file', async () => {
    const stream = await send(`/graphql/stream?query=${encodeURIComponent(large)}`, {
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect(stream.headers['content-encoding']).toBeUndefined();
    expect(String(stream.body)).toContain('xxx');
    const file = await send(server.links.url('videos/a/long.srt'), { headers: { 'accept-encoding': 'br, gzip' } });
    expect(file.headers).toMatchObject({ 'content-length': '40000' });
    expect(file.headers['content-encoding']).toBeUndefined();
  });

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
    ['*', 'br'],
    ['*;q=0', null],
    ['identity', null],
    ['BR', 'br'],
    ['gzip;q=nonsense', null],
    ['', null],
    [undefined, null],
  ])('is negotiated: Accept-Encoding %j selects %j', (accept, encoding) => {
    expect(encodingFor(accept)).toBe(encoding);
  });
});

describe('/graphql in a browser', () => {
  const html = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  it('redirects to GraphiQL', async () => {
    const { status, headers } = await send('/graphql', { headers: html });
    expect({ status, location: headers.location }).toEqual({ status: 302, location: 'graphiql' });
    expect((await fetch(`${server.url}/graphql`, { headers: html })).url).toBe(`${server.url}/graphiql`);
  });

  it('answers a request with a query, and a client that is no browser', async () => {
    expect((await send('/graphql?query={hello}', { headers: html })).status).toBe(200);
    expect((await send('/graphql')).status).toBe(400);
  });
});

describe('a GET', () => {
  const url = `/graphql?query=${encodeURIComponent('{ whoami }')}`;

  it('of a user needs no header except the token', async () => {
    server.backend.signIn('mia');
    const { status, body } = await send(url, { headers: { authorization: 'Bearer mia' } });
    expect({ status, body: String(body) }).toEqual({ status: 200, body: '{"data":{"whoami":"mia"}}\n' });
  });

  it('of a guest needs none', async () => {
    expect(String((await send(url)).body)).toBe('{"data":{"whoami":null}}\n');
  });
});
