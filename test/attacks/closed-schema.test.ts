import { hash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { appBothWays } from '../server/both-ways.ts';
import { SocketClient } from '../server/socket-client.ts';

const { describeBoth, app } = appBothWays({ settings: { GRAPHQL_INTROSPECTION: 'false' } });

type Variables = Record<string, unknown>;
type Ask = (query: string, variables?: Variables) => Promise<string>;

const json = { 'content-type': 'application/json' };
const post = async (path: string, body: object, headers: Record<string, string> = {}) =>
  await (
    await fetch(`${app().url}${path}`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) })
  ).text();
const get = async (path: string, query: string, variables?: Variables) =>
  await (
    await fetch(
      `${app().url}${path}?${new URLSearchParams({ query, ...(variables && { variables: JSON.stringify(variables) }) })}`,
    )
  ).text();

const WAYS: readonly [string, Ask][] = [
  ['POST', (query, variables) => post('/graphql', { query, variables })],
  [
    'POST for application/json',
    (query, variables) => post('/graphql', { query, variables }, { accept: 'application/json' }),
  ],
  ['GET', (query, variables) => get('/graphql', query, variables)],
  [
    'persisted queries',
    async (query, variables) => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: hash('sha256', query, 'hex') } };
      const both = await post('/graphql', { query, variables, extensions });
      return both + (await post('/graphql', { variables, extensions }));
    },
  ],
  ['an event stream by POST', (query, variables) => post('/graphql/stream', { query, variables })],
  ['an event stream by GET', (query, variables) => get('/graphql/stream', query, variables)],
  [
    'a WebSocket',
    async (query, variables) => {
      const client = await SocketClient.connect(`${app().url.replace('http', 'ws')}/graphql`);
      client.subscribe('1', query, variables);
      const message = await Promise.race([client.gets('next'), client.gets('error')]);
      await client.leave();
      return JSON.stringify(message);
    },
  ],
];

const INTROSPECTION: readonly string[] = [
  '{ __schema { types { name } } }',
  '{ __type(name: "Video") { fields { name } } }',
  '{ ...A } fragment A on Query { s: __schema { queryType { name } } }',
  'query { ... on Query { ... { __type(name: "Role") { enumValues { name } } } } }',
  'subscription { __schema { queryType { name } } }',
  'mutation { __type(name: "User") { name } }',
];

/** Each is one letter away from a name of the schema. */
const NEARLY_RIGHT: readonly [what: string, query: string, variables?: Variables][] = [
  ['a field', '{ healt }'],
  ['a field of a type', '{ viewer { usernam } }'],
  ['a field of a mutation', 'mutation { createVide }'],
  ['a field of a subscription', 'subscription { videoProgres }'],
  ['an argument', '{ videos(firs: 1) { totalCount } }'],
  ['a directive', '{ health @includ(if: true) { status } }'],
  ['an argument of a directive', '{ health @include(if: true, i: true) { status } }'],
  ['a type', 'query ($status: VideoStatu) { health { status } }'],
  ['a type of a fragment', '{ ... on Vide { id } }'],
  ['an input field', 'mutation { login(input: { identifie: "a", password: "b" }) { userErrors { code } } }'],
  [
    'an input field in a variable',
    'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }',
    { input: { identifie: 'a', password: 'b' } },
  ],
  ['a value of an enum', '{ videos(filter: { status: [PROCESSIN] }) { totalCount } }'],
  [
    'a value of an enum in a variable',
    'query ($status: [VideoStatus!]) { videos(filter: { status: $status }) { totalCount } }',
    { status: ['PROCESSIN'] },
  ],
];

describeBoth('A server whose schema is closed', () => {
  beforeAll(async () => {
    // Twice, so that it is answered on the fast path.
    for (const _time of [1, 2, 3])
      await post('/graphql', { query: '{ health { status } }' }, { accept: 'application/json' });
  });

  it.each(WAYS)('answers no introspection over %s', async (_way, ask) => {
    for (const query of INTROSPECTION)
      for (const _time of [1, 2]) {
        const answer = await ask(query);
        expect(answer, query).toContain('"code":"BAD_USER_INPUT"');
        expect(answer, query).not.toContain('"data"');
        // Names that only the answer could contain.
        expect(answer, query).not.toMatch(/"Subscription"|SUPER_ADMIN|"email"/);
      }
  });

  it.each(WAYS)('still says of which type an object is, over %s', async (_way, ask) => {
    expect(await ask('{ __typename health { __typename } }')).toContain(
      '{"__typename":"Query","health":{"__typename":"Health',
    );
  });

  it.each(WAYS)('suggests no name for one that is nearly right, over %s', async (_way, ask) => {
    for (const [what, query, variables] of NEARLY_RIGHT) {
      const answer = await ask(query, variables);
      expect(answer, what).toContain('"code":"BAD_USER_INPUT"');
      expect(answer, what).not.toContain('Did you mean');
    }
  });
});
