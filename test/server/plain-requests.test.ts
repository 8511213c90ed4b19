import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from './harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ env: 'production' });
});
afterAll(() => server.close());

interface Sent {
  readonly query?: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

async function post(body: Sent, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const shown = Object.fromEntries(response.headers);
  const text = await response.text();
  for (const name of ['date', 'x-trace-id', 'content-length']) delete shown[name];
  return { status: response.status, headers: shown, text: text.replaceAll(/[\da-f]{32}/g, 'TRACE') };
}

const cases: [string, Sent][] = [
  ['data', { query: '{ hello }' }],
  ['an alias', { query: '{ again: hello __typename }' }],
  ['a viewer', { query: '{ whoami secret }' }],
  ['variables', { query: 'query ($n: Int!) { echo(number: $n) }', variables: { n: 7 } }],
  ['a variable of the wrong type', { query: 'query ($n: Int!) { echo(number: $n) }', variables: { n: 'many' } }],
  ['a variable left out', { query: 'query ($n: Int!) { echo(number: $n) }' }],
  ['variables that are no object', { query: 'query ($n: Int) { hello }', variables: [1] }],
  ['an operation by name', { query: 'query A { hello } query B { traceId }', operationName: 'B' }],
  ['a name that fits none', { query: 'query A { hello }', operationName: 'C' }],
  ['a name that is none', { query: '{ hello }', operationName: 7 }],
  ['a mutation', { query: 'mutation { __typename }' }],
  ['a subscription', { query: 'subscription { ticks }' }],
  ['a fault of ours', { query: '{ boom hello }' }],
  ['a lost database', { query: '{ lost }' }],
  ['what guests may not', { query: '{ secret }' }],
  ['an unknown field', { query: '{ nonsense }' }],
];

describe('a request that is answered without Apollo', () => {
  it.each(cases)('has the very answer of Apollo, to the byte: %s', async (_what, body) => {
    const viaApollo = await post({ ...body, extensions: {} });
    for (let use = 0; use < 4; use++) expect(await post(body)).toEqual(viaApollo);
  });

  it.each(['*/*', 'application/json', 'application/graphql-response+json', 'text/html', 'text/plain'])(
    'is negotiated as Apollo does for %s',
    async (accept) => {
      const viaApollo = await post({ query: '{ hello }', extensions: {} }, { accept });
      for (let use = 0; use < 3; use++) expect(await post({ query: '{ hello }' }, { accept })).toEqual(viaApollo);
    },
  );

  it('runs a mutation once', async () => {
    const before = server.world.bumps;
    for (let use = 0; use < 4; use++) await post({ query: 'mutation { bump }' });
    expect(server.world.bumps).toBe(before + 4);
  });

  it('still finds persisted queries, however often they come', async () => {
    const query = '{ hello __typename }';
    const sha256Hash = hash('sha256', query);
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect((await post({ query, extensions })).status).toBe(200);
    for (let use = 0; use < 3; use++) {
      const { text } = await post({ extensions });
      expect(text).toBe('{"data":{"hello":"hello","__typename":"Query"}}\n');
    }
  });
});
