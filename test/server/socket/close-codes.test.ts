import { afterEach, describe, expect, it } from 'vitest';
import { TestServer, type TestServerOptions, until } from '../harness.ts';
import { frame, RawClient, webSocketRequest } from '../raw-client.ts';

/**
 * Every close code of the server, as bytes on a TCP connection: no library between the test and the wire could change, add or hide one.
 */

const CLOSE = 0x8;
const opened: { server: TestServer; clients: RawClient[] }[] = [];
afterEach(async () => {
  for (const { server, clients } of opened.splice(0)) {
    for (const { socket } of clients) socket.destroy();
    await server.close();
  }
});

async function serve(options: TestServerOptions = {}) {
  const server = await TestServer.start(options);
  const clients: RawClient[] = [];
  opened.push({ server, clients });
  const open = async ({ protocol = 'graphql-transport-ws' } = {}) => {
    const client = await RawClient.open(server.server.port);
    clients.push(client);
    client.socket.write(webSocketRequest().replace('graphql-transport-ws', protocol));
    await client.reads('101 Switching Protocols');
    client.socket.on('data', (chunk: Buffer) => {
      client.text += chunk.toString('latin1');
    });
    client.socket.resume();
    return { client, send: (message: object | string) => write(client, message), closing: () => closing(client) };
  };
  /** Opened and acknowledged. */
  const connect = async (payload?: object) => {
    const socket = await open();
    socket.send({ type: 'connection_init', ...(payload && { payload }) });
    await until(() => socket.client.text.includes('connection_ack'));
    return socket;
  };
  return { server, open, connect };
}

function write({ socket }: RawClient, message: object | string): void {
  socket.write(frame(typeof message === 'string' ? message : JSON.stringify(message)));
}

/** Code and reason of the server's close frame, which is answered; resolves when the server has ended the connection too. */
async function closing(client: RawClient): Promise<[number, string]> {
  const found = () => [...framesIn(bytesOf(client))].find(({ opcode }) => opcode === CLOSE)?.payload;
  await until(() => client.isClosed || found() !== undefined);
  const payload = found();
  if (!payload) throw new Error('The connection ended without a close frame.');
  if (!client.isClosed) client.socket.write(frame(payload, CLOSE));
  await until(() => client.isClosed);
  return [payload.readUInt16BE(0), payload.subarray(2).toString()];
}

/** What came after the answer to the upgrade. */
function bytesOf({ text }: RawClient): Buffer {
  return Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1');
}

/** Frames of a server: they are not masked (RFC 6455 §5.1). */
function* framesIn(bytes: Buffer): Generator<{ opcode: number; payload: Buffer }> {
  for (let at = 0; at + 2 <= bytes.length; ) {
    const [first = 0, short = 0] = bytes.subarray(at, at + 2);
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length = head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    if (at + head + length > bytes.length) return;
    yield { opcode: first & 0xf, payload: bytes.subarray(at + head, at + head + length) };
    at += head + length;
  }
}

const subscribe = (id: string, query = 'subscription { silence }') => ({ id, type: 'subscribe', payload: { query } });

describe('4400 (bad request) follows', () => {
  it.each([
    ['text that is no JSON', 'hello'],
    ['a JSON value that is no object', '[]'],
    ['a type that the protocol does not have', '{"type":"start","id":"1"}'],
    ['a message that only a server sends', '{"type":"connection_ack"}'],
    ['a subscription without an id', '{"type":"subscribe","payload":{"query":"{ hello }"}}'],
    ['a subscription without a query', '{"type":"subscribe","id":"1","payload":{}}'],
    ['an id of 257 characters', JSON.stringify(subscribe('x'.repeat(257)))],
  ])('%s', async (_what, message) => {
    const { connect } = await serve();
    const socket = await connect();
    socket.send(message);
    const [code] = await socket.closing();
    expect(code).toBe(4400);
  });
});

describe('4401 (unauthorized) follows', () => {
  it('an operation before connection_init', async () => {
    const socket = await (await serve()).open();
    socket.send(subscribe('1'));
    expect(await socket.closing()).toEqual([4401, 'Unauthorized']);
  });

  it('an operation that is sent together with connection_init, before its connection_ack', async () => {
    const { open, server } = await serve();
    server.backend.signIn('mia');
    const socket = await open();
    const init = JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer mia' } });
    socket.client.socket.write(Buffer.concat([frame(init), frame(JSON.stringify(subscribe('1')))]));
    expect(await socket.closing()).toEqual([4401, 'Unauthorized']);
    expect(server.backend.openedSources).toBe(0);
  });

  it.each([
    ['a token that is not valid', { authorization: 'Bearer never-issued' }],
    ['a token that is no text', { authorization: { $ne: null } }],
    ['an empty token', { authorization: '' }],
  ])('%s', async (_what, payload) => {
    const socket = await (await serve()).open();
    socket.send({ type: 'connection_init', payload });
    expect(await socket.closing()).toEqual([4401, 'Unauthorized']);
  });
});

describe('4403 (forbidden) follows', () => {
  it('the end of the token', async () => {
    const { connect, server } = await serve();
    server.backend.signIn('mia', { livesMs: 400 });
    const socket = await connect({ authorization: 'Bearer mia' });
    expect(await socket.closing()).toEqual([4403, 'Token expired']);
  });

  it('the end of the session', async () => {
    const { connect, server } = await serve();
    server.backend.signIn('mia');
    const socket = await connect({ authorization: 'Bearer mia' });
    server.backend.revoke('mia');
    expect(await socket.closing()).toEqual([4403, 'Session ended']);
  });
});

it.each(['graphql-ws', 'mqtt'])('4406 follows the subprotocol %s', async (protocol) => {
  const socket = await (await serve()).open({ protocol });
  expect(await socket.closing()).toEqual([4406, 'Subprotocol not acceptable']);
});

it('4408 follows where connection_init does not come in time, whatever else comes', async () => {
  const socket = await (await serve({ limits: { initWaitMs: 300 } })).open();
  const pinging = setInterval(() => socket.send({ type: 'ping' }), 50);
  expect(await socket.closing()).toEqual([4408, 'Connection initialisation timeout']);
  clearInterval(pinging);
});

it('4409 follows an id that is in use', async () => {
  const { connect, server } = await serve();
  const socket = await connect();
  socket.send(subscribe('1'));
  await until(() => server.backend.openSources === 1);
  socket.send(subscribe('1'));
  expect(await socket.closing()).toEqual([4409, 'An operation with this id is running']);
  await until(() => server.backend.openSources === 0);
});

it.each(['acknowledged', 'not acknowledged yet'])(
  '4429 follows a second connection_init where the first is %s',
  async (state) => {
    const { open, connect } = await serve();
    const socket = state === 'acknowledged' ? await connect() : await open();
    const init = frame('{"type":"connection_init"}');
    socket.client.socket.write(state === 'acknowledged' ? init : Buffer.concat([init, init]));
    expect(await socket.closing()).toEqual([4429, 'Too many initialisation requests']);
  },
);

describe('1009 (too big) follows', () => {
  it('a message of more than twice the largest request', async () => {
    const { connect } = await serve({ limits: { bodyBytes: 1_000 } });
    const socket = await connect();
    socket.send(`{"type":"ping","payload":{"x":"${'x'.repeat(7_000)}"}}`);
    const [code] = await socket.closing();
    expect(code).toBe(1009);
  });

  it('more than 16 KB before the connection_ack', async () => {
    const socket = await (await serve()).open();
    for (let count = 0; count < 20; count++) socket.send(`{"type":"ping","payload":{"x":"${'x'.repeat(1_000)}"}}`);
    expect(await socket.closing()).toEqual([1009, 'Too much before the connection_ack']);
  });
});

it('1012 (restart) follows where the server closes', async () => {
  const { connect, server } = await serve();
  const socket = await connect();
  const closed = server.server.close();
  expect(await socket.closing()).toEqual([1012, 'Restarting']);
  await closed;
});

describe('1013 (try again later) follows', () => {
  it('a token that cannot be checked now', async () => {
    const { open, server } = await serve();
    server.backend.databaseIsLost = true;
    const socket = await open();
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer mia' } });
    expect(await socket.closing()).toEqual([1013, 'Try again later']);
  });

  it('more connections than the user may have', async () => {
    const { connect, open, server } = await serve({ connectionLimits: { socketsPerUser: 1 } });
    server.backend.signIn('mia');
    const payload = { authorization: 'Bearer mia' };
    await connect(payload);
    const socket = await open();
    socket.send({ type: 'connection_init', payload });
    expect(await socket.closing()).toEqual([1013, 'Too many connections of this user']);
  });

  it('a client that reads nothing', async () => {
    const { connect, server } = await serve({ limits: { slowMs: 200, unsentBytes: 100_000 } });
    const { client, send, closing: closed } = await connect();
    client.socket.pause();
    send(subscribe('1', 'subscription { flood(characters: 100000) }'));
    await until(() => server.backend.openedSources === 1 && server.backend.openSources === 0);
    client.socket.resume();
    expect(await closed()).toEqual([1013, 'Too slow']);
  });
});

it('A client that does not answer the close frame is cut off after two seconds', async () => {
  const { client, send } = await (await serve()).open();
  send(subscribe('1'));
  const begun = performance.now();
  await until(() => client.isClosed);
  expect(performance.now() - begun).toBeLessThan(4_000);
});

it('a frame that is no WebSocket frame ends the connection with 1002', async () => {
  const { client, closing: closed } = await (await serve()).open();
  // Not masked, as a client's frame has to be.
  client.socket.write(Buffer.from([0x81, 0x01, 0x61]));
  const [code] = await closed();
  expect(code).toBe(1002);
});
