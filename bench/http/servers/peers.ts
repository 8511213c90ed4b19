/**
 * The peers that our server is compared with, each in a separate process and set up as in its documentation, with its
 * production settings. None of them has guards: no limits, no permissions, no trace ids. For bench/http/main.ts.
 *
 *   node bench/http/servers/peers.ts apollo|yoga|mercurius memory|rows|create
 */
import { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';
import { mercurius } from 'mercurius';
import { importYoga } from '../../shared/untyped-packages.ts';
import { type Backend, backendInMemory, backendOnPostgres } from './backend.ts';
import { openPool } from './database.ts';
import { creatingByUnitOfWork } from './orm-create.ts';
import { listen, ready, setting } from './process.ts';
import { type CreateVideo, peerContext, resolversOf, SDL } from './schema.ts';

interface Parts {
  readonly backend: Backend;
  readonly create?: CreateVideo;
}

async function apollo({ backend, create }: Parts): Promise<string> {
  const app = fastify();
  const server = new ApolloServer({
    typeDefs: SDL,
    resolvers: resolversOf(backend, create),
    plugins: [fastifyApolloDrainPlugin(app)],
  });
  await server.start();
  app.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: '/graphql',
    handler: fastifyApolloHandler(server, {
      context: async ({ headers }) => await peerContext(backend, headers.authorization),
    }),
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

async function yoga({ backend, create }: Parts): Promise<string> {
  const { createSchema, createYoga } = await importYoga();
  return await listen(
    createYoga({
      schema: createSchema({ typeDefs: SDL, resolvers: resolversOf(backend, create) }),
      context: async ({ request }) => await peerContext(backend, request.headers.get('authorization') ?? undefined),
      graphiql: false,
      landingPage: false,
      logging: false,
    }),
  );
}

async function mercuriusWithJit({ backend, create }: Parts): Promise<string> {
  const app = fastify();
  await app.register(mercurius, {
    schema: SDL,
    resolvers: resolversOf(backend, create),
    context: async ({ headers }) => await peerContext(backend, headers.authorization),
    jit: 1,
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

async function rows(): Promise<Parts> {
  const { pool } = await openPool(setting('DATABASE_URL'));
  return { backend: backendOnPostgres(pool) };
}

async function create(): Promise<Parts> {
  const { db, pool } = await openPool(setting('DATABASE_URL'));
  return { backend: backendOnPostgres(pool), create: await creatingByUnitOfWork(db) };
}

const peers: Readonly<Record<string, (parts: Parts) => Promise<string>>> = {
  apollo,
  yoga,
  mercurius: mercuriusWithJit,
};
const kinds: Readonly<Record<string, () => Promise<Parts>>> = {
  memory: async () => ({ backend: backendInMemory() }),
  rows,
  create,
};
const [peer, kind] = [peers[process.argv[2] ?? ''], kinds[process.argv[3] ?? '']];
if (!peer || !kind)
  throw new Error(`Name a side and a kind: ${Object.keys(peers).join('|')} ${Object.keys(kinds).join('|')}.`);
ready(await peer(await kind()));
