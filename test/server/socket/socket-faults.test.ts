import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, until } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

let server: TestServer;
let client: SocketClient;
beforeAll(async () => {
  server = await TestServer.start();
  client = await SocketClient.connect(server.socketUrl);
  client.subscribe('other', 'subscription { live(after: 0) { seq } }');
  await othersGoOn();
});
afterAll(async () => {
  await client.leave();
  await server.close();
});
afterEach(() => {
  server.backend.failAt = undefined;
});

/** The other operation of the socket still gets events. */
async function othersGoOn(): Promise<void> {
  const seq = server.backend.live.write();
  await until(() => client.of('next', 'other').length === seq);
  expect(client.closed).toBeUndefined();
}

const masked = { code: 'INTERNAL_SERVER_ERROR', traceId: expect.stringMatching(/^[\da-f]{32}$/) };

describe('What one operation throws is the error of that operation, and the socket stays open', () => {
  it.each([
    ['validation', 'subscription { silence }'],
    ['context', 'subscription { silence }'],
    ['context', '{ hello }'],
    ['format', '{ wrong }'],
    ['format', '{'],
  ] as const)('in %s (%s)', async (place, query) => {
    const id = `${place} ${query}`;
    server.backend.failAt = place;
    client.subscribe(id, query);
    const { payload } = await client.gets('error', id);
    server.backend.failAt = undefined;
    expect(payload).toEqual([{ message: 'Something went wrong on our side.', extensions: masked }]);
    await othersGoOn();
    expect(client.messages.filter((message) => message.id === id)).toHaveLength(1);
  });

  it.each(['subscribe', 'no source', 'iterator', 'next', 'rejected'])('in a source of events: %s', async (at) => {
    client.subscribe(at, `subscription { broken(at: "${at}") }`);
    const last = await until(() => client.messages.some(({ id, type }) => id === at && type !== 'next')).then(() =>
      client.messages.filter(({ id }) => id === at),
    );
    expect(JSON.stringify(last)).toContain('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(last)).not.toContain('not-for-clients');
    await othersGoOn();
  });

  it.each(['context', 'format'] as const)('in an event: %s', async (place) => {
    const id = `event ${place}`;
    // The second event of `failing` has an error, which has to be formatted; every event of `ticks` has a context.
    if (place === 'format') server.backend.failAt = place;
    client.subscribe(id, place === 'format' ? 'subscription { failing }' : 'subscription { ticks }');
    await client.gets('next', id);
    server.backend.failAt = place;
    const { payload } = await client.gets('error', id);
    server.backend.failAt = undefined;
    expect(payload).toEqual([{ message: 'Something went wrong on our side.', extensions: masked }]);
    await othersGoOn();
    await until(() => server.backend.openSources === 0);
  });
});
