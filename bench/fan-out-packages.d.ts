/** The little that bench/fan-out-peers.ts uses of its peers: they are installed only when that runs. */
declare module 'graphql-subscriptions' {
  import type { EventEmitter } from 'node:events';

  export class PubSub {
    constructor(options: { readonly eventEmitter: EventEmitter });
    publish(topic: string, payload: object): Promise<void>;
    asyncIterableIterator(topic: string): AsyncIterableIterator<unknown>;
  }
}

declare module 'mqemitter' {
  interface Emitter {
    emit(event: { readonly topic: string; readonly payload: object }): void;
  }
  export default function mqemitter(): Emitter;
}

declare module 'mercurius' {
  import type { FastifyPluginAsync } from 'fastify';
  import type { Emitter } from 'mqemitter';

  interface SubscriptionContext {
    readonly pubsub: { subscribe(topic: string): Promise<AsyncIterable<unknown>> };
  }
  type Subscribe = (root: unknown, args: unknown, context: SubscriptionContext) => Promise<AsyncIterable<unknown>>;
  export const mercurius: FastifyPluginAsync<{
    readonly schema: string;
    readonly resolvers: { readonly Subscription: Readonly<Record<string, { readonly subscribe: Subscribe }>> };
    readonly subscription: { readonly emitter: Emitter };
    readonly jit: number;
  }>;
}
