import { setTimeout as sleep } from 'node:timers/promises';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { notSignedIn, RateLimitedError, sessionEnded } from '../../src/auth/auth-error.ts';
import type { RequestFacts } from '../../src/auth/request-facts.ts';
import type { Viewer } from '../../src/auth/viewer.ts';
import { AppError } from '../../src/errors.ts';
import type { HttpMetrics, HttpRequestEnd, OperationEnd, OperationMetrics } from '../../src/monitoring/metrics.ts';
import { MemoryEventLog } from '../helpers/memory-event-log.ts';

const SDL = `
  type Query { limited: String large(characters: Int!): String health: String hello: String! whoami: String address: String traceId: String! boom: String lost: String secret: String echo(number: Int!): Int say(text: String!): String more(numbers: [Int!]!): Int tree: Tree slow(ms: Int!): String }
  type Tree { branch: Tree leaf: Int }
  type Mutation { bump: Int! login: String refreshTokens: String }
  type Subscription {
    "Counts from one; without end where count is left out."
    ticks(count: Int, everyMs: Int = 5): Int!
    ownTicks: Int!
    "Never says anything."
    silence: Int!
    "Fails at the second event."
    failing: Int!
    "Fails at the given place."
    broken(at: String!): Int!
    "Opens when \`TestBackend.opening\` resolves, then sends no events."
    late: Int!
    "A text of so many characters, repeatedly."
    flood(characters: Int!): String!
    contexts: Int!
    "The events of \`TestBackend.live\`."
    live(after: Int): Live!
  }
  type Live { seq: Int! roles: String! text(characters: Int!): String! }
`;

interface TestContext extends RequestFacts {
  readonly number: number;
}

interface SignInOptions {
  readonly livesMs?: number;
  readonly roles?: Viewer['roles'];
}

/** The services behind the transport, and records of their calls. */
export class TestBackend {
  readonly log: Record<string, unknown>[] = [];
  contexts = 0;
  bumps = 0;
  /** Event sources that are open now, and that were ever opened. */
  openSources = 0;
  openedSources = 0;
  databaseIsLost = false;
  /** Operations by transport and type, and results of subscriptions by delivery, as the server counts them. */
  readonly counts = new Map<string, number>();
  readonly counting: OperationMetrics & HttpMetrics = {
    operationStarted: (way, type) => this.#count(`${way} ${type}`, 1),
    operationEnded: (operation) => void this.operations.push(operation),
    subscriptionOpened: () => void this.subscriptions++,
    subscriptionClosed: () => void this.subscriptions--,
    resultsSent: (delivery, count) => this.#count(delivery, count),
    requestEnded: (request) => void this.requests.push(request),
    connectionOpened: () => void this.connections++,
    connectionClosed: () => void this.connections--,
  };
  /** The operations that have ended, or subscriptions that were opened. */
  readonly operations: OperationEnd[] = [];
  subscriptions = 0;
  /** The HTTP requests that the server counts, and what it reports as open. */
  readonly requests: HttpRequestEnd[] = [];
  connections = 0;
  /** The subscriptions that the server reports as running. */
  readonly running = new Set<object>();
  /** The place that throws an error, if set. */
  failAt: 'context' | 'validation' | 'format' | undefined;
  checks = 0;
  readonly live = new MemoryEventLog();
  /** Awaited before `live` is opened. */
  opening: Promise<void> = Promise.resolve();
  readonly #viewers = new Map<string, Viewer>();
  readonly #listeners = new Set<(sessionIds: readonly string[]) => void>();

  /** A token of a session of the same name. */
  signIn(token: string, { livesMs = 60_000, roles = ['CREATOR'] }: SignInOptions = {}): string {
    this.#viewers.set(token, {
      userId: token,
      username: token,
      roles,
      permissions: new Set(),
      sessionId: token,
      tokenExpiresAt: new Date(Date.now() + livesMs),
    });
    return token;
  }

  countOf(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  #count(name: string, count: number): void {
    this.counts.set(name, this.countOf(name) + count);
  }

  mayFail(place: TestBackend['failAt']): object {
    if (this.failAt === place) fail(new Error('the password is not-for-clients'));
    return {};
  }

  /** Ends the session without a notice. */
  forget(token: string): void {
    this.#viewers.delete(token);
  }

  revoke(token: string): void {
    this.forget(token);
    for (const listener of this.#listeners) listener([token]);
  }

  async authenticate(token: string): Promise<Viewer> {
    this.checks++;
    if (this.databaseIsLost) throw new AppError('DATABASE_CONNECTION_FAILED', 'The database at 10.0.0.7 is away.');
    const viewer = this.#viewers.get(token);
    if (!viewer || viewer.tokenExpiresAt.getTime() <= Date.now()) throw sessionEnded();
    return viewer;
  }

  listen(listener: (sessionIds: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Items made by `make`, until it returns undefined or the reader leaves; a waiting reader can leave too. */
  source<T>(everyMs: number, make: (count: number) => T | undefined): AsyncIterableIterator<T> {
    const leaving = new AbortController();
    let count = 0;
    const leave = (): IteratorReturnResult<undefined> => {
      if (!leaving.signal.aborted) this.openSources--;
      leaving.abort();
      return { done: true, value: undefined };
    };
    this.openSources++;
    this.openedSources++;
    return {
      next: async () => {
        await sleep(everyMs, undefined, { signal: leaving.signal }).catch(() => {});
        const item = leaving.signal.aborted ? undefined : make(++count);
        return item === undefined ? leave() : { done: false, value: item };
      },
      return: async () => leave(),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

export function schemaOf(backend: TestBackend): GraphQLSchema {
  const schema = buildSchema(SDL);
  const forever = <T>(value: T) => backend.source(5, () => value);
  const resolvers: Record<string, Record<string, Field>> = {
    Query: {
      health: { resolve: () => 'HEALTHY' },
      limited: { resolve: () => fail(new RateLimitedError(41)) },
      large: { resolve: (_source, { characters }) => 'x'.repeat(Number(characters)) },
      hello: { resolve: () => 'hello' },
      whoami: { resolve: (_source, _args, { viewer }) => viewer?.username ?? null },
      address: { resolve: (_source, _args, { device }) => device.ipAddress },
      traceId: { resolve: (_source, _args, { traceId }) => traceId },
      boom: { resolve: () => fail(new Error('the password is not-for-clients')) },
      lost: { resolve: () => fail(new AppError('DATABASE_CONNECTION_FAILED', 'at 10.0.0.7')) },
      secret: { resolve: (_source, _args, { viewer }) => (viewer ? 'secret' : fail(notSignedIn())) },
      slow: { resolve: (_source, { ms }) => sleep(Number(ms), 'done') },
      echo: { resolve: (_source, { number }) => number },
      say: { resolve: (_source, { text }) => text },
      // Changes its argument.
      more: { resolve: (_source, { numbers }) => (Array.isArray(numbers) ? numbers.push(0) : null) },
    },
    Mutation: {
      bump: { resolve: () => ++backend.bumps },
      login: { resolve: (_source, _args, { viewer }) => viewer?.username ?? 'signed in' },
      refreshTokens: { resolve: (_source, _args, { viewer }) => viewer?.username ?? 'refreshed' },
    },
    Subscription: {
      ticks: {
        subscribe: (_source, { count, everyMs }) =>
          backend.source(Number(everyMs), (n) => (typeof count === 'number' && n > count ? undefined : n)),
        resolve: (event) => event,
      },
      ownTicks: {
        subscribe: (_source, _args, { viewer }) => (viewer ? backend.source(5, (n) => n) : fail(notSignedIn())),
        resolve: (event) => event,
      },
      silence: { subscribe: () => backend.source(3_600_000, (n) => n), resolve: (event) => event },
      failing: {
        subscribe: () => backend.source(5, (n) => (n > 3 ? undefined : n)),
        resolve: (event) => (event === 2 ? fail(new Error('the password is not-for-clients')) : event),
      },
      broken: {
        subscribe: (_source, { at }) => brokenSource(String(at)),
        resolve: (event) => (event instanceof Error ? fail(event) : event),
      },
      late: {
        subscribe: async () => {
          await backend.opening;
          return backend.source(3_600_000, (n) => n);
        },
        resolve: (event) => event,
      },
      flood: {
        subscribe: (_source, { characters }) => forever('x'.repeat(Number(characters))),
        resolve: (event) => event,
      },
      contexts: {
        subscribe: () => backend.source(5, (n) => (n > 3 ? undefined : n)),
        resolve: (_event, _args, { number }) => number,
      },
      live: {
        subscribe: async (_source, { after }) => {
          await backend.opening;
          return backend.live.source(typeof after === 'number' ? after : undefined);
        },
        resolve: (event) => event,
      },
    },
    Live: {
      roles: { resolve: (_source, _args, { viewer }) => viewer?.roles.join() ?? '' },
      text: { resolve: (_source, { characters }) => 'x'.repeat(Number(characters)) },
    },
  };
  for (const [type, fields] of Object.entries(resolvers))
    for (const [name, field] of Object.entries(fields)) attach(schema, type, name, field);
  return schema;
}

/** Faults between a subscription and its events. */
function brokenSource(at: string): unknown {
  const fault = new Error('the password is not-for-clients');
  if (at === 'subscribe') throw fault;
  if (at === 'no source') return 7;
  return {
    next: () => (at === 'next' ? fail(fault) : Promise.reject(fault)),
    [Symbol.asyncIterator]() {
      return at === 'iterator' ? fail(fault) : this;
    },
  };
}

interface Field {
  resolve?: (source: unknown, args: Record<string, unknown>, context: TestContext) => unknown;
  subscribe?: (source: unknown, args: Record<string, unknown>, context: TestContext) => unknown;
}

function attach(schema: GraphQLSchema, typeName: string, fieldName: string, field: Field): void {
  const type = schema.getType(typeName);
  const definition = type && 'getFields' in type ? type.getFields()[fieldName] : undefined;
  if (!definition) throw new Error(`The test schema has no ${typeName}.${fieldName}.`);
  Object.assign(definition, field);
}

function fail(error: Error): never {
  throw error;
}
