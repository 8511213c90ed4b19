import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer, until } from '../harness.ts';
import { RawClient } from '../raw-client.ts';
import { SocketClient } from '../socket-client.ts';

let server: TestServer;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A connection on which so many characters were asked for, and none is read. */
async function askForMuch(characters: number, token?: string): Promise<Socket> {
  const { socket } = await RawClient.open(server.server.port);
  sockets.push(socket);
  socket.pause();
  const body = JSON.stringify({ query: 'query ($n: Int!) { large(characters: $n) }', variables: { n: characters } });
  const authorization = token === undefined ? '' : `authorization: Bearer ${token}\r\n`;
  const before = server.backend.contexts;
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${authorization}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await until(() => server.backend.contexts > before);
  return socket;
}

const ask = (token?: string) => server.post('{ hello }', token === undefined ? {} : { token });
const refusal = {
  status: 429,
  body: {
    errors: [
      {
        message: 'More than 15 MiB of earlier answers to you are not read yet: read them, and try again.',
        extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 5 },
      },
    ],
  },
};

const describeBoth = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ limits: { answersBytes: 15 * 1_048_576 }, fastPath });
    server.backend.signIn('mia');
    // The fast path answers from the third time on.
    for (let time = 0; time < 3; time++) {
      await ask();
      await server.post('query ($n: Int!) { large(characters: $n) }', { variables: { n: 1 } });
    }
  },
  close: () => server.close(),
});

describeBoth('A caller who does not read answers', () => {
  it('is refused beyond the limit, on every way, until they are read or given up', async () => {
    const [first] = [await askForMuch(10_000_000), await askForMuch(10_000_000)];
    await until(async () => (await ask()).status === 429);
    const { status, headers, body } = await ask();
    expect({ status, body }).toMatchObject(refusal);
    expect(headers.get('retry-after')).toBe('5');
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', '{ hello }');
    expect(await client.gets('error')).toMatchObject({ payload: refusal.body.errors });
    await client.leave();
    first?.destroy();
    await until(async () => (await ask()).status === 200);
  });

  it('leaves other callers alone', async () => {
    await Promise.all([askForMuch(10_000_000), askForMuch(10_000_000)]);
    await until(async () => (await ask()).status === 429);
    expect((await ask('mia')).status).toBe(200);
  });

  it('may have as much as the limit', async () => {
    await askForMuch(10_000_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await ask()).status).toBe(200);
  });

  it('is never refused for answers that were read', async () => {
    for (let time = 0; time < 4; time++) {
      const answer = await server.post('query ($n: Int!) { large(characters: $n) }', { variables: { n: 8_000_000 } });
      expect(answer.status).toBe(200);
    }
  });
});
