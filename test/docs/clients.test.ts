import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { typedDocuments } from '../../scripts/typed-documents.ts';
import type { CreateVideoMutationVariables } from '../../src/cli/generated/documents.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import { CancelVideoDocument } from '../helpers/generated/documents.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';
import { until } from '../helpers/until.ts';
import { ending, isSession, type Session, type Tokens, tokensSchema } from './sessions.ts';
import { Snippets } from './snippets.ts';

const SLOW = 120_000;
const SMALL = {
  title: 'Über 蜜蜂 🐝 / "bees"',
  script: 'One.',
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  burnInCaptions: false,
} satisfies CreateVideoMutationVariables['input'];

const disposable = z.object({ dispose: z.custom<() => void>((value) => typeof value === 'function') });
const eventSchema = z.object({ id: z.string(), progress: z.number(), status: z.string() });

const app = useApp({ contentProviders: fakeProviders({ sceneMs: 300 }) });
let ann: Client;
let snippets: Snippets;
beforeAll(async () => {
  snippets = await Snippets.of('docs/clients.md');
  ann = await app.signedIn('ann');
  await snippets.add('schema.graphql', 'schema.graphql');
  await snippets.add('VideosQuery.graphql.js', 'test/fixtures/generated/VideosQuery.graphql.js');
});
afterAll(() => snippets?.remove());

const run = (module: string, name: string, ...given: readonly unknown[]) => snippets.exported(name, module)(...given);

async function ask(query: string, variables: object = {}, authorization?: string) {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ query, variables }),
  });
  return JSON.parse(await response.text());
}

let signIns = 0;
/** From another address each time: sign-ins of one account from one address are limited. */
async function tokensOf(identifier: string): Promise<Tokens> {
  const device = { ipAddress: `203.0.113.${++signIns}`, userAgent: null };
  const { tokens } = await app.app.accounts.login({ identifier, password: PASSWORD }, device);
  return tokensSchema.parse(tokens);
}

const secret = () => app.installation.settings['JWT_SECRET'] ?? '';

function sessionWith(tokens: Tokens, url = app.url): Session {
  const made: unknown = Reflect.construct(snippets.exported('Session', 'session.js'), [url, tokens]);
  if (!isSession(made)) throw new Error('That is no session.');
  return made;
}

/** Follows a video over a connection that is cut after every third event. */
async function watchOverCuts(makeClient: (url: string, session: unknown) => unknown, cursor: string, videoId: string) {
  const proxy = await BreakableProxy.to(app.url);
  const client = makeClient(proxy.url, sessionWith(await tokensOf('ann'), app.url));
  const events: z.infer<typeof eventSchema>[] = [];
  try {
    await run('watch.js', 'watchVideo', client, videoId, cursor, (event: unknown) => {
      events.push(eventSchema.parse(event));
      if (events.length % 3 === 0) proxy.cut();
    });
    return { events, cuts: proxy.cuts };
  } finally {
    disposable.parse(client).dispose.call(client);
    await proxy.close();
  }
}

describe('docs/clients.md', () => {
  it('shows only files that these tests run', async () => {
    const run = await readFile('test/docs/clients.test.ts', 'utf8');
    expect(snippets.names.length).toBeGreaterThan(8);
    for (const name of snippets.names) expect(run, `${name} is not run`).toContain(`'${name}'`);
  });

  it('is linked from the README', async () => {
    expect(await readFile('README.md', 'utf8')).toContain('docs/clients.md');
  });
});

describe('session.js', () => {
  it('signs in, and reports errors', async () => {
    const Session: unknown = snippets.exported('Session', 'session.js');
    const login = Reflect.get(Object(Session), 'login');
    const session = await login.call(Session, app.url, 'ann', PASSWORD);
    const { data } = await ask('{ viewer { username email } }', {}, await session.authorization());
    expect(data.viewer).toEqual({ username: 'ann', email: 'ann@example.org' });
    await expect(login.call(Session, app.url, 'ann', 'wrong')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it('renews the tokens once, however many calls are concurrent, and throws UNAUTHENTICATED when the session has ended', async () => {
    const session = sessionWith(await tokensOf('ann'));
    const first = await session.authorization();
    session.expire();
    const renewed = await Promise.all([session.authorization(), session.authorization(), session.authorization()]);
    expect(new Set(renewed).size).toBe(1);
    expect(renewed[0]).not.toBe(first);
    await ask('mutation { logout { ended } }', {}, renewed[0]);
    session.expire();
    await expect(session.authorization()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('the statements of the page about tokens', () => {
  it('an old header does not disturb refreshTokens, whose answer has all of the user', async () => {
    const tokens = await tokensOf('ann');
    const dead = `Bearer ${ending(secret(), tokens, -1_000).accessToken}`;
    const me = 'user { username email permissions roles { role } quotas { limit } videos { totalCount } }';
    const query = `mutation ($token: String!) { refreshTokens(refreshToken: $token) { ${me} tokens { accessToken } } }`;
    const { data, errors } = await ask(query, { token: tokens.refreshToken }, dead);
    expect(errors).toBeUndefined();
    expect(data.refreshTokens.user).toMatchObject({
      username: 'ann',
      email: 'ann@example.org',
      roles: [{ role: 'CREATOR' }],
    });
    expect(data.refreshTokens.user.permissions).toContain('VIDEO_CREATE');
    expect(data.refreshTokens.user.quotas.length).toBeGreaterThan(0);
    expect(data.refreshTokens.user.videos.totalCount).toBeGreaterThanOrEqual(0);
    const viewer = await ask('{ viewer { username } }', {}, dead);
    expect(viewer.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('watching', () => {
  it('over breaking sockets and over breaking event streams misses nothing and gets nothing twice, with watch.js, socket.js and events.js', {
    timeout: SLOW,
  }, async () => {
    // Only so that there is a second video in lists: it is not made.
    const other = await ann.makeVideo(SMALL);
    await ann.ask(CancelVideoDocument, { id: other.id });
    const video = await ann.makeVideo(SMALL);
    const socketClient = (url: string, session: unknown) => run('socket.js', 'socketClient', url, session);
    const eventClient = (url: string, session: unknown) => run('events.js', 'eventClient', url, session);
    const [socket, stream] = await Promise.all([
      watchOverCuts(socketClient, video.cursor, video.id),
      watchOverCuts(eventClient, video.cursor, video.id),
    ]);
    const once = await watchOverCutsNever(video);
    for (const { events, cuts } of [socket, stream]) {
      expect(cuts).toBeGreaterThan(1);
      expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 100 });
      const ids = events.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(once);
    }
  });

  /** The ids of all events, over one connection. */
  async function watchOverCutsNever({ id, cursor }: { id: string; cursor: string }): Promise<string[]> {
    const ids: string[] = [];
    const client = run('socket.js', 'socketClient', app.url, sessionWith(await tokensOf('ann')));
    await run('watch.js', 'watchVideo', client, id, cursor, (event: unknown) => ids.push(eventSchema.parse(event).id));
    disposable.parse(client).dispose.call(client);
    return ids;
  }

  it('reconnects with a new token when the server closes with 4403', { timeout: SLOW }, async () => {
    const tokens = await tokensOf('ann');
    const shown: string[] = [];
    const session = sessionWith(ending(secret(), tokens, 3_000));
    const authorization = session.authorization.bind(session);
    Object.assign(session, { authorization: async () => shown[shown.push(await authorization()) - 1] });
    const client = run('socket.js', 'socketClient', app.url, session);
    const subscribe: unknown = Reflect.get(Object(client), 'subscribe');
    if (typeof subscribe !== 'function') throw new Error('That is no client.');
    const errors: unknown[] = [];
    const sink = { next: () => {}, error: (thrown: unknown) => errors.push(thrown), complete: () => {} };
    subscribe.call(client, { query: 'subscription { videoEvents { id } }' }, sink);
    await until('the client has reconnected', () => shown.length >= 2 || errors.length > 0);
    expect({ errors, tokens: new Set(shown).size }).toEqual({ errors: [], tokens: 2 });
    disposable.parse(client).dispose.call(client);
  });
});

describe('download.js', () => {
  it('fetches a film over breaking connections, under the name of its title', { timeout: SLOW }, async () => {
    const session = sessionWith(await tokensOf('ann'));
    const links = async () => {
      const query = '{ videos(first: 1) { nodes { fileUrl fileSize } } }';
      return (await ask(query, {}, await session.authorization())).data.videos.nodes[0];
    };
    const { fileUrl, fileSize } = await links();
    const whole = await fetch(fileUrl);
    expect(whole.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''%C3%9Cber%20%E8%9C%9C%E8%9C%82%20%F0%9F%90%9D%20_%20_bees_.mp4",
    );
    const expected = Buffer.from(await whole.arrayBuffer());
    const proxy = await BreakableProxy.to(app.url);
    const bytes = Buffer.alloc(Number(fileSize));
    let cuts = 0;
    const write = async (chunk: Uint8Array, at: number) => {
      bytes.set(chunk, at);
      if (cuts++ < 2) proxy.cut();
    };
    const done = await run('download.js', 'download', async () => proxy.inFrontOf((await links()).fileUrl), write);
    await proxy.close();
    expect(done).toBe(expected.length);
    expect(bytes.equals(expected)).toBe(true);
  });
});

describe('persisted.js', () => {
  it('sends the document once, and its hash from then on', async () => {
    const query = '{ health { status } }';
    for (let use = 0; use < 3; use++)
      expect(await run('persisted.js', 'askPersisted', app.url, query, {})).toMatchObject({
        data: { health: { status: expect.any(String) } },
      });
  });
});

describe('typed documents', () => {
  it('are generated from videos.graphql by codegen.json', async () => {
    expect(snippets.names).toEqual(expect.arrayContaining(['videos.graphql', 'codegen.json']));
    const made = (await typedDocuments(snippets.folder)).get('documents.ts');
    expect(made).toContain('export const VideosDocument');
    expect(made).toContain('TypedDocumentNode');
  });
});

describe('libraries', () => {
  const LIST = 'query Videos { videos(first: 1) { nodes { id title } } }';

  it('Apollo Client queries and subscribes, with apollo.js', { timeout: SLOW }, async () => {
    const session = sessionWith(await tokensOf('ann'));
    const socket = run('socket.js', 'socketClient', app.url, session);
    const client = run('apollo.js', 'apolloClient', app.url, session, socket);
    const { gql } = await import('@apollo/client');
    const { ApolloClient } = await import('@apollo/client');
    if (!(client instanceof ApolloClient)) throw new Error('That is no client of Apollo.');
    const { data } = await client.query({ query: gql(LIST) });
    expect(data).toMatchObject({ videos: { nodes: [{ title: SMALL.title }] } });
    const id = z.object({ videos: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }).parse(data).videos
      .nodes[0]?.id;
    const query = gql('subscription ($id: ID!) { videoProgress(videoId: $id) { status } }');
    const seen = await new Promise((give, refuse) =>
      client.subscribe({ query, variables: { id } }).subscribe({ next: (result) => give(result.data), error: refuse }),
    );
    expect(seen).toMatchObject({ videoProgress: { status: 'COMPLETED' } });
    client.stop();
    disposable.parse(socket).dispose.call(socket);
  });

  it('urql queries by GET, refreshes an expired token by itself, and subscribes, with urql.js', {
    timeout: SLOW,
  }, async () => {
    const tokens = await tokensOf('ann');
    const session = sessionWith(ending(secret(), tokens, -1_000));
    const socket = run('socket.js', 'socketClient', app.url, session);
    const client = run('urql.js', 'urqlClient', app.url, session, socket);
    const query: unknown = Reflect.get(Object(client), 'query');
    const subscription: unknown = Reflect.get(Object(client), 'subscription');
    if (typeof query !== 'function' || typeof subscription !== 'function')
      throw new Error('That is no client of urql.');
    const { data, error } = await query.call(client, LIST, {}).toPromise();
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ videos: { nodes: [{ title: SMALL.title }] } });
    const line = app.log.findLast((entry) => entry['route'] === '/graphql');
    expect(line).toMatchObject({ method: 'GET', status: 200 });
    const { id } = data.videos.nodes[0];
    const seen = await new Promise((give) => {
      const watching = subscription
        .call(client, 'subscription ($id: ID!) { videoProgress(videoId: $id) { status } }', { id })
        .subscribe((result: unknown) => give(result));
      return () => watching.unsubscribe();
    });
    expect(seen).toMatchObject({ data: { videoProgress: { status: 'COMPLETED' } } });
    disposable.parse(socket).dispose.call(socket);
  });

  it('Relay queries connections, with relay.js', async () => {
    const session = sessionWith(await tokensOf('ann'));
    const environment = run('relay.js', 'relayEnvironment', app.url, session);
    const data = await run('relay.js', 'firstVideos', environment, 1);
    expect(data).toMatchObject({
      videos: { edges: [{ node: { title: SMALL.title } }], pageInfo: { hasNextPage: true } },
    });
  });
});
