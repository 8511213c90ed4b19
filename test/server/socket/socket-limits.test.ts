import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENVELOPE_BYTES, longestMessage, OPERATION_ID_LENGTH } from '../../../src/server/limits.ts';
import { TestServer, until } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

/** More than the fast path reads of a request. */
const BODY = 70_000;
const HANDSHAKE = 4_000;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ limits: { bodyBytes: BODY, handshakeBytes: HANDSHAKE } });
});
afterAll(() => server.close());

const query = 'query ($text: String!) { say(text: $text) }';

/** The JSON of a request that has so many bytes. */
function requestOf(bytes: number, character: string): string {
  const frame = JSON.stringify({ query, variables: { text: '' } });
  const room = bytes - frame.length;
  const size = Buffer.byteLength(character);
  const text = character.repeat(Math.floor(room / size)) + 'x'.repeat(room % size);
  return JSON.stringify({ query, variables: { text } });
}

const post = (body: string) =>
  fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** Sends a `subscribe` message with this payload. */
const subscribe = (client: SocketClient, id: string, payload: string) =>
  client.socket.send(`{"id":${JSON.stringify(id)},"type":"subscribe","payload":${payload}}`);

describe('The size of a request', () => {
  it.each([
    ['English', 'x'],
    ['Chinese', '影'],
  ])('has the same limit over HTTP and on a socket: %s characters', async (_what, character) => {
    const [fits, tooLong] = [requestOf(BODY, character), requestOf(BODY + ENVELOPE_BYTES, character)];
    expect([(await post(fits)).status, (await post(requestOf(BODY + 1, character))).status]).toEqual([200, 413]);
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('other', 'subscription { ticks }');
    subscribe(client, '\u0001'.repeat(OPERATION_ID_LENGTH), fits);
    await client.gets('complete');
    expect(JSON.stringify(client.of('next', '\u0001'.repeat(OPERATION_ID_LENGTH)))).toContain(character.repeat(1_000));
    subscribe(client, 'too long', tooLong);
    expect(await client.gets('error')).toMatchObject({
      id: 'too long',
      payload: [{ message: expect.stringContaining(`${BODY} bytes`), extensions: { code: 'BAD_USER_INPUT' } }],
    });
    const { length } = client.of('next', 'other');
    await until(() => client.of('next', 'other').length > length);
    await client.leave();
  });

  it('is 100,000 Chinese characters and more by default, on both', async () => {
    const usual = await TestServer.start();
    const text = '影'.repeat(100_000);
    const { body } = await usual.post(query, { variables: { text } });
    expect(body.data).toEqual({ say: text });
    const client = await SocketClient.connect(usual.socketUrl);
    client.subscribe('1', query, { text });
    expect((await client.gets('next')).payload).toEqual({ data: { say: text } });
    await client.leave();
    await usual.close();
  });

  it('closes the socket with 1009 if it is exceeded', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    const payload = { query: `{ hello } #${'x'.repeat(longestMessage({ bodyBytes: BODY }))}` };
    subscribe(client, '1', JSON.stringify(payload));
    expect(await client.closeCode()).toBe(1009);
    expect(client.of('error')).toEqual([]);
  });

  it('limits the payload that a pong returns', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    for (const length of [900, 1_100]) client.send({ type: 'ping', payload: { x: 'x'.repeat(length) } });
    await until(() => client.of('pong').length === 2);
    expect(client.of('pong')).toEqual([{ type: 'pong', payload: { x: 'x'.repeat(900) } }, { type: 'pong' }]);
    await client.leave();
  });
});

describe('Before the connection_ack', () => {
  it('a client may send a connection_init with a token and pings', async () => {
    server.backend.signIn('ann');
    const client = await SocketClient.open(server.socketUrl);
    client.send({ type: 'ping' });
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer ann', x: 'x'.repeat(HANDSHAKE - 200) } });
    await client.gets('connection_ack');
    expect(client.of('pong')).toEqual([{ type: 'pong' }]);
    // Only messages before the connection_ack count.
    client.subscribe('1', `{ whoami } #${'x'.repeat(HANDSHAKE)}`);
    expect((await client.gets('next')).payload).toEqual({ data: { whoami: 'ann' } });
    await client.leave();
  });

  it.each([
    ['one message', [{ type: 'connection_init', payload: { x: 'x'.repeat(HANDSHAKE) } }]],
    ['many messages', Array.from({ length: 250 }, () => ({ type: 'ping', payload: {} }))],
  ])('more than the limit closes with 1009: %s', async (_what, messages) => {
    const client = await SocketClient.open(server.socketUrl);
    for (const message of messages) client.send(message);
    expect(await client.closeCode()).toBe(1009);
    expect(client.of('connection_ack')).toEqual([]);
  });
});

describe('Close codes', () => {
  it.each([
    ['an operation without an id', { type: 'subscribe', payload: { query } }, 4400],
    [
      'an id that is too long',
      { id: 'x'.repeat(OPERATION_ID_LENGTH + 1), type: 'subscribe', payload: { query } },
      4400,
    ],
    ['an unknown type', { type: 'start' }, 4400],
    ['a message that only servers send', { id: '1', type: 'next', payload: { data: {} } }, 4400],
    ['a second connection_init', { type: 'connection_init' }, 4429],
  ])('%s', async (_what, message, code) => {
    const client = await SocketClient.connect(server.socketUrl);
    client.send(message);
    expect(await client.closeCode()).toBe(code);
  });
});

describe('Many messages that arrive together', () => {
  it('are answered in their order, and other clients are answered between them', async () => {
    const client = await SocketClient.connect(server.socketUrl);
    const ids = Array.from({ length: 500 }, (_, index) => String(index));
    for (const id of ids) client.subscribe(id, '{ noSuchField }');
    const other = post(JSON.stringify({ query: '{ hello }' })).then(() => client.of('error').length);
    await until(() => client.of('error').length === ids.length);
    expect(client.of('error').map(({ id }) => id)).toEqual(ids);
    expect(await other).toBeLessThan(ids.length / 2);
    await client.leave();
  });
});
