import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { parse } from 'secure-json-parse';
import { CoercedVariables, type ExecutableOperation } from '../../execution/executor.ts';
import { SecondUseCache } from '../../execution/second-use-cache.ts';
import type { Logger } from '../../monitoring/logger.ts';
import { type Caller, callerOf, GUEST } from '../authentication.ts';
import type { ClientAddress } from '../client-address.ts';
import type { UnsentAnswers } from '../connections/unsent-answers.ts';
import { codeOf, STATUS_OF } from '../failures.ts';
import { isNestedDeeper } from '../json-depth.ts';
import { REQUEST_DEPTH } from '../limits.ts';
import type { OperationRunner } from '../operations/operation-runner.ts';
import type { Authenticate, CreateContext, Phase } from '../ports.ts';
import { NewTraceIds, traceOf } from '../trace-id.ts';
import { retryAfterOf } from './apollo-response-plugin.ts';
import { COMPRESS_FROM } from './compression.ts';
import { ConnectionTokens } from './connection-tokens.ts';
import type { Cors } from './cors.ts';
import { viewerFor } from './request-facts.ts';
import type { SecurityHeaders } from './security-headers.ts';
import { sendCompressed } from './send-compressed.ts';

/** The body of a request that the fast path can answer. */
interface FastPathBody {
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** An operation with its variables, ready to run any number of times. */
interface PreparedRequest {
  readonly executable: ExecutableOperation;
  readonly variables: CoercedVariables;
}

const PARAMETERS: ReadonlySet<string> = new Set(['query', 'operationName', 'variables']);
const JSON_TYPES: ReadonlySet<string | undefined> = new Set(['application/json', 'application/json; charset=utf-8']);
/** For these, Apollo answers with application/json. */
const ACCEPTED_TYPES: ReadonlySet<string | undefined> = new Set([undefined, '*/*', 'application/json']);
/** Bytes of a body. Longer ones are rare, and for them the time to read the body outweighs what the fast path saves. */
const MAX_BODY_BYTES = 65_536;
/** Parsed bodies: at 110 bytes of memory for each character of their plans at most 11 MB, where no other cache holds the plans. */
const BODY_CACHE_LIMITS = { maxEntries: 1_000, characters: 100_000, maxProbation: 1_000 };
/** Characters of a body that is cached. */
const MAX_CACHED_BODY_LENGTH = 4_096;

export interface FastPathOptions {
  /** "/graphql" where left out. */
  readonly path?: string;
  readonly operations: OperationRunner;
  readonly authenticate: Authenticate;
  readonly createContext: CreateContext;
  readonly clientAddress: ClientAddress;
  readonly unsent: Pick<UnsentAnswers, 'hold'>;
  readonly cors: Cors;
  /** See `isRebound`; the routes refuse such a request. */
  readonly isRebound: (headers: IncomingHttpHeaders) => boolean;
  /** Of every answer. */
  readonly headers: SecurityHeaders;
  readonly phase: () => Phase;
  readonly logger: Logger;
}

/**
 * Answers the requests that need no decision of Fastify or Apollo: a POST of JSON (which no HTML form can send) to /graphql that
 * accepts JSON, with an operation of a cached document and variables that fit it. The answer is byte for byte the one of Apollo,
 * whose path through Fastify and back costs more than most operations. Every other request goes to the routes, before anything
 * has been executed. The operation runs the same steps as on every way (`operationSteps`).
 *
 * The setting FAST_PATH turns it off; `graphql_operations_total{way="fast_path"}` counts its use.
 */
export class FastPath {
  readonly #options: FastPathOptions;
  readonly #path: string;
  /** Names and values in turn, to the name of the trace id. */
  readonly #commonHeaders: readonly string[];
  /** Prepared requests by their whole body: a body that comes again, as from a dashboard, is not parsed again. */
  readonly #bodyCache = new SecondUseCache<PreparedRequest>(BODY_CACHE_LIMITS);
  readonly #tokens = new ConnectionTokens();
  readonly #traceIds = new NewTraceIds();
  readonly #newTraceId = () => this.#traceIds.next();
  /** Bodies of requests that were read here and then left to the routes. */
  readonly #bodies = new WeakMap<IncomingMessage, Buffer>();

  constructor(options: FastPathOptions) {
    this.#options = options;
    this.#path = options.path ?? '/graphql';
    this.#commonHeaders = [
      ...Object.entries(options.headers).flat(),
      'content-type',
      'application/json; charset=utf-8',
      'x-trace-id',
    ];
  }

  /** Puts itself before the routes of a server that does not listen yet. */
  installBeforeRoutes(app: FastifyInstance): void {
    app.server.removeListener('request', app.routing);
    app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.#isEligible(request)) readBody(request, (body) => void this.#tryAnswer(body, request, response, app));
      else app.routing(request, response);
    });
  }

  /** True where a request was left to the routes after its body was read. */
  hasReadBody(request: IncomingMessage): boolean {
    return this.#bodies.has(request);
  }

  /** The body of a request that was left to the routes after it had been read. */
  bodyOf(request: IncomingMessage): Readable | undefined {
    const body = this.#bodies.get(request);
    return body && Readable.from([body], { objectMode: false });
  }

  #isEligible({ method, url, headers }: IncomingMessage): boolean {
    return (
      method === 'POST' &&
      url === this.#path &&
      JSON_TYPES.has(headers['content-type']) &&
      ACCEPTED_TYPES.has(headers.accept) &&
      // NaN, and so false, where the body is chunked and has no length.
      Number(headers['content-length']) <= MAX_BODY_BYTES &&
      headers['content-encoding'] === undefined &&
      !this.#options.isRebound(headers) &&
      this.#options.phase() === 'serving'
    );
  }

  /** Never rejects. */
  async #tryAnswer(
    body: Buffer,
    request: IncomingMessage,
    response: ServerResponse,
    app: FastifyInstance,
  ): Promise<void> {
    const { logger } = this.#options;
    const begun = logger.isLevelEnabled('debug') ? performance.now() : null;
    const prepared = this.#prepare(body.toString());
    const caller = prepared && (await this.#callerOf(request));
    if (!prepared || !caller) {
      this.#bodies.set(request, body);
      app.routing(request, response);
      return;
    }
    const trace = traceOf(request.headers['traceparent'], this.#newTraceId);
    const { traceId } = trace;
    await this.#answer(prepared, { request, response, caller, trace });
    if (begun === null) return;
    const facts = { method: 'POST', route: this.#path, status: response.statusCode, ms: performance.now() - begun };
    logger.debug({ trace_id: traceId, ...facts }, 'Request answered.');
  }

  #prepare(body: string): PreparedRequest | null {
    const known = this.#bodyCache.find(body);
    if (known) return known;
    const parsedBody = fastPathBody(body);
    const { documents } = this.#options.operations;
    const executable = parsedBody && documents.findOperation(parsedBody.query, parsedBody.operationName);
    if (!executable || executable.type === 'subscription') return null;
    const variables = executable.coerce(parsedBody.variables);
    if (!(variables instanceof CoercedVariables)) return null;
    const prepared = { executable, variables };
    if (body.length <= MAX_CACHED_BODY_LENGTH && isCacheable(prepared))
      this.#bodyCache.offer(body, prepared, body.length);
    return prepared;
  }

  /** Null where the token cannot be checked now: the routes try again, and answer with the reason. */
  async #callerOf({ headers: { authorization }, socket }: IncomingMessage): Promise<Caller | null> {
    if (authorization === undefined) return GUEST;
    try {
      return await callerOf(this.#tokens.tokenOf(authorization, socket), this.#options.authenticate);
    } catch {
      return null;
    }
  }

  async #answer(
    { executable, variables }: PreparedRequest,
    { request, response, caller, trace }: AuthenticatedExchange,
  ): Promise<void> {
    const { operations, createContext, clientAddress } = this.#options;
    const device = {
      ipAddress: clientAddress(request),
      userAgent: request.headers['user-agent'] ?? null,
    };
    const { traceId, spanId, parentSpanId } = trace;
    const { signedIn, refusal } = caller;
    // One object with all its fields: to spread objects takes longer than most steps.
    const facts = {
      viewer: viewerFor(executable.type, signedIn),
      traceId,
      spanId,
      parentSpanId,
      device,
      refusal,
      context: () => createContext(facts),
    };
    try {
      const begun = operations.begin({ way: 'fast_path', executable, variables, caller: facts });
      // To await what is known takes a turn of the event loop.
      const running = begun instanceof Promise ? await begun : begun;
      const executed = running.execute();
      const result = executed instanceof Promise ? await executed : executed;
      const refused = result.errors && operations.present(result, traceId);
      const sent = this.#send(200, refused ?? result, { request, response, traceId, errors: refused?.errors });
      if (sent) await sent;
      this.#options.unsent.hold(facts, response, response.writableLength);
    } catch (thrown) {
      const formatted = operations.presentThrown(thrown, traceId);
      const errors = [formatted];
      await this.#send(STATUS_OF[codeOf(formatted)], { errors }, { request, response, traceId, errors });
    }
  }

  /** Returns a promise only where the answer has to be compressed first. */
  #send(
    status: number,
    answer: object,
    { request, response, traceId, errors }: ResponseExchange,
  ): Promise<void> | undefined {
    const headers = [...this.#commonHeaders, traceId];
    headers.push(...this.#options.cors.headersFor(request.headers.origin));
    if (status === STATUS_OF.UNAUTHENTICATED) headers.push('www-authenticate', 'Bearer');
    const seconds = retryAfterOf(errors);
    if (seconds !== null) headers.push('retry-after', String(seconds));
    const text = `${JSON.stringify(answer)}\n`;
    const bytes = Buffer.byteLength(text);
    if (bytes >= COMPRESS_FROM) return sendCompressed(text, bytes, { request, response, status, headers });
    headers.push('content-length', String(bytes));
    response.writeHead(status, headers);
    // ASCII has the same bytes in both encodings, and Node writes latin1 without encoding each character.
    response.end(text, bytes === text.length ? 'latin1' : 'utf8');
    return undefined;
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface ResponseExchange extends Exchange {
  readonly traceId: string;
  readonly errors: readonly GraphQLFormattedError[] | undefined;
}

interface AuthenticatedExchange extends Exchange {
  readonly trace: ReturnType<typeof traceOf>;
  readonly caller: Caller;
}

/** Calls back with the body; never where the client disconnects first. */
function readBody(request: IncomingMessage, onBody: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [only] = chunks;
    onBody(only && chunks.length === 1 ? only : Buffer.concat(chunks));
  });
}

/** Only with variables that no resolver can change, because all requests with this body share them. Mutations hardly ever repeat. */
function isCacheable({ executable, variables }: PreparedRequest): boolean {
  return executable.type === 'query' && Object.values(variables.values).every((value) => !isObject(value));
}

function fastPathBody(body: string): FastPathBody | null {
  // Fastify refuses it.
  if (isNestedDeeper(body, REQUEST_DEPTH)) return null;
  const parsedBody = parsed(body);
  if (!isRecord(parsedBody)) return null;
  for (const name in parsedBody) if (!PARAMETERS.has(name)) return null;
  const { query, operationName, variables } = parsedBody;
  if (typeof query !== 'string') return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return null;
  return { query, operationName, variables };
}

/** By Fastify's JSON parser; a body that it rejects goes to the routes, which answer with Fastify's error. */
function parsed(body: string): unknown {
  try {
    return parse(body);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
