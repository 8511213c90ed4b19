import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { bothWays } from '../both-ways.ts';
import { TestServer } from '../harness.ts';

let server: TestServer;
const describe = bothWays({
  open: async (fastPath) => {
    server = await TestServer.start({ fastPath });
  },
  close: () => server.close(),
});

const codesOf = ({ body }: { body: { errors?: { extensions: Record<string, unknown> }[] } }) =>
  body.errors?.map(({ extensions }) => extensions['code']);

describe('GraphQL over HTTP', () => {
  it('answers a query', async () => {
    const { status, body } = await server.post('{ hello }');
    expect({ status, body }).toEqual({ status: 200, body: { data: { hello: 'hello' } } });
  });

  it('identifies a user by the bearer token, and treats a request without one as a guest', async () => {
    const token = server.backend.signIn('mia');
    expect((await server.post('{ whoami }', { token })).body.data).toEqual({ whoami: 'mia' });
    expect((await server.post('{ whoami }')).body.data).toEqual({ whoami: null });
  });

  it.each([
    ['a wrong token', 'Bearer nonsense'],
    ['no bearer token at all', 'Basic bWlhOjEyMw=='],
    ['an empty one', 'Bearer '],
  ])('refuses the whole request for %s', async (_what, authorization) => {
    const answer = await server.post('{ hello }', { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
    expect(answer.body.data).toBeUndefined();
  });

  it('answers that it is unavailable, not that the token is invalid, when tokens cannot be checked', async () => {
    server.backend.databaseIsLost = true;
    const answer = await server.post('{ hello }', { token: 'mia' });
    server.backend.databaseIsLost = false;
    expect(answer.status).toBe(503);
    expect(codesOf(answer)).toEqual(['SERVICE_UNAVAILABLE']);
    expect(JSON.stringify(answer.body)).not.toContain('10.0.0.7');
  });

  it('refuses a document that is too large with 413, and accepts one just below the limit', async () => {
    const padding = (bytes: number) => ({ variables: { padding: 'x'.repeat(bytes) } });
    const small = await server.post('{ hello }', padding(1_048_000));
    expect(small.status).toBe(200);
    const large = await server.post('{ hello }', padding(1_048_576));
    expect(large.status).toBe(413);
    expect(codesOf(large)).toEqual(['BAD_USER_INPUT']);
    expect(large.body.errors?.[0]?.message).toBe('The request is too large.');
  });

  it('refuses a batch', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ hello }' }]),
    });
    expect(response.status).toBe(400);
  });

  it('refuses subscriptions at /graphql, and opens no source', async () => {
    const opened = server.backend.openedSources;
    const answer = await server.post('subscription { ticks(count: 1) }');
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(server.backend.openedSources).toBe(opened);
  });

  it('refuses requests that a page of another origin could send without a preflight', async () => {
    const body = JSON.stringify({ query: 'mutation { bump }' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      expect(response.status, type).toBe(415);
    }
    expect(server.backend.bumps).toBe(0);
  });

  it('runs no mutation for a GET', async () => {
    const url = `${server.url}/graphql?query=${encodeURIComponent('mutation { bump }')}`;
    expect((await fetch(url)).status).toBe(405);
    expect(server.backend.bumps).toBe(0);
  });

  it('masks internal errors, and logs them with the same trace id', async () => {
    const { body, status } = await server.post('{ boom }');
    expect(status).toBe(200);
    const [error] = body.errors ?? [];
    expect(error?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(body)).not.toContain('not-for-clients');
    const line = server.backend.log.find(
      (entry) => entry['trace_id'] === error?.extensions['traceId'] && entry['level'] === 'ERROR',
    );
    expect(JSON.stringify(line)).toContain('not-for-clients');
  });

  it('keeps persisted queries working', async () => {
    const extensions = {
      persistedQuery: { version: 1, sha256Hash: 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38' },
    };
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ extensions }),
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  });

  it('answers an invalid Host header with 400', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.server.port, '127.0.0.1');
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('end', () => resolve(text)).on('error', reject);
      socket.end(
        'GET /graphql?query={hello} HTTP/1.1\r\nHost: a b<>\r\napollo-require-preflight: 1\r\nConnection: close\r\n\r\n',
      );
    });
    expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  });
});

describe('trace ids', () => {
  const given = '4bf92f3577b34da6a3ce929d0e0e4736';

  it('are those of the caller', async () => {
    const headers = { traceparent: `00-${given}-00f067aa0ba902b7-01` };
    const answer = await server.post('{ traceId boom }', { headers });
    expect(answer.headers.get('x-trace-id')).toBe(given);
    expect(answer.body.data?.['traceId']).toBe(given);
    expect(answer.body.errors?.[0]?.extensions['traceId']).toBe(given);
  });

  it.each([
    ['missing', ''],
    ['malformed', `00-${given}`],
    ['of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['of a forbidden version', `ff-${given}-00f067aa0ba902b7-01`],
  ])('are new if the header traceparent is %s', async (_what, traceparent) => {
    const { headers } = await server.post('{ hello }', { headers: { traceparent } });
    expect(headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/);
    expect(headers.get('x-trace-id')).not.toBe(given);
    expect(headers.get('x-trace-id')).not.toBe('0'.repeat(32));
  });

  it('are in every error, of every kind', async () => {
    const answers = [
      await server.post('{ nonsense }'),
      await server.post('{ hello '),
      await server.post('{ hello }', { token: 'nonsense' }),
      await server.post('query ($n: Int!) { echo(number: $n) }', { variables: { n: 'x' } }),
      await server.post('{ hello }', { path: '/nowhere' }),
      await server.post(''),
    ];
    for (const { body, headers } of answers)
      expect(body.errors?.[0]?.extensions['traceId']).toBe(headers.get('x-trace-id'));
  });
});

describe('an answer that may hold tokens or private data', () => {
  it.each([
    ['the fast path', '/graphql', {}, {}],
    ['Apollo', '/graphql', {}, { extensions: {} }],
    ['the event stream', '/graphql/stream', { accept: 'text/event-stream' }, {}],
    ['a refusal', '/graphql', { authorization: 'Bearer gone' }, {}],
    ['no route', '/nowhere', {}, {}],
  ])('is not stored by caches: %s', async (_way, path, headers, more) => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ hello }', ...more }),
    });
    await response.body?.cancel();
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('in production', () => {
  it('reveals neither field names nor the schema', async () => {
    const production = await TestServer.start({ env: 'production', introspection: false });
    try {
      for (const path of ['/graphql', '/graphql/stream']) {
        const headers = { accept: path === '/graphql' ? 'application/json' : 'text/event-stream' };
        const text = async (query: string) =>
          await (
            await fetch(`${production.url}${path}`, {
              method: 'POST',
              headers: { 'content-type': 'application/json', ...headers },
              body: JSON.stringify({ query }),
            })
          ).text();
        expect(await text('{ helo }'), path).not.toContain('Did you mean');
        expect(await text('{ helo }'), path).toContain('BAD_USER_INPUT');
        expect(await text('{ __schema { types { name } } }'), path).not.toContain('Subscription');
      }
    } finally {
      await production.close();
    }
  });

  it('does not serve GraphiQL, which needs the schema', async () => {
    const production = await TestServer.start({ env: 'production', introspection: false });
    try {
      for (const path of ['/', '/graphiql', '/graphiql/app.js'])
        expect((await fetch(`${production.url}${path}`)).status, path).toBe(404);
    } finally {
      await production.close();
    }
  });

  it('answers with "Did you mean" in other environments', async () => {
    expect(JSON.stringify((await server.post('{ helo }')).body)).toContain('Did you mean');
  });
});

describe('probes', () => {
  it('succeed while all is well, and fail while the database is unavailable', async () => {
    let isReady = true;
    const probed = await TestServer.start({ isReady: () => isReady });
    const statuses = async () =>
      await Promise.all(
        ['/livez', '/readyz', '/health'].map(async (path) => (await fetch(`${probed.url}${path}`)).status),
      );
    try {
      expect(await statuses()).toEqual([200, 200, 200]);
      isReady = false;
      expect(await statuses()).toEqual([200, 503, 503]);
    } finally {
      await probed.close();
    }
  });
});
