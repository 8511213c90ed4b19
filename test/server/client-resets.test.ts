import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestServer, until } from './harness.ts';
import { frame, RawClient } from './raw-client.ts';

const WARN = 40;
const BYTES_OF_FILM = 8_000_000;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await server.storage.put('videos/one/film.mp4', Buffer.alloc(BYTES_OF_FILM, 'x'));
  // Repeated often enough for the fast path.
  for (let use = 0; use < 3; use++) await server.post(SLOW);
});
afterAll(() => server.close());
beforeEach(() => {
  server.backend.log.length = 0;
});

const SLOW = '{ slow(ms: 50) }';
const body = (query: string): string => JSON.stringify({ query });

function request(line: string, text = '', headers: readonly string[] = []): string {
  const type = text === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`];
  return `${[line, 'Host: localhost', ...headers, ...type].join('\r\n')}\r\n\r\n${text}`;
}

const post = (query: string, path = '/graphql', headers: readonly string[] = []): string =>
  request(`POST ${path} HTTP/1.1`, body(query), headers);
const half = (text: string): string => text.slice(0, -5);

async function afterWriting(text: string, expected = ''): Promise<RawClient> {
  const client = await RawClient.open(server.server.port);
  client.socket.write(text);
  if (expected !== '') await client.reads(expected);
  return client;
}

async function afterMessages(messages: readonly string[], expected = ''): Promise<RawClient> {
  const client = await RawClient.openWebSocket(server.server.port);
  for (const message of messages) client.socket.write(frame(message));
  if (expected !== '') await client.reads(expected);
  return client;
}

const subscribe = (query: string): string =>
  JSON.stringify({ id: 'one', type: 'subscribe', payload: { query: `subscription { ${query} }` } });

/** The place in the exchange at which the client resets its connection. */
const MOMENTS: [string, () => Promise<RawClient>][] = [
  ['in the middle of the headers', () => afterWriting('POST /graphql HTTP/1.1\r\nHost: loc')],
  ['in the middle of a body on the fast path', () => afterWriting(half(post(SLOW)))],
  ['in the middle of a body for Apollo', () => afterWriting(half(post('{ other: hello }')))],
  ['before the answer of the fast path', () => afterWriting(post(SLOW))],
  ['before the answer of Apollo', () => afterWriting(post('{ other: slow(ms: 50) }'))],
  ['in the middle of a large answer', () => afterWriting(post('{ large(characters: 8000000) }'), 'xxx')],
  [
    'in the middle of an event stream',
    () =>
      afterWriting(
        post('subscription { flood(characters: 100000) }', '/graphql/stream', ['Accept: text/event-stream']),
        'xxx',
      ),
  ],
  [
    'in the middle of a download',
    () => afterWriting(request(`GET ${server.links.url('videos/one/film.mp4')} HTTP/1.1`), 'HTTP'),
  ],
  ['after the ack of a WebSocket', () => afterMessages([])],
  ['during a query on a WebSocket', () => afterMessages([subscribe('x').replace('subscription { x }', SLOW)])],
  ['in the middle of a subscription', () => afterMessages([subscribe('flood(characters: 100000)')], 'xxx')],
];

it.each(MOMENTS)(
  'A connection that the client resets %s logs no warning and leaves nothing open',
  async (_when, open) => {
    const client = await open();
    client.socket.resetAndDestroy();
    // Begins after the reset and is as slow as the reset request: when it is answered, that one has ended as well.
    for (const query of [SLOW, '{ other: slow(ms: 60) }']) expect((await server.post(query)).status).toBe(200);
    await until(() => server.backend.openSources === 0 && server.backend.running.size === 0);
    expect(server.backend.log.filter(({ level }) => Number(level) >= WARN)).toEqual([]);
  },
);
