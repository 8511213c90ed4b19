/** The parts of the peers that the benches use: the packages are installed only for a bench. */
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
  import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
  import type { Emitter } from 'mqemitter';

  interface SubscriptionContext {
    readonly pubsub: { subscribe(topic: string): Promise<AsyncIterable<unknown>> };
  }
  type Subscribe = (root: unknown, args: unknown, context: SubscriptionContext) => Promise<AsyncIterable<unknown>>;
  interface Resolvers {
    readonly Subscription?: Readonly<Record<string, { readonly subscribe: Subscribe }>>;
    readonly Query?: object;
    readonly Mutation?: object;
    readonly Video?: object;
  }
  export const mercurius: FastifyPluginAsync<{
    readonly schema: string;
    readonly resolvers: Resolvers;
    readonly subscription?: { readonly emitter: Emitter };
    readonly context?: (request: FastifyRequest) => Promise<object>;
    readonly jit: number;
  }>;
}

declare module 'autocannon' {
  interface Client {
    setHeaders(headers: Readonly<Record<string, string>>): void;
  }
  interface Options {
    readonly url: string;
    readonly method: 'POST';
    readonly body: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    /** Called once for each connection. */
    readonly setupClient: (client: Client) => void;
  }
  interface Result {
    readonly non2xx: number;
    readonly errors: number;
    readonly timeouts: number;
  }
  interface Running extends Promise<Result> {
    on(event: 'response', hear: (client: Client, status: number, bytes: number, milliseconds: number) => void): this;
  }
  export default function autocannon(options: Options): Running;
}
