import { createClient } from 'graphql-sse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { consistently } from '../../helpers/consistently.ts';
import { TestServer, until } from '../harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ limits: { keepAliveMs: 100, sessionCheckMs: 100, slowMs: 300 } });
});
afterAll(() => server.close());
afterEach(() => until(() => server.backend.openSources === 0));

interface StreamOptions {
  readonly token?: string;
  readonly variables?: object;
  readonly method?: 'GET' | 'POST';
  readonly signal?: AbortSignal;
  readonly at?: TestServer;
}

async function open(
  query: string,
  { token, variables, method = 'POST', signal, at = server }: StreamOptions = {},
): Promise<Response> {
  const url = new URL(`${at.url}/graphql/stream`);
  if (method === 'GET') url.searchParams.set('query', query);
  if (method === 'GET' && variables) url.searchParams.set('variables', JSON.stringify(variables));
  return await fetch(url, {
    method,
    headers: {
      accept: 'text/event-stream',
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(method === 'POST' && { body: JSON.stringify({ query, variables }) }),
    ...(signal && { signal }),
  });
}

/** The events of a whole stream; "next" with their data. */
function eventsIn(text: string): { event: string; data: unknown }[] {
  return text
    .split('\n\n')
    .map((block) => /^event: (\w+)\ndata:(.*)$/s.exec(block))
    .filter((match) => match !== null)
    .map(([, event = '', data = '']) => ({ event, data: data.trim() === '' ? null : JSON.parse(data) }));
}

const eventsOf = async (response: Response) => eventsIn(await response.text());

describe('GraphQL over server-sent events', () => {
  it.each(['GET', 'POST'] as const)('streams events in order by %s, then completes and ends', async (method) => {
    const response = await open('subscription ($n: Int) { ticks(count: $n) }', { method, variables: { n: 3 } });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/);
    expect(await eventsOf(response)).toEqual([
      ...[1, 2, 3].map((ticks) => ({ event: 'next', data: { data: { ticks } } })),
      { event: 'complete', data: null },
    ]);
  });

  it('answers queries and mutations too, but no mutation by GET', async () => {
    expect(await eventsOf(await open('{ hello }'))).toEqual([
      { event: 'next', data: { data: { hello: 'hello' } } },
      { event: 'complete', data: null },
    ]);
    expect(await eventsOf(await open('mutation { bump }'))).toMatchObject([
      { data: { data: { bump: 1 } } },
      { event: 'complete' },
    ]);
    expect((await open('mutation { bump }', { method: 'GET' })).status).toBe(405);
    expect(server.backend.bumps).toBe(1);
  });

  it('refuses a wrong token with 401 and a guest before any source is opened', async () => {
    expect((await open('{ hello }', { token: 'nonsense' })).status).toBe(401);
    const opened = server.backend.openedSources;
    expect(await eventsOf(await open('subscription { ownTicks }'))).toMatchObject([
      { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } },
      { event: 'complete' },
    ]);
    expect(server.backend.openedSources).toBe(opened);
  });

  it('ends at the moment when the token expires, with the reason', async () => {
    const token = server.backend.signIn('brief', { livesMs: 1_000 });
    const start = Date.now();
    const events = await eventsOf(await open('subscription { ownTicks }', { token }));
    expect(Date.now() - start).toBeGreaterThanOrEqual(950);
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(events.slice(-2)).toMatchObject([
      { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } },
      { event: 'complete' },
    ]);
  });

  it('ends at once when the session is revoked', async () => {
    const token = server.backend.signIn('ann');
    const response = await open('subscription { silence }', { token });
    await until(() => server.backend.openSources === 1);
    server.backend.revoke('ann');
    expect(server.backend.openSources).toBe(0);
    expect(await eventsOf(response)).toMatchObject([
      { data: { errors: [{ message: 'The session was ended: sign in again.' }] } },
      { event: 'complete' },
    ]);
  });

  it('ends when the session is revoked while its operation is being checked', async () => {
    const revoke = () => void revoking.backend.revoke('ann');
    const revoking = await TestServer.start({ steps: [{ name: 'revoke', begin: revoke }] });
    const token = revoking.backend.signIn('ann');
    const response = await open('subscription { silence }', {
      token,
      at: revoking,
      signal: AbortSignal.timeout(5_000),
    });
    expect(await eventsOf(response)).toMatchObject([
      { data: { errors: [{ message: 'The session was ended: sign in again.' }] } },
      { event: 'complete' },
    ]);
    expect(revoking.backend.openSources).toBe(0);
    await revoking.close();
  });

  it('no longer checks the session of a stream that has ended', async () => {
    await eventsOf(await open('{ whoami }', { token: server.backend.signIn('gus') }));
    // One check may be in progress.
    const most = server.backend.checks + 1;
    await consistently('no more checks are made', 450, () => server.backend.checks <= most);
    expect(server.backend.checks).toBeLessThanOrEqual(most);
  });

  it('sends comments while there are no events, and closes the source when the client disconnects', async () => {
    const leaving = new AbortController();
    const response = await open('subscription { silence }', { signal: leaving.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (text.length < 9) text += (await reader?.read())?.value;
    expect(text).toMatch(/^(:\n\n)+$/);
    expect(server.backend.openSources).toBe(1);
    leaving.abort();
    await until(() => server.backend.openSources === 0);
  });

  // The responses stay referenced until the end: the garbage collection of one would end its connection.
  it('waits for a slow client instead of executing and buffering events for it', async () => {
    const patient = await TestServer.start({ limits: { slowMs: 300 } });
    const made = patient.backend.contexts;
    const unread = await open('subscription { flood(characters: 600000) }', { at: patient });
    await until(() => patient.backend.openSources === 1);
    await consistently('the source is open', 800, () => patient.backend.openSources === 1);
    // If unread events were buffered, they would soon exceed the limit at which a client is disconnected.
    expect(patient.backend.openSources).toBe(1);
    expect(patient.backend.contexts - made).toBeLessThan(40);
    await unread.body?.cancel();
    await patient.close();
  });

  it('disconnects a client that reads nothing for two heartbeats, however little is unread', async () => {
    const unread = await open('subscription { flood(characters: 600000) }');
    await until(() => server.backend.openSources === 1);
    await until(() => server.backend.openSources === 0);
    await expect(unread.text()).rejects.toThrow('terminated');
  });

  it('disconnects a client that does not read, and executes nothing for it meanwhile', async () => {
    const made = server.backend.contexts;
    const unread = await open('subscription { flood(characters: 9000000) }');
    await until(() => server.backend.openSources === 1);
    await until(() => server.backend.openSources === 0);
    expect(server.backend.contexts - made).toBeLessThan(5);
    await expect(unread.text()).rejects.toThrow('terminated');
  });

  it.each([
    ['no query', '{}'],
    ['a query that is no string', '{"query":7}'],
    ['variables that are a list', '{"query":"{ hello }","variables":[]}'],
    ['no JSON', '{{{'],
  ])('answers %s with 400 and the code', async (_what, body) => {
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('serves the graphql-sse client, which resumes after its last event when the server closes the connection', async () => {
    const passing = await TestServer.start();
    const seen: unknown[] = [];
    const client = createClient({ url: `${passing.url}/graphql/stream`, retryAttempts: 0 });
    const results = client.iterate<{ ticks: number }>({ query: 'subscription { ticks }' });
    const reading = (async () => {
      for await (const { data } of results) seen.push(data?.ticks);
    })();
    await until(() => seen.length >= 3);
    await Promise.all([passing.close(), expect(reading).rejects.toThrow()]);
    expect(seen.slice(0, 3)).toEqual([1, 2, 3]);
    expect(passing.backend.openSources).toBe(0);
    client.dispose();
  });
});
