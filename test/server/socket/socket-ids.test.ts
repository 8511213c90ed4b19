import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, until } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

const ROUNDS = 300;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ limits: { socketOperations: 10 } });
  server.backend.signIn('ann');
});
afterAll(() => server.close());
afterEach(async () => {
  server.backend.opening = Promise.resolve();
  await nothingRuns();
});

const connect = () => SocketClient.connect(server.socketUrl, { authorization: 'Bearer ann' });
const nothingRuns = () => until(() => server.backend.openSources === 0 && server.backend.running.size === 0);

/** Begins and ends operations with the same id repeatedly without waiting; the last one continues. */
function reuse(client: SocketClient, begin: (round: number) => string): void {
  for (let round = 1; round < ROUNDS; round++) {
    client.subscribe('x', begin(round));
    client.send({ id: 'x', type: 'complete' });
  }
  client.subscribe('x', begin(ROUNDS));
}

describe('An id that is used again as soon as its operation has ended', () => {
  it.each([
    ['subscriptions that are open at once', () => 'subscription { silence }'],
    ['subscriptions that open with a delay', () => 'subscription { late }'],
    ['both in turn', (round: number) => `subscription { ${round % 2 ? 'silence' : 'late'} }`],
  ])('belongs only to the new operation: %s', async (_what, begin) => {
    const opening = Promise.withResolvers<void>();
    server.backend.opening = opening.promise;
    const client = await connect();
    reuse(client, (round) => (round === ROUNDS ? 'subscription { ticks }' : begin(round)));
    client.send({ type: 'ping', payload: { after: 'all' } });
    opening.resolve();
    await client.gets('pong');
    await until(() => client.of('next', 'x').length >= 5);
    await until(() => server.backend.openSources === 1 && server.backend.running.size === 1);
    // Only the last one has sent anything.
    expect(
      client
        .of('next', 'x')
        .slice(0, 5)
        .map(({ payload }) => payload),
    ).toEqual([1, 2, 3, 4, 5].map((ticks) => ({ data: { ticks } })));
    expect([client.of('complete'), client.of('error')]).toEqual([[], []]);
    client.send({ id: 'x', type: 'complete' });
    await nothingRuns();
    expect(client.closed).toBeUndefined();
    await client.leave();
  });

  it('gets no answer of an earlier query that the client has ended', async () => {
    const client = await connect();
    for (let round = 0; round < 20; round++) {
      client.subscribe('x', '{ slow(ms: 20) }');
      client.send({ id: 'x', type: 'complete' });
    }
    client.subscribe('x', '{ hello }');
    await client.gets('complete', 'x');
    client.subscribe('y', '{ slow(ms: 40) }');
    await client.gets('complete', 'y');
    expect(client.of('next', 'x').map(({ payload }) => payload)).toEqual([{ data: { hello: 'hello' } }]);
    expect(client.of('complete', 'x')).toHaveLength(1);
    await client.leave();
  });

  it.each([
    ['ended by itself', 'subscription { ticks(count: 1) }', 'complete'],
    ['failed in its source', 'subscription { broken(at: "next") }', 'error'],
    ['was refused', 'subscription { nonsense }', 'error'],
    ['was a mutation', 'mutation { bump }', 'complete'],
  ])('is free after an operation that %s', async (_what, query, end) => {
    const client = await connect();
    for (let round = 1; round <= 20; round++) {
      client.subscribe('x', query);
      await until(() => client.of(end, 'x').length === round);
    }
    client.subscribe('x', 'subscription { silence }');
    await until(() => server.backend.running.size === 1);
    // It arrives too late for the earlier operation, and ends this one.
    client.send({ id: 'x', type: 'complete' });
    await nothingRuns();
    expect(client.closed).toBeUndefined();
    await client.leave();
  });

  it('closes the socket with 4409 if its operation still runs', async () => {
    const client = await connect();
    client.subscribe('x', 'subscription { silence }');
    client.subscribe('x', 'subscription { ticks }');
    expect(await client.closeCode()).toBe(4409);
    await nothingRuns();
  });
});

describe('After hundreds of operations with the same id', () => {
  it('the limit of a socket holds', async () => {
    const client = await connect();
    reuse(client, () => 'subscription { silence }');
    for (let id = 1; id < 10; id++) client.subscribe(String(id), 'subscription { silence }');
    await until(() => server.backend.openSources === 10);
    client.subscribe('one more', 'subscription { silence }');
    expect(await client.gets('error')).toMatchObject({
      id: 'one more',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(server.backend.openSources).toBe(10);
    await client.leave();
  });

  it.each(['the client closes', 'the client is gone', 'the session is revoked', 'the server closes'])(
    'everything ends when %s',
    async (how) => {
      const own = await TestServer.start();
      const { backend } = own;
      backend.signIn('bob');
      const client = await SocketClient.connect(own.socketUrl, { authorization: 'Bearer bob' });
      const opening = Promise.withResolvers<void>();
      reuse(client, () => 'subscription { silence }');
      await until(() => backend.running.size === 1);
      backend.opening = opening.promise;
      client.subscribe('late', 'subscription { late }');
      client.send({ type: 'ping' });
      await client.gets('pong');
      if (how === 'the client closes') client.socket.close(1000);
      if (how === 'the client is gone') client.socket.terminate();
      if (how === 'the session is revoked') backend.revoke('bob');
      const closing = how === 'the server closes' ? own.server.close() : undefined;
      await until(() => client.closed !== undefined);
      opening.resolve();
      await until(() => backend.openSources === 0 && backend.running.size === 0);
      expect(client.of('next', 'late')).toEqual([]);
      await closing;
      await own.close();
    },
  );
});
