import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

const sha256 = (text: string) => hash('sha256', text, 'hex');
const LISTED = '{ hello }';
const LISTED_SUBSCRIPTION = 'subscription { ticks(count: 1) }';

/** A request: the document, or its hash, or both. */
interface Sent {
  readonly query?: string;
  readonly hashOf?: string;
}
interface Outcome {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}
type Ask = (server: TestServer, sent: Sent) => Promise<Outcome>;

const extensionsOf = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });
const bodyOf = ({ query, hashOf }: Sent) => ({
  ...(query !== undefined && { query }),
  ...(hashOf !== undefined && { extensions: extensionsOf(hashOf) }),
});
const addressOf = ({ query, hashOf }: Sent) =>
  new URLSearchParams({
    ...(query !== undefined && { query }),
    ...(hashOf !== undefined && { extensions: JSON.stringify(extensionsOf(hashOf)) }),
  });
const post = (server: TestServer, path: string, sent: Sent) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(sent)),
  });
const get = (server: TestServer, path: string, sent: Sent) => fetch(`${server.url}${path}?${addressOf(sent)}`);
const json = async (response: Response): Promise<Outcome> => JSON.parse(await response.text());
const event = async (response: Response): Promise<Outcome> =>
  JSON.parse(/^data: (.*)$/m.exec(await response.text())?.[1] ?? '{}');

const WAYS: readonly [string, Ask][] = [
  ['POST', async (server, sent) => json(await post(server, '/graphql', sent))],
  ['GET', async (server, sent) => json(await get(server, '/graphql', sent))],
  ['an event stream by POST', async (server, sent) => event(await post(server, '/graphql/stream', sent))],
  ['an event stream by GET', async (server, sent) => event(await get(server, '/graphql/stream', sent))],
  [
    'a WebSocket',
    async (server, sent) => {
      const client = await SocketClient.connect(server.socketUrl);
      client.send({ id: '1', type: 'subscribe', payload: { query: '', ...bodyOf(sent) } });
      const { type, payload } = await Promise.race([client.gets('next'), client.gets('error')]);
      await client.leave();
      return JSON.parse(JSON.stringify(type === 'error' ? { errors: payload } : payload));
    },
  ],
];
const codesOf = ({ errors = [] }: Outcome) => errors.map(({ extensions }) => extensions.code);

let server: TestServer;
const automatic = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath });
  },
  close: () => server.close(),
});

automatic('A document that a client has stored', () => {
  let count = 0;
  /** No test has sent it before. */
  const newDocument = () => `{ hello } # ${++count}`;

  it.each(WAYS)('runs by its hash, over %s and every other way', async (_way, ask) => {
    const query = newDocument();
    expect(codesOf(await ask(server, { hashOf: query }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    for (const _time of [1, 2]) expect(await ask(server, { query, hashOf: query })).toHaveProperty('data.hello');
    for (const [way, other] of WAYS) expect(await other(server, { hashOf: query }), way).toHaveProperty('data.hello');
  });

  it.each(WAYS)('cannot be stored under the hash of another, over %s', async (_way, ask) => {
    const [query, other] = [newDocument(), newDocument()];
    expect(codesOf(await ask(server, { query, hashOf: other }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await ask(server, { hashOf: other }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it.each(WAYS)('is not stored where it is not valid, over %s', async (_way, ask) => {
    const query = `{ nonsense } # ${++count}`;
    expect(codesOf(await ask(server, { query, hashOf: query }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await ask(server, { hashOf: query }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });
});

const onlyListed = bothWays({
  open: async (fastPath) => {
    const listed = new Map([LISTED, LISTED_SUBSCRIPTION].map((text) => [sha256(text), text]));
    server = await TestServer.start({ fastPath, persisted: { listed, onlyListed: true } });
  },
  close: () => server.close(),
});

onlyListed('A server that runs only listed documents', () => {
  it.each(WAYS)('runs them by text and by hash, over %s', async (_way, ask) => {
    for (const _time of [1, 2, 3])
      for (const sent of [{ query: LISTED }, { hashOf: LISTED }, { query: LISTED, hashOf: LISTED }])
        expect(await ask(server, sent)).toHaveProperty('data.hello');
  });

  it.each(WAYS)('refuses every other document, and says why, over %s', async (_way, ask) => {
    for (const query of [
      '{ whoami }',
      '{ hello  }',
      'query { hello }',
      '{ __schema { queryType { name } } }',
      '{ nonsense }',
      '{',
    ])
      for (const _time of [1, 2])
        expect(await ask(server, { query }), query).toMatchObject({
          errors: [
            {
              message: 'This server runs only the documents of its list: send one of them, unchanged, or its SHA-256.',
              extensions: { code: 'BAD_USER_INPUT' },
            },
          ],
        });
  });

  it.each(WAYS)('stores none, over %s', async (_way, ask) => {
    const query = '{ whoami }';
    expect(codesOf(await ask(server, { query, hashOf: query }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await ask(server, { hashOf: query }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it('reads no document out of an address that Apollo reads in another way', async () => {
    for (const search of [
      'query=%7Bhello%7D&query=%7Bwhoami%7D',
      'query[]=%7Bwhoami%7D',
      'query=%7Bwhoami%7D%',
      '%71uery=%7Bwhoami%7D',
      'query=%7Bwhoami%7D;x',
    ]) {
      const response = await fetch(`${server.url}/graphql?${search}`);
      expect(response.status, search).toBe(400);
      expect(await response.text()).not.toContain('"data"');
    }
  });

  it('streams listed subscriptions', async () => {
    const response = await post(server, '/graphql/stream', { hashOf: LISTED_SUBSCRIPTION });
    expect(await response.text()).toContain('{"data":{"ticks":1}}');
  });
});
