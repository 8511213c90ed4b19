import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../../src/auth/auth-error.ts';
import { CoercedVariables } from '../../../src/execution/executor.ts';
import type { OperationWay } from '../../../src/monitoring/metrics.ts';
import type { OperationStep } from '../../../src/server/operations/operation-step.ts';
import { TestServer, until } from '../harness.ts';
import { SocketClient } from '../socket-client.ts';

/** A step as a new feature would add it. */
class RecordingStep implements OperationStep {
  readonly name = 'record';
  readonly seen: string[] = [];
  refuses: Error | undefined;

  async begin({ way, executable, variables, caller }: Parameters<OperationStep['begin']>[0]) {
    await turn();
    const values = variables instanceof CoercedVariables ? JSON.stringify(variables.values) : 'wrong variables';
    this.seen.push(`begin ${way} ${executable.type} ${values} ${caller.viewer?.username ?? 'guest'}`);
    if (this.refuses) throw this.refuses;
    return (errors: readonly unknown[]) => void this.seen.push(`end ${way} ${errors.length}`);
  }
}

let server: TestServer;
const step = new RecordingStep();
/** Begins before `step`, so that it has to end when `step` refuses. */
const ended: number[] = [];
const outer: OperationStep = { name: 'outer', begin: () => (errors) => void ended.push(errors.length) };
beforeAll(async () => {
  server = await TestServer.start({ steps: [outer, step] });
  server.backend.signIn('mia');
});
afterAll(() => server.close());
beforeEach(() => {
  step.refuses = undefined;
  step.seen.length = 0;
  ended.length = 0;
});

interface Request {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}
interface Answer {
  /** Null on a WebSocket. */
  readonly status: number | null;
  readonly retryAfter?: string | null;
  readonly text: string;
}

const TOKEN = { authorization: 'Bearer mia' };
async function post(path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...TOKEN };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
}

async function overSocket({ query, variables }: Request): Promise<Answer> {
  const client = await SocketClient.connect(server.socketUrl, TOKEN);
  client.subscribe('1', query, variables);
  const { payload } = await Promise.race([client.gets('next'), client.gets('error')]);
  await client.leave();
  return { status: null, text: JSON.stringify(payload) };
}

const ways: [OperationWay, (request: Request) => Promise<Answer>][] = [
  ['fast_path', (request) => post('/graphql', request)],
  ['apollo', (request) => post('/graphql', { ...request, extensions: {} })],
  ['event_stream', (request) => post('/graphql/stream', request)],
  ['websocket', overSocket],
];

/** The fast path answers documents from their third use on. */
async function useThrice(request: Request): Promise<void> {
  for (let use = 0; use < 3; use++) await post('/graphql', request);
  await until(() => step.seen.length === 6);
  step.seen.length = 0;
  ended.length = 0;
}

describe.each(ways)('A step that is added to the list, over %s', (way, ask) => {
  const request = { query: 'query ($n: Int!) { echo(number: $n) whoami }', variables: { n: 7 } };

  it('begins before an operation, with its facts, and ends with it', async () => {
    await useThrice(request);
    expect((await ask(request)).text).toContain('"echo":7');
    await until(() => step.seen.length === 2);
    expect(step.seen).toEqual([`begin ${way} query {"n":7} mia`, `end ${way} 0`]);
  });

  it('ends with the errors of the operation', async () => {
    const boom = { query: '{ boom lost }' };
    await useThrice(boom);
    await ask(boom);
    expect(step.seen).toEqual([`begin ${way} query {} mia`, `end ${way} 2`]);
  });

  it('can refuse the operation: nothing runs, and the client gets the error with its status', async () => {
    const bump = { query: 'mutation { bump }' };
    await useThrice(bump);
    const { bumps } = server.backend;
    step.refuses = new RateLimitedError(41);
    const { status, retryAfter, text } = await ask(bump);
    expect(text).toContain('"code":"RATE_LIMITED"');
    expect(text).not.toContain('"data"');
    if (way !== 'websocket') expect({ status, retryAfter }).toEqual({ status: 429, retryAfter: '41' });
    expect(server.backend.bumps).toBe(bumps);
    expect(step.seen).toEqual([`begin ${way} mutation {} mia`]);
    // The earlier step has ended.
    expect(ended).toEqual([1]);
  });
});

describe.each(ways)('An operation over %s is measured', (way, ask) => {
  it.each([
    ['success', { query: '{ slow(ms: 60) }' }, ['slow']],
    ['error', { query: '{ hello boom }' }, ['hello', 'boom']],
    ['refused', { query: 'query MadeUp { hello }' }, ['hello']],
    ['refused', { query: 'query ($n: Int!) { echo(number: $n) }', variables: { n: 'x' } }, ['echo']],
  ])('with its outcome: %s of %o', async (outcome, request, names) => {
    const { operations } = server.backend;
    for (let use = 0; use < 3; use++) await ask(request);
    if (request.query.includes('MadeUp')) step.refuses = new RateLimitedError(41);
    operations.length = 0;
    await ask(request);
    await until(() => operations.length > 0);
    // Wrong variables are left to Apollo.
    const expectedWay = way === 'fast_path' && 'variables' in request ? 'apollo' : way;
    const rootFields = new Set(names);
    const seconds: unknown = expect.any(Number);
    expect(operations).toEqual([{ type: 'query', way: expectedWay, rootFields, outcome, seconds }]);
    expect(Number(operations[0]?.seconds) > 0.05).toBe(request.query.includes('slow'));
  });
});

describe('A subscription is measured', () => {
  it('once, when it is opened, however long it lasts', async () => {
    const { operations } = server.backend;
    operations.length = 0;
    const client = await SocketClient.connect(server.socketUrl, TOKEN);
    client.subscribe('1', 'subscription { ticks }');
    await client.gets('next');
    const rootFields = new Set(['ticks']);
    const opened = {
      type: 'subscription',
      way: 'websocket',
      rootFields,
      outcome: 'success',
      seconds: expect.any(Number),
    };
    expect(operations).toEqual([opened]);
    expect(server.backend.subscriptions).toBe(1);
    client.send({ id: '1', type: 'complete' });
    await until(() => step.seen.length === 2);
    expect(operations).toEqual([opened]);
    expect(server.backend.subscriptions).toBe(0);
    client.subscribe('2', 'subscription { broken(at: "subscribe") }');
    await until(() => operations.length === 2);
    expect(operations[1]?.outcome).toBe('error');
    await client.leave();
  });
});

describe('A step that is added to the list', () => {
  it.each(['event_stream', 'websocket'] as const)('lasts as long as a subscription over %s', async (way) => {
    const query = 'subscription { ticks(count: 3) }';
    const client = await SocketClient.connect(server.socketUrl, TOKEN);
    if (way === 'event_stream') await post('/graphql/stream', { query });
    else {
      client.subscribe('1', query);
      await client.gets('next');
      expect(step.seen).toEqual(['begin websocket subscription {} mia']);
      await client.gets('complete');
    }
    await until(() => step.seen.length === 2);
    expect(step.seen).toEqual([`begin ${way} subscription {} mia`, `end ${way} 0`]);
    await client.leave();
  });

  it('ends when the client leaves a subscription, and when its source cannot be opened', async () => {
    const client = await SocketClient.connect(server.socketUrl, TOKEN);
    client.subscribe('1', 'subscription { ticks }');
    await client.gets('next');
    client.send({ id: '1', type: 'complete' });
    await until(() => step.seen.length === 2);
    client.subscribe('2', 'subscription { broken(at: "subscribe") }');
    await until(() => step.seen.length === 4);
    expect(step.seen.slice(2)).toEqual(['begin websocket subscription {} mia', 'end websocket 1']);
    await client.leave();
  });

  it('runs for an operation with invalid variables, which is then refused', async () => {
    const { text } = await post('/graphql', { query: 'query ($n: Int!) { echo(number: $n) }', variables: { n: 'x' } });
    expect(text).toContain('"code":"BAD_USER_INPUT"');
    expect(step.seen).toEqual(['begin apollo query wrong variables mia', 'end apollo 1']);
  });
});
