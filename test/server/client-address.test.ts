import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from './harness.ts';
import { SocketClient } from './socket-client.ts';

const QUERY = '{ address }';
/** The client itself wrote the first address. */
const FORWARDED = { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' };

async function overSocket(server: TestServer): Promise<unknown> {
  const client = await SocketClient.open(server.socketUrl, 'graphql-transport-ws', FORWARDED);
  client.send({ type: 'connection_init' });
  await client.gets('connection_ack');
  client.subscribe('1', QUERY);
  const { payload } = await client.gets('next');
  await client.leave();
  return payload;
}

async function overEventStream(server: TestServer): Promise<unknown> {
  const response = await fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...FORWARDED },
    body: JSON.stringify({ query: QUERY }),
  });
  return JSON.parse(/^data: (.*)$/m.exec(await response.text())?.[1] ?? '');
}

const WAYS: [string, (server: TestServer) => Promise<unknown>][] = [
  ['HTTP', async (server) => (await server.post(QUERY, { headers: FORWARDED })).body],
  ['WebSocket', overSocket],
  ['an event stream', overEventStream],
];

describe.each([
  { trustProxy: undefined, expected: '127.0.0.1', name: 'without a trusted proxy the peer’s' },
  { trustProxy: 1, expected: '203.0.113.7', name: 'behind one proxy the one that the proxy saw' },
])('The address of a client is $name', ({ trustProxy, expected }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(trustProxy === undefined ? {} : { trustProxy });
  });
  afterAll(() => server.close());

  it.each(WAYS)('over %s', async (_way, ask) => {
    // The second answer comes from the fast path where the way has one.
    for (const _time of [1, 2]) expect(await ask(server)).toEqual({ data: { address: expected } });
  });
});
