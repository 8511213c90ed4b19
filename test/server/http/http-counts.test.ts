import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer, until } from '../harness.ts';
import { RawClient, webSocketRequest } from '../raw-client.ts';
import { SocketClient } from '../socket-client.ts';

let server: TestServer;
const describe = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath });
  },
  close: () => server.close(),
});

/** What is counted of what `act` does, after it was all answered: "GET /livez 200". */
async function counted(count: number, act: () => Promise<unknown>): Promise<string[]> {
  const { requests } = server.backend;
  await until(() => server.backend.connections === 0);
  requests.length = 0;
  await act();
  await until(() => requests.length >= count);
  return requests.map(({ method, endpoint, status }) => `${method} ${endpoint} ${status}`);
}
const get = async (path: string, init: RequestInit = {}) => await (await fetch(server.url + path, init)).text();
/** Sends a text as it is, and reads the answer. */
async function raw(text: string, answer = 'HTTP/1.1 ') {
  const client = await RawClient.open(server.server.port);
  client.socket.write(text);
  await client.reads(answer);
  client.socket.destroy();
}

describe('HTTP requests are counted', () => {
  it('by the pattern of their route, on the fast path as well', async () => {
    for (let use = 0; use < 3; use++) await server.post('{ hello }');
    expect(
      await counted(4, async () => {
        await server.post('{ hello }');
        await server.post('{ hello }', { token: 'unknown' });
        await get('/livez?probe=1');
        await get('/files/videos/one/film.mp4?signature=x');
      }),
    ).toEqual([
      'POST /graphql 200',
      expect.stringMatching(/^POST \/graphql \d+$/),
      'GET /livez 200',
      expect.stringMatching(/^GET \/files\/\* 4\d\d$/),
    ]);
  });

  it('without what a client makes up: addresses, methods and names of operations', async () => {
    expect(
      await counted(6, async () => {
        await get('/made-up-1?x=2');
        await get('/%zz');
        await get('/livez', { method: 'PUT' });
        await raw('PROPFIND /made-up-2 HTTP/1.1\r\nHost: localhost\r\n\r\n');
        await raw('MADEUP /made-up-3 HTTP/1.1\r\nHost: localhost\r\n\r\n');
        await server.post('query MadeUp { hello }');
      }),
    ).toEqual([
      'GET other 404',
      'GET other 400',
      'PUT /livez 405',
      'OTHER other 404',
      'OTHER other 400',
      'POST /graphql 200',
    ]);
  });

  it('with their seconds', async () => {
    await counted(1, () => server.post('{ slow(ms: 120) }'));
    expect(server.backend.requests[0]?.seconds).toBeGreaterThan(0.11);
    expect(server.backend.requests[0]?.seconds).toBeLessThan(5);
  });

  it('as 499 where the client leaves before the answer begins', async () => {
    const leave = () => get('/graphql?query={slow(ms:60000)}', { signal: AbortSignal.timeout(200) }).catch(() => '');
    expect(await counted(1, leave)).toEqual(['GET /graphql 499']);
  });
});

describe('WebSockets and event streams', () => {
  it('are counted when they open, and are active until they end', async () => {
    const { backend } = server;
    const opening = async () => {
      const socket = await SocketClient.connect(server.socketUrl);
      const stream = await fetch(`${server.url}/graphql/stream?query=subscription{silence}`);
      return { socket, stream };
    };
    let opened: Awaited<ReturnType<typeof opening>> | undefined;
    const requests = await counted(2, async () => {
      opened = await opening();
    });
    expect(requests).toEqual(['GET /graphql 101', 'GET /graphql/stream 200']);
    expect(backend.connections).toBe(2);
    await opened?.socket.leave();
    await until(() => backend.connections === 1);
    await opened?.stream.body?.cancel();
    await until(() => backend.connections === 0);
    expect(backend.requests).toHaveLength(2);
  });

  it('are counted where the WebSocket is refused', async () => {
    const request = webSocketRequest();
    expect(
      await counted(3, async () => {
        await raw(request.replace('/graphql', '/made-up'), '404');
        await raw(request.replace('Host: ', 'Origin: https://elsewhere.example\r\nHost: '), '403');
        await raw(request.replace(/Sec-WebSocket-Key: .*\r\n/i, ''), '400');
      }),
    ).toEqual(['GET other 404', 'GET /graphql 403', 'GET /graphql 400']);
    expect(server.backend.connections).toBe(0);
  });
});
