/**
 * The peers that our server is compared with, each in a separate process and set up as in its documentation: our
 * schema, events as clients receive them, no guards. For bench/fan-out/main.ts.
 *
 *   node bench/fan-out/peers.ts graphql-ws|mercurius
 */
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { buildSchema } from 'graphql';
import { PubSub } from 'graphql-subscriptions';
import { useServer } from 'graphql-ws/use/ws';
import { mercurius } from 'mercurius';
import mqemitter from 'mqemitter';
import { WebSocketServer } from 'ws';
import { eventOf, shownOf, TOPIC } from './event.ts';
import { type PublisherProcess, serve } from './publisher-process.ts';

const SDL = readFileSync(join(import.meta.dirname, '..', '..', 'schema.graphql'), 'utf8');
const payloadOf = (number: number) => ({ videoProgress: shownOf(eventOf(number)) });

/** graphql-js executes, graphql-subscriptions distributes the events. */
async function graphqlWs(): Promise<PublisherProcess> {
  let subscribed = 0;
  const pubSub = new PubSub({ eventEmitter: new EventEmitter().setMaxListeners(0) });
  const schema = buildSchema(SDL);
  const field = schema.getSubscriptionType()?.getFields()['videoProgress'];
  if (!field) throw new Error('The schema has no videoProgress.');
  field.subscribe = () => {
    subscribed++;
    return pubSub.asyncIterableIterator(TOPIC);
  };
  const http = createServer();
  useServer({ schema }, new WebSocketServer({ server: http, path: '/graphql' }));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    subscribed: () => subscribed,
    publish: (number) => void pubSub.publish(TOPIC, payloadOf(number)),
  };
}

/** Its own transport, and its default emitter. */
async function mercuriusSide(): Promise<PublisherProcess> {
  let subscribed = 0;
  const emitter = mqemitter();
  const app = fastify();
  await app.register(mercurius, {
    schema: SDL,
    resolvers: {
      Subscription: {
        videoProgress: {
          subscribe: async (_root, _args, { pubsub }) => {
            subscribed++;
            return await pubsub.subscribe(TOPIC);
          },
        },
      },
    },
    subscription: { emitter },
    jit: 1,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const publish = (number: number) => emitter.emit({ topic: TOPIC, payload: payloadOf(number) });
  return { url, subscribed: () => subscribed, publish };
}

const peers: Readonly<Record<string, () => Promise<PublisherProcess>>> = {
  'graphql-ws': graphqlWs,
  mercurius: mercuriusSide,
};
const start = peers[process.argv[2] ?? ''];
if (!start) throw new Error(`Name a side: ${Object.keys(peers).join(' or ')}.`);
serve(await start());
