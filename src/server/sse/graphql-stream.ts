import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';
import { z } from 'zod';
import type { ConnectionAdmission } from '../connections/connection-limits.ts';
import type { Place } from '../connections/open-places.ts';
import { badInput, failure } from '../failures.ts';
import type { HttpCounts } from '../http/http-counts.ts';
import { factsOf } from '../http/request-facts.ts';
import { refuseDeepParameter } from '../json-depth.ts';
import type { ServerLimits } from '../limits.ts';
import type { LiveSessions, SessionEnd } from '../live-sessions.ts';
import type { Caller, OperationRequest, OperationRunner } from '../operations/operation-runner.ts';
import { type Operation, RunningOperation } from '../operations/running-operation.ts';
import type { CreateContext } from '../ports.ts';
import { SubscriptionRun } from '../subscriptions/subscription-run.ts';
import { EventStream } from './event-stream.ts';

export interface GraphqlStreamOptions {
  readonly operations: OperationRunner;
  readonly createContext: CreateContext;
  readonly sessions: LiveSessions;
  readonly admission: ConnectionAdmission;
  readonly limits: ServerLimits;
  readonly counts: HttpCounts;
}

/** Characters; an event id has 45. */
const LAST_EVENT_ID_LENGTH = 64;

const parametersSchema = z
  .object({
    query: z.string().nullish(),
    extensions: z.record(z.string(), z.unknown()).nullish(),
    operationName: z.string().nullish(),
    variables: z.record(z.string(), z.unknown()).nullish(),
  })
  .refine(({ query, extensions }) => query != null || extensions != null);

/**
 * GET and POST /graphql/stream: the distinct connections mode of GraphQL over SSE, one operation a connection. Written here
 * because the handler of graphql-sse queues events without a bound for a client that does not read; the tests use its client.
 */
export class GraphqlStream {
  readonly #options: GraphqlStreamOptions;
  readonly #open = new Set<EventStream>();
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(app: FastifyInstance, options: GraphqlStreamOptions) {
    this.#options = options;
    app.route({
      method: ['GET', 'POST'],
      url: '/graphql/stream',
      exposeHeadRoute: false,
      config: { signsIn: true, crossOrigin: true },
      handler: (request, reply) => this.#serve(request, reply),
    });
    const { keepAliveMs, slowMs } = options.limits;
    this.#timers = [
      setInterval(() => this.#forEach((stream) => stream.heartbeat()), keepAliveMs),
      setInterval(() => this.#forEach((stream) => stream.dropIfSlow()), Math.min(1_000, slowMs / 2)),
    ];
  }

  /** Ends every stream without `complete`, so that its client connects again, to another server. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#forEach((stream) => stream.interrupt());
  }

  #forEach(act: (stream: EventStream) => void): void {
    for (const stream of [...this.#open]) act(stream);
  }

  async #serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { sessions, operations, createContext, admission } = this.#options;
    const { signedIn, refusal } = request.caller;
    const facts = { ...factsOf(request), lastEventId: lastEventIdOf(request) };
    const { traceId, spanId, parentSpanId, device } = facts;
    let stream: EventStream | undefined;
    // A session that ends before the stream is open is not watched any more: it would never end the stream.
    const early: { end?: SessionEnd } = {};
    const session =
      signedIn &&
      sessions.watch(signedIn, (end) => {
        early.end = end;
        stream?.finish(sessionEndResult(end, traceId));
      });
    const caller: Caller = {
      traceId,
      spanId,
      parentSpanId,
      device,
      refusal,
      get viewer() {
        return session?.viewer ?? null;
      },
      context: () => createContext({ ...facts, viewer: session?.viewer ?? null }),
    };
    let begun: Begun | undefined;
    let place: Place | undefined;
    try {
      place = await admission.openStream(device.ipAddress, signedIn?.viewer.userId ?? null);
      const prepared = operations.prepare(operationIn(request), 'event_stream', caller);
      if (request.method === 'GET' && isOperation(prepared) && prepared.executable.type === 'mutation')
        return await reply
          .code(405)
          .header('allow', 'POST')
          .send(failure('BAD_USER_INPUT', 'Mutations need POST.', traceId));
      // Before the headers are sent: a refused operation is answered with its HTTP status.
      begun = isOperation(prepared) ? await operations.begin(prepared) : prepared;
      stream = this.#openStream(reply);
      if (early.end) {
        stream.finish(sessionEndResult(early.end, traceId));
        return undefined;
      }
      const isSubscription = isOperation(prepared) && prepared.executable.type === 'subscription';
      await this.#fill(stream, begun, { isSubscription, traceId });
      return undefined;
    } finally {
      if (begun instanceof RunningOperation) begun.end();
      session?.stop();
      place?.release();
    }
  }

  /** The stream is in `#open` until the client has taken all of it or has left. */
  #openStream(reply: FastifyReply): EventStream {
    const stream = new EventStream(reply, this.#options.limits);
    this.#open.add(stream);
    this.#options.counts.streamOpened(reply.raw);
    reply.raw.once('close', () => this.#open.delete(stream));
    return stream;
  }

  /** Sends every result of the operation, then `complete`. */
  async #fill(stream: EventStream, begun: Begun, { isSubscription, traceId }: FillFacts): Promise<void> {
    const { operations } = this.#options;
    try {
      const result = await resultOf(begun, stream, isSubscription);
      if (!(result instanceof SubscriptionRun)) return await stream.next(operations.present(result, traceId));
      stream.onEnd(() => {
        result.leave().catch((thrown: unknown) => operations.presentThrown(thrown, traceId)); // which logs it
      });
      await result.run();
    } catch (error) {
      await stream.next({ errors: [operations.presentThrown(error, traceId)] });
    } finally {
      stream.complete();
    }
  }
}

/** An operation whose steps have begun, or the errors of its document. */
type Begun = RunningOperation | readonly GraphQLError[];

interface FillFacts {
  readonly isSubscription: boolean;
  readonly traceId: string;
}

function isOperation(prepared: Operation | readonly GraphQLError[]): prepared is Operation {
  return !Array.isArray(prepared);
}

async function resultOf(
  begun: Begun,
  stream: EventStream,
  isSubscription: boolean,
): Promise<SubscriptionRun | ExecutionResult> {
  if (!(begun instanceof RunningOperation)) return { errors: begun };
  return isSubscription ? await begun.subscribe(stream) : await begun.execute();
}

/** Undefined where it is empty. Throws BAD_USER_INPUT where it is longer than any event id. */
function lastEventIdOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && id.length <= LAST_EVENT_ID_LENGTH) return id;
  throw badInput('Last-Event-ID is not the id of an event: leave it out, or give the last id.');
}

function sessionEndResult(end: SessionEnd, traceId: string): FormattedExecutionResult {
  const message =
    end === 'EXPIRED'
      ? 'The token has expired: connect again with a fresh one.'
      : 'The session was ended: sign in again.';
  return failure('UNAUTHENTICATED', message, traceId);
}

/** Throws BAD_USER_INPUT where the parameters are not those of a GraphQL request. */
function operationIn({ method, body, query }: FastifyRequest): OperationRequest {
  const parsed = parametersSchema.safeParse(method === 'POST' ? body : fromUrl(query));
  if (parsed.success) return parsed.data;
  throw badInput('A request needs "query" as a text, and may have "operationName", "variables" and "extensions".');
}

function fromUrl(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return { ...query, ...parsedJson('variables', query), ...parsedJson('extensions', query) };
}

/** Parameters that are JSON in an address. */
function parsedJson(
  name: 'variables' | 'extensions',
  query: { readonly variables?: unknown; readonly extensions?: unknown },
): object {
  const text = query[name];
  if (typeof text !== 'string') return {};
  refuseDeepParameter(text);
  try {
    return { [name]: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) throw badInput(`"${name}" is not valid JSON.`);
    throw error;
  }
}
