/**
 * One side of bench/graphql.ts, in a process of its own: our server, or the least that could give the same answers.
 *
 *   node .build/bench/graphql-server.js ours|raw
 *
 * Talks to the bench over IPC: says where it listens, and its CPU time whenever it is asked.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { permissionsOf } from '../src/auth/permissions-of-roles.ts';
import { TokenSigner } from '../src/auth/tokens.ts';
import type { Viewer } from '../src/auth/viewer.ts';
import type { User } from '../src/entities/user.ts';
import { encodeId } from '../src/ids.ts';
import { createLogger } from '../src/monitoring/logger.ts';
import { createContext } from '../src/resolvers/context.ts';
import { buildAppSchema } from '../src/schema/build-schema.ts';
import { formatError } from '../src/schema/format-error.ts';
import { parseOptions, validationRules } from '../src/schema/limits.ts';
import { startServer } from '../src/server/start-server.ts';
import type { VideoView } from '../src/services/video-parts.ts';
import { LinkSigner } from '../src/storage/signed-links.ts';
import { fakeServices, ME, user, video } from '../test/schema/fake-services.ts';
import { BENCH_SECRET } from './graphql-work.ts';

const OWNERS = 7;
const uuid = (number: number) => `019a0000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const signer = new TokenSigner(BENCH_SECRET);
const users = new Map<string, User>([
  [ME, user()],
  ...Array.from({ length: OWNERS }, (_, index): [string, User] => {
    const id = uuid(1_000 + index);
    return [id, user({ id, username: `owner-${index}` })];
  }),
]);
/** As a look-ahead read gives them, with the name of the owner. */
const rows: VideoView[] = Array.from({ length: 20 }, (_, index) => ({
  ...video({ id: uuid(2_000 + index), ownerId: uuid(1_000 + (index % OWNERS)) }),
  title: `Video number ${index}, about bees`,
  ownerName: `owner-${index % OWNERS}`,
}));

/** Whoever the token names, as an ADMIN; the same for both sides. */
async function authenticate(token: string): Promise<Viewer> {
  const { userId, sessionId, expiresAt } = signer.verifyAccess(token);
  const roles = ['ADMIN'] as const;
  return { userId, username: 'me', roles, permissions: permissionsOf(roles), sessionId, tokenExpiresAt: expiresAt };
}

async function ours(): Promise<string> {
  const usual = fakeServices();
  const services = fakeServices({
    users: {
      ...usual.users,
      loadByIds: async (ids) => ids.map((id) => users.get(id) ?? null),
      rolesOf: async (ids) => ids.map(() => []),
      subscriptionsOf: async (ids) => ids.map(() => null),
      privateFacts: () => ({ email: 'me@example.org', phone: null }),
    },
    videoList: {
      ...usual.videoList,
      page: async () => ({ rows, hasNextPage: false, hasPreviousPage: false, cursorOf: (row) => row.id }),
      pages: async (_viewer, ids) => ids.map(() => null),
      count: async () => rows.length,
      counts: async (ids) => ids.map(() => 0),
    },
  });
  const server = await startServer({
    config: { env: 'production', host: '127.0.0.1', port: 0, introspection: false },
    schema: buildAppSchema(),
    rules: { validationRules, parseOptions, formatError },
    authenticate,
    createContext: createContext({ services }),
    links: new LinkSigner({ secret: BENCH_SECRET, publicUrl: '' }),
    storage: { stat: async () => null, localPath: async (key) => key },
    health: { isReady: async () => true, status: async () => ({ status: 'HEALTHY' }) },
    metrics: { contentType: 'text/plain', text: async () => '' },
    sessions: { onRevoked: () => () => {} },
    logger: createLogger({ level: 'info' }),
  });
  return server.url;
}

/** What a hand-written handler would do: no schema, one prebuilt answer for each document. */
async function raw(): Promise<string> {
  const nodes = rows.map(({ id, title, ownerId }) => ({
    id: encodeId('video', id),
    title,
    owner: { username: users.get(ownerId ?? '')?.username },
  }));
  const answers: Record<string, unknown> = {
    '{ __typename }': { data: { __typename: 'Query' } },
    '{ viewer { id username } }': { data: { viewer: { id: encodeId('user', ME), username: 'me' } } },
    'query Page($first: Int) { videos(first: $first) { nodes { id title owner { username } } totalCount } }': {
      data: { videos: { nodes, totalCount: rows.length } },
    },
  };
  const server = createServer(async (request, response) => {
    const token = (request.headers.authorization ?? '').slice('Bearer '.length);
    await authenticate(token);
    const { query }: { query: string } = JSON.parse(await bodyOf(request));
    const text = `${JSON.stringify(answers[query])}\n`;
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');
  return `http://127.0.0.1:${address.port}`;
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => resolve(text));
    request.on('error', reject);
  });
}

const sides: Readonly<Record<string, () => Promise<string>>> = { ours, raw };
const start = sides[process.argv[2] ?? ''];
if (!start) throw new Error(`Say which side: ${Object.keys(sides).join(' or ')}.`);
const url = await start();
process.on('message', (asked) => {
  if (asked === 'stop') process.exit(0);
  const { user: own, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: own + system, heapBytes: process.memoryUsage().heapUsed });
});
process.send?.({ url });
