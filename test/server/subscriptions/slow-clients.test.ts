import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consistently } from '../../helpers/consistently.ts';
import { TestServer, until } from '../harness.ts';
import { frame, PING, RawClient } from '../raw-client.ts';
import { useServerSockets } from '../server-sockets.ts';

const MIB = 1_048_576;

const sockets = useServerSockets();
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ limits: { slowMs: 500 } });
});
afterAll(() => server.close());
let mostUnsent = 0;
let mostMemory = 0;
let memoryBefore = 0;
beforeEach(async () => {
  await until(() => sockets.size === 0);
  [mostUnsent, mostMemory, memoryBefore] = [0, 0, process.memoryUsage.rss()];
});

/** Records the bytes that the server buffers for its clients. */
function look(): void {
  let unsent = 0;
  for (const socket of sockets) unsent += socket.writableLength;
  mostUnsent = Math.max(mostUnsent, unsent);
  mostMemory = Math.max(mostMemory, process.memoryUsage.rss() - memoryBefore);
}

const message = (value: object) => frame(JSON.stringify(value));
const subscribe = (id: string, query: string, variables?: object) =>
  message({ id, type: 'subscribe', payload: { query, variables } });
/** Different ids, as a client would have to use. */
const many = (count: number, make: (id: string) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, index) => make(String(index))));
const text = (length: number) => 'x'.repeat(length);

const SAY = 'query ($text: String!) { say(text: $text) }';

/** Bytes that a client sends; far more than the server may hold. */
const FLOOD = 32 * MIB;
/** The limits of slow connections, one answer more, and the buffers of the operating system. */
const MOST_UNSENT = 4 * MIB;
const MOST_MEMORY = 160 * MIB;

describe('A client that sends and never reads costs little memory', () => {
  const cases: Record<string, { readonly bytes: Buffer; readonly total?: number; readonly greets?: boolean }> = {
    'pings with a long payload': { bytes: message({ type: 'ping', payload: { x: text(250_000) } }) },
    'pings with a short payload': {
      bytes: many(500, (x) => message({ type: 'ping', payload: { x } })),
      total: 4 * MIB,
    },
    'long pings before connection_init': {
      bytes: message({ type: 'ping', payload: { x: text(250_000) } }),
      greets: false,
    },
    'short pings before connection_init': { bytes: many(500, () => message({ type: 'ping' })), greets: false },
    'ping frames': { bytes: many(500, () => frame(text(125), PING)) },
    'ping frames before connection_init': { bytes: many(500, () => frame(text(125), PING)), greets: false },
    'documents with a syntax error': { bytes: many(100, (id) => subscribe(id, '{')), total: 4 * MIB },
    'documents with many errors': {
      bytes: many(50, (id) => subscribe(id, `{ ${'wrong '.repeat(100)} }`)),
      total: 4 * MIB,
    },
    'documents that quote long names': { bytes: many(10, (id) => subscribe(id, `{ ${text(50_000)} }`)) },
    'operations that are too large': { bytes: many(2, (id) => subscribe(id, `{ hello } #${text(1_200_000)}`)) },
    queries: { bytes: many(100, (id) => subscribe(id, '{ hello }')), total: 4 * MIB },
    'queries with long answers': {
      bytes: many(50, (id) => subscribe(id, 'query ($text: String!) { say(text: $text) }', { text: text(50_000) })),
    },
    'subscriptions with long events': {
      bytes: many(90, (id) => subscribe(id, 'subscription { flood(characters: 50000) }')),
      total: 4 * MIB,
    },
    'subscriptions that end at once': {
      bytes: Buffer.concat([subscribe('x', 'subscription { silence }'), message({ id: 'x', type: 'complete' })]),
      total: 4 * MIB,
    },
    'the same id again and again': { bytes: many(100, () => subscribe('x', 'subscription { silence }')) },
    'a second connection_init': { bytes: message({ type: 'connection_init' }) },
    'messages of unknown types': { bytes: message({ type: 'hello', x: text(1_000) }) },
    'messages that only servers send': { bytes: message({ id: '1', type: 'next', payload: {} }) },
    'what is no JSON': { bytes: frame(text(1_000)) },
  };
  it.each(Object.entries(cases))('%s', async (_what, { bytes, total = FLOOD, greets = true }) => {
    const client = await RawClient.openWebSocket(server.server.port, { greets });
    await client.flood(bytes, total, look);
    expect(mostUnsent).toBeLessThan(MOST_UNSENT);
    expect(mostMemory).toBeLessThan(MOST_MEMORY);
    client.socket.destroy();
    await until(() => sockets.size === 0 && server.backend.openSources === 0);
  });

  it.each([
    ['ends of operations that do not run', many(500, (id) => message({ id, type: 'complete' }))],
    ['pongs', many(500, () => message({ type: 'pong' }))],
  ])('%s are read and get no answer', async (_what, bytes) => {
    const client = await RawClient.openWebSocket(server.server.port);
    await client.flood(bytes, 16 * MIB, look);
    expect(mostUnsent).toBe(0);
    expect(mostMemory).toBeLessThan(MOST_MEMORY);
    client.socket.destroy();
  });

  it.each([
    [
      'pipelined requests with long answers',
      '/graphql',
      'query ($text: String!) { say(text: $text) }',
      { text: text(50_000) },
    ],
    ['pipelined requests that Apollo answers', '/graphql', `${SAY} # ${text(70_000)}`, { text: text(50_000) }],
    ['pipelined event streams', '/graphql/stream', SAY, { text: text(50_000) }],
  ])('%s', async (_what, path, query, variables) => {
    const client = await RawClient.open(server.server.port);
    const body = JSON.stringify({ query, variables });
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const flood = client.flood(Buffer.from(`${head}${body}`.repeat(10)), 16 * MIB, look);
    await until(() => mostUnsent > 0 || client.isClosed);
    await new Promise((resolve) => setImmediate(resolve));
    client.socket.destroy();
    await flood;
    expect(mostUnsent).toBeLessThan(MOST_UNSENT);
    expect(mostMemory).toBeLessThan(MOST_MEMORY);
  });

  it.each([50_000, 900_000, 5_000_000])('an event stream with events of %i characters', async (characters) => {
    const client = await RawClient.open(server.server.port);
    const query = encodeURIComponent(`subscription { flood(characters: ${characters}) }`);
    client.socket.write(`GET /graphql/stream?query=${query} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await client.reads('text/event-stream');
    client.socket.pause();
    const made = server.backend.contexts;
    await until(() => {
      look();
      return mostUnsent > 0;
    });
    await consistently('little is unsent', 250, () => {
      look();
      return mostUnsent < MOST_UNSENT + characters;
    });
    expect(mostUnsent).toBeLessThan(MOST_UNSENT + characters);
    expect(server.backend.contexts - made).toBeLessThan(200);
    client.socket.destroy();
    await until(() => server.backend.openSources === 0);
  });
});

describe('A client that reads again', () => {
  it('gets every pong, in order, and loses nothing that it sent meanwhile', async () => {
    const client = await RawClient.openWebSocket(server.server.port);
    const pings = Array.from({ length: 5_000 }, (_, index) => message({ type: 'ping', payload: { index } }));
    client.socket.write(Buffer.concat(pings));
    await client.reads('"index":4999');
    const order = [...client.text.matchAll(/"index":(\d+)/g)].map(([, index]) => Number(index));
    expect(order).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
    client.socket.destroy();
  });
});
