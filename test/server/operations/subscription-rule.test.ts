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

const variables = { yes: true, no: false };
const declared = 'subscription Steps($yes: Boolean!, $no: Boolean!)';

/** The errors of each transport. */
async function errorsOf(query: string): Promise<Record<string, unknown>> {
  const client = await SocketClient.connect(server.socketUrl);
  client.subscribe('other', 'subscription { silence }');
  client.subscribe('1', query, variables);
  const { payload: socket } = await client.gets('error', '1');
  expect(client.messages.filter(({ id }) => id === '1')).toHaveLength(1);
  expect(client.closed).toBeUndefined();
  await client.leave();
  const streamed = await fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const [, stream] = /event: next\ndata: (.*)\n\nevent: complete/.exec(await streamed.text()) ?? [];
  const { status, body } = await server.post(query, { variables });
  expect(status).toBe(400);
  return { socket, stream: JSON.parse(stream ?? 'null').errors, http: body.errors };
}

describe('The root field of a subscription', () => {
  it.each([
    'subscription { ticks @skip(if: true) }',
    'subscription { ticks @skip(if: false) }',
    'subscription { ticks @include(if: true) }',
    `${declared} { ticks @include(if: $yes) silence @skip(if: $yes) }`,
    `${declared} { ticks @include(if: $yes) @skip(if: $no) }`,
    `${declared} { ... @include(if: $yes) { ticks } ...on Subscription @skip(if: $no) { ticks } }`,
    `${declared} { ...root @include(if: $yes) ...root @skip(if: $no) } fragment root on Subscription { ticks }`,
    `${declared} { ...root } fragment root on Subscription { ...inner } fragment inner on Subscription { ticks @skip(if: $no) again: ticks @skip(if: $yes) }`,
    'subscription { ...loop } fragment loop on Subscription { ...loop ticks @skip(if: true) }',
  ])('has no condition: %s', async (query) => {
    const error = {
      message: expect.stringMatching(
        /^(A subscription|Subscription "Steps") must select exactly one field, without @skip or @include: /,
      ),
      locations: expect.arrayContaining([{ line: 1, column: expect.any(Number) }]),
      extensions: { code: 'BAD_USER_INPUT', traceId: expect.any(String) },
    };
    const errors = await errorsOf(query);
    for (const found of Object.values(errors)) expect(found).toContainEqual(error);
    expect(JSON.stringify(errors)).not.toContain('runtime value');
  });

  it.each([
    ['subscription { ticks silence }', 'must select only one top level field'],
    ['subscription { __typename }', 'must not select an introspection top level field'],
  ])('must be a single allowed field: %s', async (query, message) => {
    for (const found of Object.values(await errorsOf(query))) expect(JSON.stringify(found)).toContain(message);
  });

  it.each([
    `${declared} { live(after: 0) { seq @include(if: $yes) roles @skip(if: $yes) ... @skip(if: $no) { seq } } }`,
    'subscription { live(after: 0) { ...inner @include(if: true) } } fragment inner on Live { seq }',
  ])('may have conditions inside: %s', async (query) => {
    server.backend.live.write();
    const client = await SocketClient.connect(server.socketUrl);
    client.subscribe('1', query, variables);
    expect((await client.gets('next')).payload).toEqual({ data: { live: { seq: 1 } } });
    await client.leave();
  });

  it('does not apply to queries with conditions at their root', async () => {
    const { body } = await server.post(
      'query subscription($no: Boolean!) { hello @include(if: $no) whoami @skip(if: $no) }',
      {
        variables: { no: false },
      },
    );
    expect(body).toEqual({ data: { whoami: null } });
  });
});
