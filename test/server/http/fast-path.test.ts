import { hash } from 'node:crypto';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer, until } from '../harness.ts';
import { RawClient } from '../raw-client.ts';

let server: TestServer;
let isOn: boolean;
const describe = bothWays({
  open: async (fastPath) => {
    isOn = fastPath;
    server = await TestServer.start({ env: 'production', fastPath });
  },
  close: () => server.close(),
});

interface Sent {
  readonly query?: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

async function post(body: Sent | string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const shown = Object.fromEntries(response.headers);
  const text = await response.text();
  for (const name of ['date', 'x-trace-id', 'content-length']) delete shown[name];
  return { status: response.status, headers: shown, text: text.replaceAll(/[\da-f]{32}/g, 'TRACE') };
}

const cases: [string, Sent][] = [
  ['data', { query: '{ hello }' }],
  ['an alias', { query: '{ again: hello __typename }' }],
  ['a viewer', { query: '{ whoami secret }' }],
  ['variables', { query: 'query ($n: Int!) { echo(number: $n) }', variables: { n: 7 } }],
  ['a variable of the wrong type', { query: 'query ($n: Int!) { echo(number: $n) }', variables: { n: 'many' } }],
  ['a variable left out', { query: 'query ($n: Int!) { echo(number: $n) }' }],
  ['variables that are no object', { query: 'query ($n: Int) { hello }', variables: [1] }],
  ['an operation by name', { query: 'query A { hello } query B { traceId }', operationName: 'B' }],
  ['an unknown operation name', { query: 'query A { hello }', operationName: 'C' }],
  ['an operation name that is no text', { query: '{ hello }', operationName: 7 }],
  ['a mutation', { query: 'mutation { __typename }' }],
  ['a subscription', { query: 'subscription { ticks }' }],
  ['an internal error', { query: '{ boom hello }' }],
  ['a lost database', { query: '{ lost }' }],
  ['a field that guests may not read', { query: '{ secret }' }],
  ['an unknown field', { query: '{ nonsense }' }],
  ['characters of every kind', { query: '{ say(text: "Käse, 蜜蜂跳舞, 🐝") }' }],
  ['characters of Latin-1 alone', { query: '{ say(text: "Käse") }' }],
];
/** A request on a connection that stays open. */
function postOf(body: string, authorization: string | undefined): string {
  const lines = ['POST /graphql HTTP/1.1', 'host: localhost', 'content-type: application/json'];
  if (authorization !== undefined) lines.push(`authorization: ${authorization}`);
  return [...lines, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

const HELLO = JSON.stringify({ query: '{ hello }' });

describe('a request that is answered before the routes', () => {
  it.each(cases)('has the same answer as from Apollo, byte for byte: %s', async (_what, body) => {
    const viaApollo = await post({ ...body, extensions: {} });
    for (let use = 0; use < 4; use++) expect(await post(body)).toEqual(viaApollo);
  });

  it.each(['*/*', 'application/json', 'application/graphql-response+json', 'text/html', 'text/plain'])(
    'is answered as by Apollo for Accept: %s',
    async (accept) => {
      const viaApollo = await post({ query: '{ hello }', extensions: {} }, { accept });
      for (let use = 0; use < 3; use++) expect(await post({ query: '{ hello }' }, { accept })).toEqual(viaApollo);
    },
  );

  it('is executed for each request, with the variables and the viewer of that request', async () => {
    const body = { query: 'query Who($n: Int!) { whoami echo(number: $n) }' };
    const authorization = `Bearer ${server.backend.signIn('mia')}`;
    for (let use = 0; use < 6; use++)
      for (const n of [1, 2]) {
        const answers = await Promise.all([
          post({ ...body, variables: { n } }),
          post({ ...body, variables: { n } }, { authorization }),
        ]);
        expect(answers.map(({ text }) => text)).toEqual([
          `{"data":{"whoami":null,"echo":${n}}}\n`,
          `{"data":{"whoami":"mia","echo":${n}}}\n`,
        ]);
      }
  });

  it('has the viewer of its own token on a connection that sends several, one after the other', async () => {
    const [mia, ben] = ['mia', 'ben'].map((name) => `Bearer ${server.backend.signIn(name)}`);
    const sent = [mia, ben, ben, undefined, mia, 'Bearer nonsense', ben];
    const client = await RawClient.open(Number(new URL(server.url).port));
    const answers = async (authorization: string | undefined) => {
      client.text = '';
      client.socket.write(postOf(JSON.stringify({ query: '{ whoami }' }), authorization));
      await client.reads('}\n');
      return /"whoami":(?:null|"\w+")|UNAUTHENTICATED/.exec(client.text)?.[0];
    };
    const [ofMia, ofBen] = ['"whoami":"mia"', '"whoami":"ben"'];
    const expected = [ofMia, ofBen, ofBen, '"whoami":null', ofMia, 'UNAUTHENTICATED', ofBen];
    for (let use = 0; use < 3; use++)
      for (const [index, authorization] of sent.entries()) expect(await answers(authorization)).toBe(expected[index]);
    client.socket.destroy();
  });

  it('has a trace id of its own', async () => {
    const ids = new Set<string>();
    // More than are drawn at once.
    for (let use = 0; use < 600; use++) {
      const { headers, body } = await server.post('{ traceId }');
      const traceId = headers.get('x-trace-id') ?? '';
      expect(traceId).toMatch(/^[\da-f]{32}$/);
      expect(body).toEqual({ data: { traceId } });
      ids.add(traceId);
    }
    expect(ids.size).toBe(600);
  });

  it('gives each execution a separate copy of the variables, which resolvers may change', async () => {
    const body = { query: 'query ($numbers: [Int!]!) { more(numbers: $numbers) }', variables: { numbers: [1, 2] } };
    for (let use = 0; use < 6; use++) expect((await post(body)).text).toBe('{"data":{"more":3}}\n');
  });

  it('runs a mutation once', async () => {
    const before = server.backend.bumps;
    for (let use = 0; use < 4; use++) await post({ query: 'mutation { bump }' });
    expect(server.backend.bumps).toBe(before + 4);
  });

  it('may be a persisted query, however often it is repeated', async () => {
    const query = '{ hello __typename }';
    const sha256Hash = hash('sha256', query);
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect((await post({ query, extensions })).status).toBe(200);
    for (let use = 0; use < 3; use++) {
      const { text } = await post({ extensions });
      expect(text).toBe('{"data":{"hello":"hello","__typename":"Query"}}\n');
    }
  });

  it('is answered for a valid token and refused for an invalid one as Apollo does', async () => {
    const token = server.backend.signIn('mia');
    const authorization = `Bearer ${token}`;
    const viaApollo = await post({ query: '{ whoami secret }', extensions: {} }, { authorization });
    for (let use = 0; use < 3; use++)
      expect(await post({ query: '{ whoami secret }' }, { authorization })).toEqual(viaApollo);
    const refused = await post({ query: '{ whoami secret }', extensions: {} }, { authorization: 'Bearer gone' });
    expect(refused.status).toBe(401);
    expect(await post({ query: '{ whoami secret }' }, { authorization: 'Bearer gone' })).toEqual(refused);
  });

  it.each([
    ['a body that is no JSON', '{'],
    ['an empty body', ''],
    ['a list', `[${HELLO}]`],
    ['a text', '"{ hello }"'],
    ['a forged prototype', '{"query":"{ hello }","variables":{"__proto__":{"admin":true}}}'],
    ['an escaped forged prototype', '{"query":"{ hello }","variables":{"\\u005f_proto__":{"admin":true}}}'],
    ['a forged constructor', '{"query":"{ hello }","variables":{"constructor":{"prototype":{"admin":true}}}}'],
  ])('is passed to the routes, which refuse it, if it is %s', async (_what, body) => {
    for (let use = 0; use < 3; use++) await post({ query: '{ hello }' });
    const { status, text } = await post(body);
    expect(status).toBe(400);
    expect(text).toContain('"errors"');
    expect(text).not.toContain('"data"');
  });

  it('is read completely by the routes, whatever its length and its number of chunks', async () => {
    for (let use = 0; use < 3; use++) await post({ query: '{ hello }' });
    for (const length of [65_536, 65_537])
      expect(await post(HELLO.padEnd(length))).toMatchObject({ status: 200, text: '{"data":{"hello":"hello"}}\n' });
    const unknown = `{ hello ${'#'.repeat(40_000)}\n }`;
    expect(await post({ query: unknown })).toMatchObject({ status: 200, text: '{"data":{"hello":"hello"}}\n' });
  });

  it('affects no other request when its client disconnects in the middle of it', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${HELLO.length}\r\n\r\n`,
    );
    socket.write(HELLO.slice(0, 5), () => socket.destroy());
    await until(() => socket.closed);
    expect(await post(HELLO)).toMatchObject({ status: 200 });
  });

  it('returns the trace id that the request has sent', async () => {
    const traceparent = `00-${'a1'.repeat(16)}-${'b2'.repeat(8)}-01`;
    const init = { method: 'POST', headers: { 'content-type': 'application/json', traceparent }, body: HELLO };
    for (let use = 0; use < 3; use++) {
      const { headers } = await fetch(`${server.url}/graphql`, init);
      expect(headers.get('x-trace-id')).toBe('a1'.repeat(16));
    }
  });
});

describe('the counter of operations', () => {
  const counted = () => ['fast_path query', 'apollo query'].map((name) => server.backend.countOf(name));

  it('shows that the fast path, if enabled, answers a document from its third use on', async () => {
    const query = '{ counted: hello }';
    const [fast = 0, apollo = 0] = counted();
    for (let use = 0; use < 5; use++) await post({ query });
    expect(counted()).toEqual(isOn ? [fast + 3, apollo + 2] : [fast, apollo + 5]);
  });

  it('counts a refused operation once', async () => {
    for (let use = 0; use < 3; use++) await post({ query: '{ refused: whoami }' });
    const [fast = 0, apollo = 0] = counted();
    await post({ query: '{ refused: whoami }' }, { authorization: 'Bearer gone' });
    expect(counted()).toEqual(isOn ? [fast + 1, apollo] : [fast, apollo + 1]);
  });
});
