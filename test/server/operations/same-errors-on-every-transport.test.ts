import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

let server: TestServer;
const describe = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath });
  },
  close: () => server.close(),
});

interface Fault {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly traceId: string };
}
interface Result {
  readonly errors?: readonly Fault[];
}
type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Result>;

const isResult = (value: unknown): value is Result => typeof value === 'object' && value !== null;
function resultOf(value: unknown): Result {
  if (isResult(value)) return value;
  throw new TypeError('That is no result.');
}

const transports: Record<string, Ask> = {
  HTTP: async (query, variables) => {
    const { body } = await server.post(query, variables && { variables });
    return resultOf(body);
  },
  WebSocket: async (query, variables) => {
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', query, variables);
    const { type, payload } = await Promise.race([client.gets('next'), client.gets('error')]);
    await client.leave();
    return resultOf(type === 'error' ? { errors: payload } : payload);
  },
  'event stream': async (query, variables) => {
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query, variables }),
    });
    return resultOf(JSON.parse(/^data: (.*)$/m.exec(await response.text())?.[1] ?? ''));
  },
};

const nested = (depth: number) => `{ tree { ${'branch { '.repeat(depth - 2)} leaf ${'} '.repeat(depth - 2)} } }`;
const cases: [string, string, Record<string, unknown>?][] = [
  ['a syntax error', '{ hello '],
  ['an unknown field', '{ nonsense }'],
  ['a variable of the wrong type', 'query ($n: Int!) { echo(number: $n) }', { n: 'many' }],
  ['a variable left out', 'query ($n: Int!) { echo(number: $n) }'],
  ['an anonymous operation and another', '{ hello } query Other { hello }'],
  ['too many aliases', `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: hello`).join(' ')} }`],
  ['too many root fields', `{ ${'hello '.repeat(21)} }`],
  ['too many words', `{ ${'hello '.repeat(2_000)} }`],
  ['too much depth', nested(13)],
  ['an internal error', '{ boom }'],
  ['a lost database', '{ lost }'],
  ['a field that guests may not read', '{ secret }'],
];

describe('The same error', () => {
  it.each(cases)('has the same code and message on every transport: %s', async (_what, query, variables) => {
    const seen = [];
    for (const ask of Object.values(transports)) {
      const { errors = [] } = await ask(query, variables);
      for (const { extensions } of errors) expect(extensions.traceId).toMatch(/^[\da-f]{32}$/);
      seen.push(errors.map(({ message, extensions }) => ({ message, code: extensions.code })));
    }
    expect(seen[0]?.length).toBeGreaterThan(0);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(JSON.stringify(seen)).not.toMatch(/not-for-clients|10\.0\.0\.7/);
  });

  it.each(Object.keys(transports))('does not occur just inside the limits, over %s', async (name) => {
    const ask = transports[name];
    const aliases = `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: hello`).join(' ')} }`;
    for (const query of [aliases, nested(12)]) expect(await ask?.(query)).not.toHaveProperty('errors');
  });
});
