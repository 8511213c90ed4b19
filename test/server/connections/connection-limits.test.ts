import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RedisPlaces } from '../../../src/events/redis/redis-places.ts';
import { RedisPubSub } from '../../../src/events/redis/redis-pub-sub.ts';
import { TestServer, type TestServerOptions, until } from '../harness.ts';
import { RawClient } from '../raw-client.ts';
import { SocketClient } from '../socket-client.ts';
import { newPubSub } from './shared-redis.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function start(options: TestServerOptions): Promise<TestServer> {
  // Connections that have sent nothing are not idle for Node, and would be waited for.
  const server = await TestServer.start({ limits: { drainMs: 500 }, ...options });
  opened.push(server);
  return server;
}

/** The HTTP status and Retry-After with which the server refuses a WebSocket. */
async function refusal(
  server: TestServer,
  headers: Record<string, string> = {},
): Promise<[number, string | undefined]> {
  const socket = new WebSocket(server.socketUrl, 'graphql-transport-ws', { headers });
  const [, response] = await once(socket, 'unexpected-response');
  socket.on('error', () => undefined);
  socket.terminate();
  return [response.statusCode, response.headers['retry-after']];
}

const from = (address: string) => ({ 'x-forwarded-for': address });
const init = (user?: string) => ({
  type: 'connection_init',
  ...(user && { payload: { authorization: `Bearer ${user}` } }),
});
const SILENCE = 'subscription { silence }';

function stream(server: TestServer, { user, query = SILENCE }: { user?: string; query?: string } = {}) {
  const ending = new AbortController();
  const answer = fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(user && { authorization: `Bearer ${user}` }) },
    body: JSON.stringify({ query }),
    signal: ending.signal,
  });
  return { answer, leave: () => ending.abort() };
}

describe('A network', () => {
  it('has so many WebSockets that have not been acknowledged; one more is refused with 429 before it is opened', async () => {
    const server = await start({ connectionLimits: { newSocketsPerNetwork: 2 } });
    const [first] = [await SocketClient.open(server.socketUrl), await SocketClient.open(server.socketUrl)];
    expect(await refusal(server)).toEqual([429, '10']);
    first.send(init());
    await first.gets('connection_ack');
    // The acknowledged one is no longer new.
    await SocketClient.open(server.socketUrl);
    expect(await refusal(server)).toEqual([429, '10']);
  });

  it('has so many WebSockets and event streams together, and another network has its own', async () => {
    const server = await start({ connectionLimits: { socketsPerNetwork: 2 }, trustProxy: 1 });
    const first = await SocketClient.open(server.socketUrl, undefined, from('203.0.113.7'));
    const stream = await fetch(`${server.url}/graphql/stream?query=${encodeURIComponent(SILENCE)}`, {
      headers: from('203.0.113.7'),
    });
    expect(stream.status).toBe(200);
    expect(await refusal(server, from('203.0.113.7'))).toEqual([429, '10']);
    await SocketClient.open(server.socketUrl, undefined, from('203.0.113.8'));
    // A socket that has ended gives its place back.
    await first.leave();
    await until(async () => {
      const next = await SocketClient.open(server.socketUrl, undefined, from('203.0.113.7')).catch(() => null);
      return next !== null;
    });
  });

  it('of IPv6 is its first 64 bits', async () => {
    const server = await start({ connectionLimits: { socketsPerNetwork: 1 }, trustProxy: 1 });
    await SocketClient.open(server.socketUrl, undefined, from('2001:db8:1:2::1'));
    expect(await refusal(server, from('2001:db8:1:2:ffff::9'))).toEqual([429, '10']);
    await SocketClient.open(server.socketUrl, undefined, from('2001:db8:1:3::1'));
  });

  it('has so many subscriptions, over all of its connections', async () => {
    const server = await start({ connectionLimits: { subscriptionsPerNetwork: 2 } });
    const one = await SocketClient.connect(server.socketUrl);
    const other = await SocketClient.connect(server.socketUrl);
    one.subscribe('1', SILENCE);
    other.subscribe('1', SILENCE);
    await until(() => server.backend.openSources === 2);
    other.subscribe('2', SILENCE);
    const { payload } = await other.gets('error', '2');
    expect(payload).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 10 } }]);
    one.send({ id: '1', type: 'complete' });
    await until(() => server.backend.openSources === 1);
    other.subscribe('3', 'subscription { ticks(count: 1) }');
    await other.gets('next', '3');
  });

  it('has so many TCP connections; one more is closed at once, without an answer', async () => {
    const server = await start({ connectionLimits: { connectionsPerNetwork: 3 } });
    const clients = [];
    for (let count = 0; count < 3; count++) clients.push(await RawClient.open(server.server.port));
    const late = await RawClient.open(server.server.port);
    late.socket.resume();
    await until(() => late.isClosed);
    expect(late.text).toBe('');
    clients[0]?.socket.destroy();
    await until(async () => (await fetch(`${server.url}/livez`).catch(() => null))?.status === 200);
  });

  it('has no second way to a server at localhost, which had neither limits nor the fast path', async () => {
    const server = await start({ host: 'localhost' });
    const reached = (host: string) =>
      new Promise((resolve) => {
        const socket = connect({ host, port: server.server.port });
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
        socket.once('close', () => socket.destroy());
        socket.setTimeout(2_000, () => socket.destroy());
      });
    expect([await reached('127.0.0.1'), await reached('::1')]).toEqual([true, false]);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  });

  it('of a trusted proxy may have more, because it connects for many clients', async () => {
    const server = await start({ connectionLimits: { connectionsPerNetwork: 1 }, trustProxy: 1 });
    for (let count = 0; count < 3; count++) await RawClient.open(server.server.port);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  });
});

describe('A user', () => {
  it('has so many connections; one more WebSocket is closed with 1013, and one more event stream gets 429', async () => {
    const server = await start({ connectionLimits: { socketsPerUser: 2 } });
    for (const user of ['ann', 'bob']) server.backend.signIn(user);
    const payload = { authorization: 'Bearer ann' };
    const first = await SocketClient.connect(server.socketUrl, payload);
    const ofAnn = stream(server, { user: 'ann' });
    expect((await ofAnn.answer).status).toBe(200);

    const late = await SocketClient.open(server.socketUrl);
    late.send(init('ann'));
    expect(await late.closeCode()).toBe(1013);
    expect(late.closed?.reason).toBe('Too many connections of this user');
    expect(late.of('connection_ack')).toEqual([]);
    const refused = await stream(server, { user: 'ann' }).answer;
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect(await refused.json()).toMatchObject({
      errors: [{ message: 'Your account has 2 connections open, which is the most: end one, or try again later.' }],
    });
    await SocketClient.connect(server.socketUrl, { authorization: 'Bearer bob' });

    await first.leave();
    ofAnn.leave();
    await until(async () => (await stream(server, { user: 'ann' }).answer).status === 200);
  });

  it('has so many subscriptions', async () => {
    const server = await start({ connectionLimits: { subscriptionsPerUser: 1 } });
    for (const user of ['ann', 'bob']) server.backend.signIn(user);
    expect((await stream(server, { user: 'ann' }).answer).status).toBe(200);
    const refused = await stream(server, { user: 'ann' }).answer;
    expect(refused.status).toBe(429);
    expect((await stream(server, { user: 'bob' }).answer).status).toBe(200);
  });

  it('may send queries over an event stream while it has as many subscriptions as it may have', async () => {
    const server = await start({ connectionLimits: { subscriptionsPerUser: 1 } });
    server.backend.signIn('ann');
    await stream(server, { user: 'ann' }).answer;
    expect((await stream(server, { user: 'ann', query: '{ whoami }' }).answer).status).toBe(200);
  });
});

describe('Two processes', () => {
  const limits = { connectionLimits: { socketsPerNetwork: 2 } };
  const joined = async (pubSub: RedisPubSub) => await start({ ...limits, sharedPlaces: new RedisPlaces(pubSub) });

  it('count together through Redis', async () => {
    const pubSub = await newPubSub(opened);
    const [one, other] = [await joined(pubSub), await joined(pubSub)];
    const first = await SocketClient.open(one.socketUrl);
    await SocketClient.open(other.socketUrl);
    expect(await refusal(one)).toEqual([429, '10']);
    expect(await refusal(other)).toEqual([429, '10']);
    await first.leave();
    await until(async () => (await SocketClient.open(other.socketUrl).catch(() => null)) !== null);
  });

  it('count alone where Redis is gone, and are not slower for it', async () => {
    const pubSub = new RedisPubSub({ redisUrl: 'redis://127.0.0.1:1', prefix: 'none' });
    opened.push(pubSub);
    pubSub.open();
    const [one, other] = [await joined(pubSub), await joined(pubSub)];
    const begun = performance.now();
    for (const server of [one, one, other, other]) await SocketClient.open(server.socketUrl);
    expect(performance.now() - begun).toBeLessThan(1_000);
    for (const server of [one, other]) expect(await refusal(server)).toEqual([429, '10']);
  });
});
