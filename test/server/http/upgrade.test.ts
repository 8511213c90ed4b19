import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer } from '../harness.ts';
import { frame, RawClient, webSocketRequest } from '../raw-client.ts';
import { SocketClient } from '../socket-client.ts';

let server: TestServer;
const describe = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath });
    await server.storage.put('videos/one/film.mp4', Buffer.from('a film'));
    // Repeated often enough for the fast path.
    for (let use = 0; use < 3; use++) await server.post('{ hello }');
  },
  close: () => server.close(),
});

/** What Java's HttpClient sends with its first request. */
const H2C = [
  'Connection: Upgrade, HTTP2-Settings',
  'Upgrade: h2c',
  'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
];
const OFFERS: [string, string[]][] = [
  ['h2c', H2C],
  ['an unknown protocol', ['Connection: Upgrade', 'Upgrade: foo']],
  ['several protocols', ['Connection: Upgrade', 'Upgrade: TLS/1.0, h2c, foo/2']],
  ['a WebSocket by POST', ['Connection: keep-alive, Upgrade', 'Upgrade: websocket']],
];

function request(line: string, headers: readonly string[], body = ''): string {
  const type = body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  return `${[line, 'Host: localhost', ...headers, ...type].join('\r\n')}\r\n\r\n${body}`;
}

const ask = (query: string) => JSON.stringify({ query });

describe.each(OFFERS)('An offer of another protocol is ignored, and the request is answered: %s', (_what, offer) => {
  it.each([
    ['on the fast path', '{ hello }', '"hello":"hello"'],
    ['by Apollo', '{ again: hello }', '"again":"hello"'],
    [
      'with a long body',
      `query ($text: String = "${'x'.repeat(200_000)}") { say(text: $text) }`,
      `${'x'.repeat(200_000)}"`,
    ],
    ['that has an error', '{ wrong }', 'BAD_USER_INPUT'],
  ])('a POST %s, and later requests on the connection', async (_how, query, expected) => {
    const client = await RawClient.open(server.server.port);
    const body = ask(query);
    const whole = request('POST /graphql HTTP/1.1', offer, body);
    // In two chunks, so that the body arrives after the headers.
    client.socket.write(whole.slice(0, -body.length));
    client.socket.write(body);
    await client.reads(expected);
    expect(client.text).toMatch(/^HTTP\/1\.1 (200|400) /);
    expect(client.text.toLowerCase()).toContain('connection: keep-alive');
    for (const next of ['first', 'second']) {
      client.socket.write(request('POST /graphql HTTP/1.1', offer, ask(`{ ${next}: hello }`)));
      await client.reads(`"${next}":"hello"`);
    }
    client.socket.write(request('GET /livez HTTP/1.1', []));
    await client.reads('"status"');
    client.socket.destroy();
  });

  it('a POST with a body in chunks, and an event stream', async () => {
    const client = await RawClient.open(server.server.port);
    const head = ['Content-Type: application/json', 'Transfer-Encoding: chunked', ...offer];
    const body = ask('subscription { ticks(count: 2) }');
    client.socket.write(request('POST /graphql/stream HTTP/1.1', head));
    client.socket.write(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    await client.reads('event: complete');
    expect(client.text).toContain('"ticks":2');
    client.socket.destroy();
  });
});

describe.each(OFFERS.slice(0, 3))('An offer of %s by GET', (_what, offer) => {
  it('is answered with the file, complete or in part', async () => {
    const client = await RawClient.open(server.server.port);
    const path = server.links.url('videos/one/film.mp4');
    client.socket.write(request(`GET ${path} HTTP/1.1`, offer));
    await client.reads('a film');
    expect(client.text).toMatch(/^HTTP\/1\.1 200 /);
    client.socket.write(request(`GET ${path} HTTP/1.1`, [...offer, 'Range: bytes=2-']));
    await client.reads('HTTP/1.1 206');
    client.socket.destroy();
  });
});

describe('A WebSocket', () => {
  it.each([
    ['alone', ['Connection: Upgrade', 'Upgrade: websocket']],
    ['in capitals', ['Connection: keep-alive, upgrade', 'Upgrade: WebSocket']],
    ['among others', ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c, websocket', 'HTTP2-Settings: AA']],
  ])('is opened if it is offered %s', async (_how, headers) => {
    const client = await RawClient.open(server.server.port);
    client.socket.write(webSocketRequest(headers));
    await client.reads('101 Switching Protocols');
    client.socket.write(frame('{"type":"connection_init"}'));
    await client.reads('connection_ack');
    expect(client.text).toContain('101 Switching Protocols');
    client.socket.destroy();
  });

  it('is opened on a connection that has served requests before', async () => {
    const client = await RawClient.open(server.server.port);
    client.socket.write(request('POST /graphql HTTP/1.1', H2C, ask('{ hello }')));
    await client.reads('"hello":"hello"');
    client.socket.write(webSocketRequest());
    await client.reads('101 Switching Protocols');
    client.socket.write(frame('{"type":"connection_init"}'));
    await client.reads('connection_ack');
    expect(client.text).toContain('101 Switching Protocols');
    client.socket.destroy();
  });

  it('is refused with 400 if its headers are incomplete; other requests are not', async () => {
    const client = await RawClient.open(server.server.port);
    client.socket.write(request('GET /graphql HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket']));
    await client.reads('HTTP/1.1 400');
    expect(client.text).not.toContain('101 Switching Protocols');
    const other = await SocketClient.connect(server.socketUrl);
    await other.leave();
    client.socket.destroy();
  });
});
