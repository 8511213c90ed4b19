import { createClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { consistently } from '../../helpers/consistently.ts';
import { TestServer, until } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

let server: TestServer;
/** Ends what is late. Each limit is used by clients that exceed it: beside other programs, those that keep it may be late too. */
let strict: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ limits: { sessionCheckMs: 100, keepAliveMs: 1_000, socketOperations: 3 } });
  strict = await TestServer.start({ limits: { initWaitMs: 1_000, slowMs: 300 } });
});
afterAll(async () => {
  await server.close();
  await strict.close();
});
afterEach(() => until(() => server.backend.openSources + strict.backend.openSources === 0));

describe('connecting', () => {
  it('accepts a guest, who gets what guests may see', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', '{ whoami }');
    expect((await client.gets('next')).payload).toEqual({ data: { whoami: null } });
    await client.leave();
  });

  it('identifies a user by the authorization of connection_init', async () => {
    server.backend.signIn('mia');
    const client = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer mia' });
    client.subscribe('1', '{ whoami }');
    expect((await client.gets('next')).payload).toEqual({ data: { whoami: 'mia' } });
    await client.leave();
  });

  it.each([{ authorization: 'Bearer nonsense' }, { authorization: '' }, { authorization: 7 }, { Authorization: 'x' }])(
    'closes with 4401 for %o',
    async (payload) => {
      const client = await SocketClient.open(server.socketUrl);
      client.send({ type: 'connection_init', payload });
      expect(await client.closeCode()).toBe(4401);
      expect(client.messages).toEqual([]);
    },
  );

  it('closes with a code for a later retry when tokens cannot be checked', async () => {
    server.backend.databaseIsLost = true;
    const client = await SocketClient.open(server.socketUrl);
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer mia' } });
    expect(await client.closeCode()).toBe(1013);
    server.backend.databaseIsLost = false;
  });

  it('closes with 4408 when connection_init is not sent', async () => {
    const client = await SocketClient.open(strict.socketUrl);
    expect(await client.closeCode()).toBe(4408);
  });

  it('closes with 4406 for another subprotocol, 4401 for an operation before connection_init', async () => {
    const other = new WebSocket(server.socketUrl, 'graphql-ws');
    const failed = new Promise((resolve) => other.once('error', resolve).once('close', (code) => resolve(code)));
    expect(await failed).toBeTruthy();
    const early = await SocketClient.open(server.socketUrl);
    early.subscribe('1', '{ hello }');
    expect(await early.closeCode()).toBe(4401);
  });

  it('opens no socket at any other path', async () => {
    const stray = new WebSocket(`${server.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
    const error = await new Promise((resolve) => stray.once('error', resolve));
    expect(String(error)).toContain('404');
  });
});

describe('the end of a session', () => {
  it('closes with 4403 at the moment when the token expires, and closes the sources', async () => {
    // A server that checks its sessions rarely: a check would find the session ended before a late timer finds the token expired.
    const rare = await TestServer.start({ limits: { sessionCheckMs: 3_600_000 } });
    try {
      rare.backend.signIn('brief', { livesMs: 1_000 });
      const start = Date.now();
      const client = await SocketClient.connect(rare.socketUrl, { authorization: 'Bearer brief' });
      client.subscribe('1', 'subscription { ownTicks }');
      await client.gets('next');
      expect(await client.closeCode()).toBe(4403);
      expect((client.closed?.at ?? 0) - start).toBeGreaterThanOrEqual(950);
      expect(client.closed?.reason).toBe('Token expired');
      expect(rare.backend.openSources).toBe(0);
    } finally {
      await rare.close();
    }
  });

  it('closes with 4403 at once when the session is revoked, and closes no other socket', async () => {
    server.backend.signIn('ann');
    server.backend.signIn('bob');
    const ann = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer ann' });
    const bob = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer bob' });
    ann.subscribe('1', 'subscription { silence }');
    await until(() => server.backend.openSources === 1);
    server.backend.revoke('ann');
    expect(server.backend.openSources).toBe(0);
    expect(await ann.closeCode()).toBe(4403);
    expect(bob.closed).toBeUndefined();
    await bob.leave();
  });

  it('is detected also when the notice of the revocation was lost', async () => {
    server.backend.signIn('cleo');
    const client = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer cleo' });
    server.backend.forget('cleo');
    expect(await client.closeCode()).toBe(4403);
  });

  it('is not checked once the socket is closed', async () => {
    server.backend.signIn('fay');
    const client = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer fay' });
    await client.leave();
    // One check may be in progress.
    const most = server.backend.checks + 1;
    await consistently('no more checks are made', 450, () => server.backend.checks <= most);
    expect(server.backend.checks).toBeLessThanOrEqual(most);
  });

  it('keeps sockets open while tokens cannot be checked', async () => {
    server.backend.signIn('dora');
    const client = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer dora' });
    server.backend.databaseIsLost = true;
    const { checks } = server.backend;
    await until(() => server.backend.checks >= checks + 2);
    server.backend.databaseIsLost = false;
    expect(client.closed).toBeUndefined();
    await client.leave();
  });
});

describe('operations on a socket', () => {
  it('streams events in order, then completes', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', 'subscription { ticks(count: 5) }');
    await client.gets('complete');
    expect(client.of('next').map(({ payload }) => payload)).toEqual(
      [1, 2, 3, 4, 5].map((ticks) => ({ data: { ticks } })),
    );
    await client.leave();
  });

  it('refuses a guest before any source is opened', async () => {
    const opened = server.backend.openedSources;
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', 'subscription { ownTicks }');
    expect(await client.gets('next')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    await client.gets('complete');
    expect(server.backend.openedSources).toBe(opened);
    await client.leave();
  });

  it('closes a source without events as soon as the client ends the subscription', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', 'subscription { silence }');
    await until(() => server.backend.openSources === 1);
    client.send({ id: '1', type: 'complete' });
    await until(() => server.backend.openSources === 0);
    expect(client.closed).toBeUndefined();
    await client.leave();
  });

  it('closes every source when the client disconnects without a close frame', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', 'subscription { silence }');
    client.subscribe('2', 'subscription { ticks }');
    await until(() => server.backend.openSources === 2);
    client.socket.terminate();
    await until(() => server.backend.openSources === 0);
    expect(client.of('error')).toEqual([]);
  });

  it('creates a new context for each event', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', 'subscription { contexts }');
    await client.gets('complete');
    const numbers = client.of('next').map(({ payload }) => JSON.stringify(payload));
    expect(new Set(numbers).size).toBe(3);
    await client.leave();
  });

  it('masks an error in an event, and continues', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', 'subscription { failing }');
    await client.gets('complete');
    const [, second, third] = client.of('next');
    expect(second).toMatchObject({ payload: { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } });
    expect(JSON.stringify(second)).not.toContain('not-for-clients');
    expect(third).toMatchObject({ payload: { data: { failing: 3 } } });
    await client.leave();
  });

  it('run at most three at once here; only the fourth is refused', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    for (const id of ['1', '2', '3', '4']) client.subscribe(id, 'subscription { silence }');
    expect(await client.gets('error')).toMatchObject({
      id: '4',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(server.backend.openSources).toBe(3);
    client.send({ id: '1', type: 'complete' });
    await until(() => server.backend.openSources === 2);
    client.subscribe('5', 'subscription { silence }');
    await until(() => server.backend.openSources === 3);
    await client.leave();
  });

  it('closes with 4400 for anything but a message of the protocol', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.socket.send('{{{');
    expect(await client.closeCode()).toBe(4400);
  });
});

describe('Clients that do not keep up', () => {
  it('closes a socket that leaves its messages unread, and its source', async () => {
    const client = await SocketClient.connect(strict.socketUrl);
    client.socket.pause();
    client.subscribe('1', 'subscription { flood(characters: 9000000) }');
    await until(() => strict.backend.openSources === 1);
    await until(() => strict.backend.openSources === 0);
    client.socket.resume();
    await until(() => client.closed !== undefined);
    expect(strict.backend.openSources).toBe(0);
  });

  it('buffers at most one message for a slow client, however many events there are', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    client.socket.pause();
    const made = server.backend.contexts;
    client.subscribe('1', 'subscription { flood(characters: 900000) }');
    await until(() => server.backend.contexts > made);
    await consistently('few events are made', 250, () => server.backend.contexts - made < 30);
    // The operating system buffers a few; the rest is not executed at all.
    expect(server.backend.contexts - made).toBeLessThan(30);
    client.socket.resume();
    await client.leave();
  });

  it('disconnects a peer that no longer answers pings', async () => {
    const client = await SocketClient.open(server.socketUrl);
    client.send({ type: 'connection_init' });
    await client.gets('connection_ack');
    client.subscribe('1', 'subscription { silence }');
    await until(() => server.backend.openSources === 1);
    client.socket.pong = () => {};
    await until(() => client.closed !== undefined);
    expect(client.closed?.code).toBe(1006);
  });

  it('keeps an idle socket open as long as it answers pings', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    let pings = 0;
    client.socket.on('ping', () => pings++);
    await until(() => pings === 2);
    expect(client.closed).toBeUndefined();
    await client.leave();
  });
});

it('serves the graphql-ws client, which reconnects with a fresh token after 4403', async () => {
  let connections = 0;
  const client = createClient({
    url: server.socketUrl,
    webSocketImpl: WebSocket,
    retryWait: async () => {},
    connectionParams: () => {
      const token = server.backend.signIn(`eva-${++connections}`, { livesMs: connections === 1 ? 400 : 60_000 });
      return { authorization: `Bearer ${token}` };
    },
  });
  const seen: unknown[] = [];
  for await (const { data } of client.iterate({ query: 'subscription { ownTicks }' })) {
    seen.push(data);
    if (connections === 2 && seen.length > 3) break;
  }
  expect(connections).toBe(2);
  await client.dispose();
});
