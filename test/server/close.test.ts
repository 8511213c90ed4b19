import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startServer } from '../../src/server/start-server.ts';
import { TestServer, until } from './harness.ts';
import { SocketClient } from './socket-client.ts';

describe('close()', () => {
  it('ends sockets and streams so that clients reconnect, lets requests finish, and leaves nothing open', async () => {
    const file = fileURLToPath(new URL('close-alone.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
      timeout: 20_000,
    });
    const { took, lingered, ...seen } = JSON.parse(stdout);
    expect(seen).toMatchObject({
      codes: [1012, 1012, 1012],
      completed: false,
      answer: { data: { slow: 'done' } },
      openSources: 0,
      listeners: 0,
    });
    // The running request takes half a second; an idle connection would cost the whole ten.
    expect(took).toBeLessThan(4_000);
    expect(lingered).toBeLessThan(1_000);
  });

  it('serves for stopDelaySeconds more and is not ready, so that load balancers stop sending requests first', async () => {
    const server = await TestServer.start({ stopDelaySeconds: 1 });
    const before = await SocketClient.connect(server.socketUrl);
    expect((await server.post('{ hello }')).headers.get('connection')).toBe('keep-alive');
    const began = performance.now();
    const closing = server.server.close();
    const [readiness, answer] = await Promise.all([fetch(`${server.url}/readyz`), server.post('{ hello }')]);
    const late = await SocketClient.connect(server.socketUrl);
    expect([readiness.status, answer.status, answer.body.data]).toEqual([503, 200, { hello: 'hello' }]);
    expect(answer.headers.get('connection')).toBe('close');
    expect([before.closed, late.closed]).toEqual([undefined, undefined]);
    await closing;
    expect(performance.now() - began).toBeGreaterThan(990);
    await until(() => [before, late].every(({ closed }) => closed?.code === 1012));
    await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
    await server.close();
  });

  it('answers /readyz with 503 and refuses new requests while running ones end', async () => {
    const server = await TestServer.start({ stopDelaySeconds: 0 });
    const stubborn = await SocketClient.connect(server.socketUrl);
    stubborn.socket.pause();
    const closing = server.server.close();
    const readiness = await fetch(`${server.url}/readyz`);
    const liveness = await fetch(`${server.url}/livez`);
    const refused = await server.post('{ hello }');
    stubborn.socket.resume();
    expect([readiness.status, liveness.status, refused.status]).toEqual([503, 200, 503]);
    expect(refused.body.errors?.[0]?.extensions['code']).toBe('SERVICE_UNAVAILABLE');
    await closing;
    await server.close();
  });

  it.each([
    ['seen before', '{ hello }', 3],
    ['new', '{ hello again: hello }', 0],
  ])('answers a request of which half had arrived before: a document that is %s', async (_what, query, uses) => {
    const server = await TestServer.start();
    for (let use = 0; use < uses; use++) await server.post(query);
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' };
    const asking = request(`${server.url}/graphql`, { method: 'POST', headers, agent: false });
    const answering = once(asking, 'response');
    asking.flushHeaders();
    // The server has begun to answer.
    await once(asking, 'continue');
    asking.write(body.slice(0, 5));
    const closing = server.server.close();
    await until(async () => (await fetch(`${server.url}/readyz`).catch(() => null))?.ok !== true);
    asking.end(body.slice(5));
    const [response]: IncomingMessage[] = await answering;
    expect(response?.statusCode).toBe(200);
    response?.resume();
    await closing;
    await server.close();
  });

  it('waits for a hanging request only until its timeout', async () => {
    const server = await TestServer.start({ limits: { drainMs: 200 } });
    const made = server.backend.contexts;
    const hanging = server.post('{ slow(ms: 4000) }').catch((error: unknown) => error);
    await until(() => server.backend.contexts > made);
    const start = Date.now();
    await server.close();
    expect(Date.now() - start).toBeLessThan(3_500);
    expect(await hanging).toBeInstanceOf(Error);
  });

  it('may be called twice', async () => {
    const server = await TestServer.start();
    await Promise.all([server.server.close(), server.server.close()]);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('is not needed if the port is in use: the start fails with the reason and leaves nothing open', async () => {
    const first = await TestServer.start();
    try {
      const options = { ...first.options, config: { ...first.options.config, port: first.server.port } };
      await expect(startServer(options)).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: `Port ${first.server.port} of 127.0.0.1 cannot be opened, something listens there already: change HOST or PORT.`,
      });
      expect(first.backend.listeners).toBe(1);
    } finally {
      await first.close();
    }
  });
});
