import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../helpers/fixtures.ts';
import { SocketClient } from '../server/socket-client.ts';
import { type Attack, postBody, WAYS, type Way } from './ways.ts';

/** On a machine that does much else; alone, each attack is answered within a tenth of it. */
const MAX_MS = 30_000;
const MAX_ANSWER_CHARACTERS = 100_000;

const app = useApp({ worker: false });
let token: string | null;
beforeAll(async () => {
  ({ token } = await app.signedIn('mallory'));
});

function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(' ');
}

/** Fragments of which each spreads the next one twice: 2^30 fields, where they were copied. */
const FRAGMENT_BOMB = `{ viewer { ...F0 } } ${times(30, (at) => `fragment F${at} on User { ...F${at + 1} ... { ...F${at + 1} } }`)} fragment F30 on User { id }`;
const LOGIN = 'login(input: { identifier: "victim", password: "guess" }) { userErrors { code } }';
const CREATE =
  'mutation ($input: CreateVideoInput!) { createVideo(input: $input) { video { id } userErrors { code } } }';

const unknownFields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`field${at}`, 1]));
const TOO_DEEP = {
  errors: [
    {
      message: 'The request is nested too deep: lists and objects may be 64 levels deep.',
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ],
} as const;
/** As text, because JSON.stringify does not go so deep. */
const DEEP = `${'['.repeat(10_000)}"x"${']'.repeat(10_000)}`;

const REFUSED: readonly (readonly [string, Attack, string])[] = [
  [
    'fragments that contain each other',
    { query: '{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...A }' },
    'Cannot spread fragment',
  ],
  ['a fragment that contains itself', { query: '{ viewer { ...A } } fragment A on User { id ...A }' }, 'Cannot spread'],
  ['ten thousand fields', { query: `{ viewer { ${'id '.repeat(10_000)} } }` }, 'that 2000 tokens'],
  ['ten thousand aliases', { query: `{ viewer { ${times(10_000, (at) => `a${at}: id`)} } }` }, 'that 2000 tokens'],
  ['one field nine hundred times', { query: `{ viewer { ${'id '.repeat(900)} } }` }, 'is here more than 100 times'],
  [
    'fields of one name and aliases of them in turn',
    { query: `{ viewer { ${times(300, () => 'a:id a:bio')} } }` },
    'At most 30 aliases',
  ],
  [
    'a hundred fragments that overlap',
    {
      query: `{ viewer { ${times(100, (at) => `...F${at}`)} } } ${times(100, (at) => `fragment F${at} on User { id bio }`)}`,
    },
    'At most 50 fragments',
  ],
  ['31 aliases of __typename', { query: `{ ${times(31, (at) => `a${at}: __typename`)} }` }, 'At most 30 aliases'],
  ['a field with a thousand directives', { query: `{ __typename ${'@skip(if: false) '.repeat(1_000)} }` }, 'tokens'],
  [
    'a field with as many directives as fit',
    { query: `{ __typename ${'@skip(if: false) '.repeat(280)} }` },
    'only be used once',
  ],
  [
    'a field with as many unknown directives as fit',
    { query: `{ __typename ${times(900, (at) => `@d${at}`)} }` },
    'Unknown directive',
  ],
  [
    'fields inside each other',
    { query: `{ viewer { videos { nodes { ${'owner { videos { nodes { '.repeat(4)} id ${'} } }'.repeat(4)} } } } }` },
    'fields deep',
  ],
  [
    'pages inside each other',
    { query: '{ videos(first: 100) { nodes { owner { videos(first: 100) { nodes { id } } } } } }' },
    'rows',
  ],
  [
    'twenty sign-ins under aliases',
    { query: `mutation { ${times(20, (at) => `a${at}: ${LOGIN}`)} }` },
    'Only one of the fields',
  ],
  [
    'twenty sign-ins in fragments',
    {
      query: `mutation { ${times(20, (at) => `...F${at}`)} } ${times(20, (at) => `fragment F${at} on Mutation { a${at}: ${LOGIN} }`)}`,
    },
    'Only one of the fields',
  ],
  ['21 root fields', { query: `{ ${times(21, (at) => `a${at}: viewer { id }`)} }` }, 'at most 20 are allowed'],
  [
    'a megabyte of numbers in a list',
    { query: CREATE, variables: { input: { tags: new Array(400_000).fill(1) } } },
    'BAD_USER_INPUT',
  ],
  [
    'a long text beside fifty unknown fields, which each error would repeat',
    {
      query: `query ($input: CreateVideoInput!) { estimateVideo(input: $input) { __typename } }`,
      variables: { input: { topic: 'x'.repeat(900_000), ...unknownFields(50) } },
    },
    'BAD_USER_INPUT',
  ],
  [
    'a megabyte of unknown fields',
    {
      query: CREATE,
      variables: { input: unknownFields(60_000) },
    },
    'BAD_USER_INPUT',
  ],
];

describe.each(WAYS)('An attack over %s', (way, send) => {
  it.each(REFUSED)('with %s is refused as wrong, soon and in few words', async (_what, attack, words) => {
    const begun = performance.now();
    const { status, text } = await send(app.url, attack, token);
    expect(performance.now() - begun).toBeLessThan(MAX_MS);
    expect(text).toContain(words);
    expect(text).toContain('BAD_USER_INPUT');
    expect(text).not.toContain('INTERNAL_SERVER_ERROR');
    expect(text.length).toBeLessThan(MAX_ANSWER_CHARACTERS);
    expect(status).toBe(way === 'a WebSocket' ? null : status === 200 ? 200 : 400);
  });

  it.each<readonly [string, Attack, string]>([
    ['fragments that double each other', { query: FRAGMENT_BOMB }, '"viewer":{"id"'],
    [
      'one object a hundred times',
      { query: `{ viewer { ${'roles { role } '.repeat(100)} } }` },
      '"viewer":{"roles":[{"role":"CREATOR"}]',
    ],
    [
      'inline fragments inside each other',
      { query: `{ viewer { ${'... { '.repeat(600)} id ${'} '.repeat(600)} } }` },
      '"viewer":{"id"',
    ],
    [
      'unused variables of a megabyte',
      { query: '{ viewer { id } }', variables: { unused: 'x'.repeat(1_000_000) } },
      '"viewer":{"id"',
    ],
  ])('with %s costs no more than its length', async (_what, attack, words) => {
    const begun = performance.now();
    const { text } = await send(app.url, attack, token);
    expect(performance.now() - begun).toBeLessThan(MAX_MS);
    expect(text).toContain(words);
    expect(text.length).toBeLessThan(MAX_ANSWER_CHARACTERS);
  });
});

describe.each(['/graphql', '/graphql/stream'])('A variable of lists ten thousand deep, sent to %s,', (path) => {
  it.each([
    ['as the input', `{ "input": ${DEEP} }`],
    ['inside the input', `{ "input": { "tags": ${DEEP} } }`],
    ['without use', `{ "input": { "script": "" }, "unused": ${DEEP} }`],
  ])('%s is refused as wrong', async (_where, variables) => {
    const body = `{ "query": ${JSON.stringify(CREATE)}, "variables": ${variables} }`;
    const { status, text } = await postBody(`${app.url}${path}`, body, token);
    expect([status, JSON.parse(text)]).toMatchObject([400, TOO_DEEP]);
  });
});

describe('Variables', () => {
  const query = '{ viewer { username } }';
  /** Lists that make a request of this many levels: its own object and its variables are two of them. */
  const inRequestOf = (levels: number) => JSON.parse(`${'['.repeat(levels - 2)}1${']'.repeat(levels - 2)}`);
  const ask = (send: Way, levels: number) =>
    send(app.url, { query, variables: { unused: inRequestOf(levels) } }, token);

  it.each(WAYS)('may be 64 levels deep with the request around them, over %s', async (_way, send) => {
    // The fast path answers from the third time on.
    for (let time = 0; time < 4; time++)
      expect((await ask(send, 64)).text).toContain('"viewer":{"username":"mallory"}');
  });

  it.each(WAYS.slice(0, 3))('may not be 65, over %s', async (_way, send) => {
    const { status, text } = await ask(send, 65);
    expect([status, JSON.parse(text)]).toMatchObject([400, TOO_DEEP]);
  });

  it('close a WebSocket where they are 65 levels deep', async () => {
    const client = await SocketClient.connect(`${app.url.replace('http', 'ws')}/graphql`, {
      authorization: `Bearer ${token}`,
    });
    client.send({ id: '1', type: 'subscribe', payload: { query, variables: { unused: inRequestOf(65) } } });
    expect(await client.closeCode()).toBe(4400);
    expect(client.closed?.reason).toBe(TOO_DEEP.errors[0].message);
  });

  it.each(['/graphql', '/graphql/stream'])('have the same limit in the address of %s', async (path) => {
    const get = async (levels: number) => {
      const variables = encodeURIComponent(JSON.stringify({ unused: inRequestOf(levels) }));
      const address = `${app.url}${path}?query=${encodeURIComponent(query)}&variables=${variables}`;
      const response = await fetch(address, {
        headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' },
      });
      return { status: response.status, text: await response.text() };
    };
    expect(await get(64)).toMatchObject({ status: 200, text: expect.stringContaining('mallory') });
    const { status, text } = await get(65);
    expect([status, JSON.parse(text)]).toMatchObject([400, TOO_DEEP]);
  });

  it.each(['/graphql', '/graphql/stream'])(
    'are counted before they are parsed, which takes long, at %s',
    async (path) => {
      // The lists have no end: a parser would say that this is not JSON.
      const body = `{ "query": "{ __typename }", "variables": { "unused": ${'['.repeat(900_000)}`;
      const { status, text } = await postBody(`${app.url}${path}`, body, token);
      expect([status, JSON.parse(text)]).toMatchObject([400, TOO_DEEP]);
    },
  );
});

describe('A batch', () => {
  it.each(['/graphql', '/graphql/stream'])(
    'of operations in one body is refused at %s, and none is executed',
    async (path) => {
      const guess = { query: `mutation { ${LOGIN} }` };
      const { status, text } = await postBody(`${app.url}${path}`, JSON.stringify(new Array(20).fill(guess)), token);
      expect(status).toBe(400);
      expect(text).toContain('BAD_USER_INPUT');
      expect(text).not.toContain('INVALID_CREDENTIALS');
    },
  );
});

it('A body of more than a megabyte is refused before it is parsed', async () => {
  for (const path of ['/graphql', '/graphql/stream']) {
    const attack = { query: '{ viewer { id } }', variables: { unused: 'x'.repeat(1_048_576) } };
    expect((await postBody(`${app.url}${path}`, JSON.stringify(attack), token)).status).toBe(413);
  }
});
