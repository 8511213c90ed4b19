import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { TestServer, type TestServerOptions, until } from '../server/harness.ts';
import { frame, RawClient, webSocketRequest } from '../server/raw-client.ts';

const opened: TestServer[] = [];
const clients: RawClient[] = [];
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  for (const server of opened.splice(0)) await server.close();
});

async function start(options: TestServerOptions): Promise<TestServer> {
  const server = await TestServer.start(options);
  opened.push(server);
  return server;
}

/** A connection that writes these bytes and reads everything. */
async function sends(server: TestServer, text: string | Buffer): Promise<RawClient> {
  const client = await RawClient.open(server.server.port);
  clients.push(client);
  client.socket.on('data', (chunk: Buffer) => {
    client.text += chunk.toString('latin1');
  });
  client.socket.write(text);
  return client;
}

/** How long an honest client waits for its answer meanwhile, in milliseconds. */
async function waitOfOthers(server: TestServer): Promise<number> {
  const begun = performance.now();
  expect((await server.post('{ hello }')).status).toBe(200);
  return performance.now() - begun;
}

const isUpgraded = ({ text }: RawClient) => text.startsWith('HTTP/1.1 101 ');
const isRefused = ({ text }: RawClient) => text.startsWith('HTTP/1.1 429 ');

async function isLetIn(server: TestServer, request: string | Buffer): Promise<boolean> {
  const client = await sends(server, request);
  await until(() => client.text !== '');
  return isUpgraded(client);
}

/** 10,000 take a minute: ATTACK_SOCKETS=10000. */
const SOCKETS = Number(process.env['ATTACK_SOCKETS'] ?? 3_000);
/** Of the test's own process. */
const OTHER_DESCRIPTORS = 1_000;

/** As many sockets as one process can have, where it has both ends of each. */
function socketsPossible(): number {
  const descriptors = Number(execFileSync('sh', ['-c', 'ulimit -n']));
  return Number.isNaN(descriptors) ? SOCKETS : Math.min(SOCKETS, Math.floor((descriptors - OTHER_DESCRIPTORS) / 2));
}

/** Opens them a few at a time, since the queue of connections that wait to be accepted is short. */
async function openMany(count: number, open: () => Promise<RawClient>): Promise<RawClient[]> {
  const all: RawClient[] = [];
  while (all.length < count)
    all.push(...(await Promise.all(Array.from({ length: Math.min(200, count - all.length) }, open))));
  return all;
}

describe('A client that is slow on purpose', () => {
  it.each([
    ['sends nothing at all', ''],
    ['sends its headers a byte at a time', 'POST /graphql HTTP/1.1\r\nHost: a\r\nX-Slow: '],
  ])('is cut off where it %s', async (_how, begin) => {
    const server = await start({ limits: { headersMs: 400 } });
    const client = await sends(server, begin);
    const dripping = setInterval(() => begin && client.socket.write('x'), 50);
    await until(() => client.isClosed);
    clearInterval(dripping);
    expect(client.text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it.each(['/graphql', '/graphql/stream'])(
    'is cut off where the body of a POST to %s comes a byte at a time',
    async (path) => {
      const server = await start({ limits: { headersMs: 200, requestMs: 600 } });
      const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n`;
      const client = await sends(server, `${head}{`);
      const dripping = setInterval(() => client.socket.write(' '), 50);
      await until(() => client.isClosed);
      clearInterval(dripping);
      expect(client.text).toMatch(/^HTTP\/1\.1 408 /);
      expect(await waitOfOthers(server)).toBeLessThan(1_000);
    },
  );
});

describe('A thousand sockets of one client that never say hello', () => {
  it('get 20 places, 429 for the others, and 4408 in the end; other clients are answered meanwhile', async () => {
    const server = await start({
      connectionLimits: { socketsPerNetwork: 200, newSocketsPerNetwork: 20 },
      limits: { initWaitMs: 3_000 },
    });
    const all = await openMany(1_000, () => sends(server, webSocketRequest()));
    await until(() => all.every(({ text }) => text !== ''));
    expect(all.filter(isUpgraded)).toHaveLength(20);
    expect(all.filter(isRefused)).toHaveLength(980);
    expect(await waitOfOthers(server)).toBeLessThan(1_000);
    await until(() => all.filter(isUpgraded).every(({ text }) => text.includes('Connection initialisation timeout')));
    await until(() => isLetIn(server, webSocketRequest()));
  });
});

describe('Sockets of one client that say hello', () => {
  const hello = () => Buffer.concat([Buffer.from(webSocketRequest()), frame('{"type":"connection_init"}')]);

  it('are 200, however many it opens', async () => {
    const server = await start({ connectionLimits: { socketsPerNetwork: 200, newSocketsPerNetwork: 1_000 } });
    const all = await openMany(2_000, () => sends(server, hello()));
    await until(() => all.every((client) => isRefused(client) || client.text.includes('connection_ack')));
    expect(all.filter(isUpgraded)).toHaveLength(200);
    expect(await waitOfOthers(server)).toBeLessThan(1_000);
  });

  it('are all served where the limits allow thousands, and leave their places when they end', async () => {
    const count = socketsPossible();
    const limits = { socketsPerNetwork: count, newSocketsPerNetwork: count };
    const server = await start({ connectionLimits: limits, limits: { initWaitMs: 60_000 } });
    const all = await openMany(count, () => sends(server, hello()));
    await until(() => all.every(({ text }) => text.includes('connection_ack')));
    expect(all).toHaveLength(count);
    expect(await waitOfOthers(server)).toBeLessThan(2_000);
    expect(await isLetIn(server, hello())).toBe(false);
    for (const { socket } of all) socket.destroy();
    await until(() => isLetIn(server, hello()));
  }, 120_000);
});

describe('Connections on which nothing is sent', () => {
  it('are limited for each network, and end by themselves', async () => {
    const server = await start({ connectionLimits: { connectionsPerNetwork: 50 }, limits: { headersMs: 2_000 } });
    const all = await openMany(300, () => sends(server, ''));
    await until(() => all.filter(({ isClosed }) => isClosed).length === 250);
    // The others end by themselves, and then this network is served again.
    await until(async () => (await fetch(`${server.url}/livez`).catch(() => null))?.status === 200);
    await until(() => all.every(({ isClosed }) => isClosed));
    expect(all.filter(({ text }) => text.startsWith('HTTP/1.1 408 '))).toHaveLength(50);
  });
});

describe('A flood of headers', () => {
  it.each([
    ['one of a megabyte', `X-Long: ${'x'.repeat(1_000_000)}`],
    ['ten thousand', Array.from({ length: 10_000 }, (_, n) => `X-${n}: y`).join('\r\n')],
  ])('is refused with 431: %s', async (_which, headers) => {
    const server = await start({});
    const client = await sends(server, `GET /livez HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n`);
    await until(() => client.isClosed);
    expect(client.text).toMatch(/^HTTP\/1\.1 431 /);
    expect(await waitOfOthers(server)).toBeLessThan(1_000);
  });

  it.each([
    ['two lengths of the body', 'Content-Length: 5\r\nContent-Length: 60'],
    ['a length and chunks (request smuggling)', 'Content-Length: 5\r\nTransfer-Encoding: chunked'],
    ['a header with a line break inside', 'X-A: b\rX-C: d'],
  ])('is no way to two meanings of one request: %s', async (_which, headers) => {
    const server = await start({});
    const type = 'Content-Type: application/json';
    const client = await sends(
      server,
      `POST /graphql HTTP/1.1\r\nHost: a\r\n${type}\r\n${headers}\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    await until(() => client.isClosed);
    expect(client.text).toMatch(/^HTTP\/1\.1 400 /);
    expect(client.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe('A syntax error', () => {
  it.each([
    ['application/json', 200],
    ['application/graphql-response+json', 400],
    ['*/*', 400],
  ])('has a status by the accept header, and never 500: %s gets %i', async (accept, status) => {
    const server = await start({});
    const head = { accept };
    for (const query of [
      '{',
      '',
      '{ hello }}',
      '\u0000',
      '"""',
      `{ hello(${'('.repeat(1_500)}`,
      'query ($a: [[[[Int]]) { hello }',
    ]) {
      const post = await server.post(query, { headers: head });
      const get = await fetch(`${server.url}/graphql?${new URLSearchParams({ query })}`, { headers: head });
      // An empty document is no document: that is a fault of the request, whatever is accepted.
      const expected = query === '' ? 400 : status;
      expect([post.status, get.status], JSON.stringify(query)).toEqual([expected, expected]);
      expect(post.body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    }
  });

  it('is an error of its operation on a WebSocket and an event stream', async () => {
    const server = await start({});
    const stream = await server.post('{ hello').catch(() => null);
    expect(stream?.body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    const client = await RawClient.openWebSocket(server.server.port);
    clients.push(client);
    client.socket.write(frame('{"id":"1","type":"subscribe","payload":{"query":"{ hello"}}'));
    await client.reads('"type":"error"');
    client.socket.write(frame('{"id":"2","type":"subscribe","payload":{"query":"{ hello }"}}'));
    await client.reads('"hello"');
    await once(client.socket.destroy(), 'close');
  });
});
