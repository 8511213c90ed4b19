import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

let server: TestServer;
const describe = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath });
    server.backend.signIn('mia');
  },
  close: () => server.close(),
});

const DEAD = { authorization: 'Bearer expired-or-revoked' };
const FRAGMENTS = 'fragment A on Mutation { again: login ...B } fragment B on Mutation { refreshTokens }';

const open: [string, string][] = [
  ['the health query', '{ health }'],
  ['a mutation that needs no session', 'mutation { refreshTokens }'],
  ['two of them, under aliases', 'mutation { a: login b: refreshTokens }'],
  ['one with __typename', 'mutation { __typename refreshTokens }'],
  [
    'fragments at the root',
    `mutation { ...A ... on Mutation { c: refreshTokens } ... { refreshTokens } } ${FRAGMENTS}`,
  ],
];
const closed: [string, string][] = [
  ['another query', '{ whoami }'],
  ['another with one of them', '{ health whoami }'],
  ['another in a fragment', 'query { health ...Q } fragment Q on Query { ... { h: whoami } }'],
  ['another behind @skip', '{ health whoami @skip(if: true) }'],
  ['another mutation', 'mutation { login bump }'],
  ['__typename alone', '{ __typename }'],
  ['the schema', '{ health __schema { queryType { name } } }'],
];

interface Seen {
  readonly status: number;
  readonly challenge: string | null;
  readonly body: { data?: Record<string, unknown>; errors?: { extensions: { code: string } }[] };
}
type Send = (query: string) => Promise<Seen>;

async function seen(answer: Promise<Response>, read = (text: string) => text): Promise<Seen> {
  const response = await answer;
  const text = await response.text();
  const body = JSON.parse(response.ok ? read(text) : text);
  return { status: response.status, challenge: response.headers.get('www-authenticate'), body };
}
const post = (path: string, body: object, headers: Record<string, string> = DEAD) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const get = (path: string, query: string) =>
  fetch(`${server.url}${path}?query=${encodeURIComponent(query)}`, {
    headers: { ...DEAD, 'apollo-require-preflight': '1' },
  });
const firstEvent = (text: string) => /^data: (.*)$/m.exec(text)?.[1] ?? '';

const ways: Record<string, Send> = {
  'the fast path': (query) => seen(post('/graphql', { query })),
  Apollo: (query) => seen(post('/graphql', { query, extensions: {} })),
  'an event stream': (query) => seen(post('/graphql/stream', { query }), firstEvent),
};

/** The fast path answers documents from their third use on. */
async function useThrice(query: string): Promise<void> {
  for (let use = 0; use < 3; use++) await (await post('/graphql', { query }, {})).text();
}

describe('An invalid token', () => {
  for (const [way, send] of Object.entries(ways)) {
    it.each(open)(`is ignored over ${way} by %s`, async (_what, query) => {
      await useThrice(query);
      const { status, body } = await send(query);
      expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
      expect(Object.values(body.data ?? {})).not.toContain('mia');
    });

    it.each(closed)(`is refused over ${way} for %s, and nothing runs`, async (_what, query) => {
      await useThrice(query);
      const { bumps } = server.backend;
      const { status, challenge, body } = await send(query);
      expect({ status, challenge }).toEqual({ status: 401, challenge: 'Bearer' });
      expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect(body).not.toHaveProperty('data');
      expect(server.backend.bumps).toBe(bumps);
    });
  }

  it.each(['/graphql', '/graphql/stream'])('is ignored or refused alike for a GET of %s', async (path) => {
    const read = path === '/graphql' ? undefined : firstEvent;
    expect(await seen(get(path, '{ health }'), read)).toMatchObject({
      status: 200,
      body: { data: { health: 'HEALTHY' } },
    });
    expect(await seen(get(path, '{ whoami }'), read)).toMatchObject({ status: 401, challenge: 'Bearer' });
  });

  it('is ignored or refused by the operation that runs, whatever else the document contains', async () => {
    const query = 'query Health { health } query Who { whoami }';
    const run = (operationName: string) => seen(post('/graphql', { query, operationName }));
    for (let use = 0; use < 4; use++) {
      expect(await run('Health')).toMatchObject({ status: 200 });
      expect(await run('Who')).toMatchObject({ status: 401 });
    }
  });

  it('is ignored or refused alike where the document is persisted', async () => {
    for (const [query, status] of [
      ['mutation Again { refreshTokens }', 200],
      ['query Again { whoami }', 401],
    ] as const) {
      const extensions = { persistedQuery: { version: 1, sha256Hash: hash('sha256', query) } };
      const unknown = await seen(post('/graphql', { extensions }));
      expect(unknown.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
      await (await post('/graphql', { query, extensions }, {})).text();
      for (let use = 0; use < 3; use++) expect((await seen(post('/graphql', { extensions }))).status).toBe(status);
    }
  });

  it.each(['Basic bWlhOjEyMw==', 'Bearer ', 'nonsense'])('may also be %j', async (authorization) => {
    expect(await seen(post('/graphql', { query: '{ health }' }, { authorization }))).toMatchObject({ status: 200 });
    expect(await seen(post('/graphql', { query: '{ whoami }' }, { authorization }))).toMatchObject({ status: 401 });
  });

  it('closes a WebSocket at connection_init: its client can refresh the token over HTTP', async () => {
    const client = await SocketClient.open(server.socketUrl);
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer expired' } });
    expect(await client.closeCode()).toBe(4401);
  });

  it('does not affect valid tokens: they identify their user', async () => {
    const answer = await seen(
      post('/graphql', { query: 'mutation { refreshTokens }' }, { authorization: 'Bearer mia' }),
    );
    expect(answer.body.data).toEqual({ refreshTokens: 'mia' });
  });

  it('is not reported as invalid while tokens cannot be checked', async () => {
    server.backend.databaseIsLost = true;
    const answer = await seen(post('/graphql', { query: '{ health }' }));
    server.backend.databaseIsLost = false;
    expect(answer.status).toBe(503);
  });
});
