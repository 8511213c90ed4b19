import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import type { ExecutableOperation } from '../../execution/executor.ts';
import type { Logger } from '../../monitoring/logger.ts';
import { refuseDeepParameter } from '../json-depth.ts';
import { MAX_ERRORS } from '../operations/documents.ts';
import type { Caller, OperationRunner } from '../operations/operation-runner.ts';
import type { RequestedDocument } from '../operations/persisted-documents.ts';
import type { CreateContext, ServerConfig } from '../ports.ts';
import { apolloResponsePlugin, isOlderClient } from './apollo-response-plugin.ts';
import type { FastPath } from './fast-path.ts';
import { factsOf } from './request-facts.ts';

export interface ApolloOptions {
  readonly config: ServerConfig;
  readonly operations: OperationRunner;
  readonly createContext: CreateContext;
  readonly fastPath: FastPath;
  readonly logger: Logger;
}

/**
 * POST and GET /graphql. Apollo negotiates, refuses forged requests and stores persisted queries; `OperationRunner` executes.
 * Requests that the fast path answers never reach Apollo: a plugin of Apollo that acts on every request has to be a step of
 * `operationSteps` instead.
 */
export async function serveGraphql(app: FastifyInstance, options: ApolloOptions): Promise<void> {
  // formatError does not get the request; it reads the trace id from here.
  const traceIds = new AsyncLocalStorage<string>();
  const apollo = new ApolloServer({
    ...apolloOptions(options, () => traceIds.getStore() ?? ''),
    ...disabledFeatures(options.config),
  });
  await apollo.start();
  routeApollo(app, apollo, {
    context: async (request) => new CallerFactory((executable) => callerOf(request, executable, options.createContext)),
    bodyOf: (request) => options.fastPath.bodyOf(request),
    errorsIn: (request) => {
      refuseDeepAddress(request.query);
      const errors = options.operations.errorsBeforeApollo(documentIn(request), factsOf(request));
      return options.operations.presentErrors(errors, request.id);
    },
    runInContext: (request, answer) => traceIds.run(request.id, answer),
  });
}

export interface ApolloRoute<Context extends object> {
  /** "/graphql" where left out. */
  readonly path?: string;
  context(request: FastifyRequest): Promise<Context>;
  /** The body of a request that has been read already. */
  bodyOf?(request: IncomingMessage): Readable | undefined;
  /** Errors of a request that is answered without Apollo; throws where it is to be answered as no request of GraphQL. */
  errorsIn?(request: FastifyRequest): readonly GraphQLFormattedError[];
  /** Runs the handler of the request, e.g. within an AsyncLocalStorage. */
  runInContext?<Answer>(request: FastifyRequest, answer: () => Answer): Answer;
}

/** Routes GET and POST of a path to a started Apollo server, and stops that server with the app. */
export function routeApollo<Context extends object>(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  { path = '/graphql', context, bodyOf, errorsIn, runInContext = (_request, answer) => answer() }: ApolloRoute<Context>,
): void {
  app.addHook('onClose', () => apollo.stop());
  const viaApollo = fastifyApolloHandler(apollo, { context });
  app.route({
    method: ['GET', 'POST'],
    url: path,
    exposeHeadRoute: false,
    config: { signsIn: true, crossOrigin: true },
    preParsing: (request, _reply, payload, done) => done(null, bodyOf?.(request.raw) ?? payload),
    handler(request, reply) {
      if (isPageVisit(request) && app.hasRoute({ method: 'GET', url: '/graphiql' })) return reply.redirect('graphiql');
      const errors = errorsIn?.(request) ?? [];
      if (errors.length > 0) return reply.code(isOlderClient(request.headers.accept) ? 200 : 400).send({ errors });
      return runInContext(request, () => viaApollo.call(this, request, reply));
    },
  });
}

/** True where a browser opens the address as a page, without a query. */
function isPageVisit({ method, headers, query }: FastifyRequest): boolean {
  const isEmpty = typeof query === 'object' && query !== null && !('query' in query) && !('extensions' in query);
  return method === 'GET' && isEmpty && headers.accept?.includes('text/html') === true;
}

const documentParameters = z.object({
  query: z.string().nullish(),
  // In an address it is JSON.
  extensions: z
    .preprocess((value) => (typeof value === 'string' ? parsedJson(value) : value), z.record(z.string(), z.unknown()))
    .nullish(),
});

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuseDeepAddress(query: unknown): void {
  if (typeof query !== 'object' || query === null) return;
  if ('variables' in query) refuseDeepParameter(query.variables);
  if ('extensions' in query) refuseDeepParameter(query.extensions);
}

/** What a request says of its document. Empty where that is not of the right types, which Apollo then refuses. */
function documentIn({ method, body, query }: FastifyRequest): RequestedDocument {
  return documentParameters.safeParse(method === 'POST' ? body : query).data ?? {};
}

function apolloOptions(
  { operations, logger }: ApolloOptions,
  traceId: () => string,
): ApolloServerOptionsWithGateway<object> {
  return {
    gateway: gatewayTo(operations),
    documentStore: documentsOf(operations),
    persistedQueries: { cache: persistedIn(operations), ttl: null },
    validationRules: [...operations.documents.ownRules],
    parseOptions: operations.rules.parseOptions,
    formatError: (formatted, thrown) => operations.rules.formatError(formatted, thrown, { traceId: traceId(), logger }),
    hideSchemaDetailsFromClientErrors: operations.hideSuggestions,
    validationOptions: { hideSuggestions: operations.hideSuggestions, maxErrors: MAX_ERRORS },
    logger: logger.child({ part: 'apollo' }),
  };
}

/** Apollo's keys end with the SHA-256 of the document, hex. */
const HASH_LENGTH = 64;
/** What it puts before the hash that names a persisted query. */
const PERSISTED_PREFIX = 'apq:';
type PersistedStore = NonNullable<
  Exclude<ApolloServerOptionsWithGateway<object>['persistedQueries'], false | undefined>['cache']
>;

/** The store of validated documents that Apollo uses. */
function documentsOf(
  operations: OperationRunner,
): NonNullable<ApolloServerOptionsWithGateway<object>['documentStore']> {
  return {
    get: async (key) => operations.documents.find(key.slice(-HASH_LENGTH)),
    set: async (key, document) => operations.documents.store(key.slice(-HASH_LENGTH), document),
    delete: async () => false,
  };
}

/** Where Apollo finds the documents of hashes, and stores those that clients send with theirs; it checks the hash before. */
function persistedIn({ persisted }: OperationRunner): PersistedStore {
  const hashIn = (key: string) => key.slice(PERSISTED_PREFIX.length);
  return {
    get: async (key) => persisted.find(hashIn(key)),
    set: async (key, query) => persisted.store({ query, extensions: { persistedQuery: { sha256Hash: hashIn(key) } } }),
    delete: async () => false,
  };
}

/** Apollo delegates execution to a gateway; all hooks of its plugins still run. */
function gatewayTo(operations: OperationRunner): ApolloServerOptionsWithGateway<object>['gateway'] {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: operations.schema, coreSupergraphSdl: '' });
      return () => {};
    },
    load: async () => ({
      executor: async ({ document, request, context }) =>
        operations.executeValidated({
          document,
          operationName: request.operationName,
          variables: request.variables,
          extensions: request.extensions,
          caller: (executable) => callerFrom(context, executable),
        }),
    }),
    stop: async () => {},
  };
}

/** What Apollo gets as the context of a request: the caller depends on the operation's type, which Apollo finds out later. */
class CallerFactory {
  readonly callerOf: (executable: ExecutableOperation) => Caller;

  constructor(callerOf: CallerFactory['callerOf']) {
    this.callerOf = callerOf;
  }
}

/** Apollo hands the context to a gateway without its type. */
function callerFrom(context: object, executable: ExecutableOperation): Caller {
  if (context instanceof CallerFactory) return context.callerOf(executable);
  throw new TypeError('The context of a request must be a CallerFactory.');
}

function callerOf(request: FastifyRequest, { type }: ExecutableOperation, createContext: CreateContext): Caller {
  const facts = factsOf(request, type);
  return { ...facts, refusal: request.caller.refusal, context: () => createContext(facts) };
}

/** `apolloResponsePlugin` does for Apollo's answers what the fast path does itself. The cache-control plugin wraps every resolver and halves the throughput; the others contact Apollo's servers or its CDN. */
function disabledFeatures(config: ServerConfig) {
  return {
    plugins: [
      apolloResponsePlugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    nodeEnv: config.env,
    // Introspection is checked by a validation rule of `Documents`, so that the setting holds for sockets and streams too.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    // No cookie or other browser credential is read, a GET changes nothing and a POST must be JSON: a forged request from another
    // page can do only what any guest may do.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
  };
}
