import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SpanStart, Tracing } from '../../../src/monitoring/tracing.ts';
import { traceOperation } from '../../../src/server/operations/trace-operation.ts';
import { TestServer, until } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

const begun: SpanStart[] = [];
const ended: (string | undefined)[] = [];
const tracing: Tracing = {
  begin(start) {
    begun.push(start);
    return { spanId: start.spanId ?? '', end: (errorCode) => void ended.push(errorCode) };
  },
};

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ steps: [traceOperation(tracing)] });
  server.backend.signIn('mia');
});
afterAll(() => server.close());
beforeEach(() => {
  begun.length = 0;
  ended.length = 0;
});

const TRACE = 'a1'.repeat(16);
const CALLER = 'b2'.repeat(8);
const WAYS = [
  ['fast_path', '/graphql', {}],
  ['apollo', '/graphql', { extensions: {} }],
  ['event_stream', '/graphql/stream', {}],
] as const;

async function post(path: string, body: object): Promise<void> {
  const traceparent = `00-${TRACE}-${CALLER}-01`;
  const headers = { 'content-type': 'application/json', authorization: 'Bearer mia', traceparent };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.text();
}

describe.each(WAYS)('The span of an operation over %s', (way, path, further) => {
  it('is part of the caller’s trace, and has the code of what failed', async () => {
    for (let use = 0; use < 3; use++) await post('/graphql', { query: '{ hello }' });
    begun.length = 0;
    ended.length = 0;
    await post(path, { query: '{ hello }', ...further });
    await post(path, { query: '{ boom }', ...further });
    await until(() => ended.length === 2);
    const place = { traceId: TRACE, parentSpanId: CALLER, name: 'graphql query' };
    expect(begun).toMatchObject([
      { ...place, attributes: { way } },
      { ...place, attributes: { 'graphql.operation.type': 'query' } },
    ]);
    const spans = new Set(begun.map(({ spanId }) => spanId));
    expect([spans.size, ...spans].every((id) => id === 2 || /^[\da-f]{16}$/.test(String(id)))).toBe(true);
    expect(ended).toEqual([undefined, expect.stringMatching(/^[A-Z_]+$/)]);
  });
});

describe('The span of a subscription', () => {
  it('ends once, when it is opened', async () => {
    const client = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer mia' });
    client.subscribe('1', 'subscription { ticks(count: 2, everyMs: 200) }');
    await client.gets('next');
    expect([begun.length, ended]).toEqual([1, [undefined]]);
    expect(begun[0]).toMatchObject({
      name: 'graphql subscription',
      parentSpanId: null,
      attributes: { way: 'websocket' },
    });
    await client.gets('complete');
    await client.leave();
    expect(ended).toEqual([undefined]);
  });

  it('that cannot be opened has the code of the reason', async () => {
    const client = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer mia' });
    client.subscribe('1', 'subscription { broken(at: "subscribe") }');
    await until(() => ended.length === 1);
    expect(ended).toEqual([expect.any(String)]);
    await client.leave();
  });
});
