import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { HttpMetrics } from '../../monitoring/metrics.ts';

/** Other methods are counted together, since a client can send any word. */
const METHODS: ReadonlySet<string | undefined> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
]);
/** Of the answers that no route has given: the fast path and WebSockets have the first of these addresses. */
const GRAPHQL = '/graphql';
const OTHER = 'other';
/** The client left before the answer began; the number that nginx uses. */
const CLIENT_LEFT = 499;

/** An answer with what is counted of it: fields, because a WeakMap of all answers makes the garbage collector work for each of them. */
export class CountedResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  readonly begun = performance.now();
  /** The pattern of the route that answers. */
  endpoint = OTHER;
  isOpen = false;
  isCounted = false;
}

/**
 * Counts requests when their answer has been sent, and what is open: requests that are being answered, event streams and WebSockets.
 * An endpoint is the pattern of a route, so that no address of a client becomes a label.
 */
export class HttpCounts {
  readonly #metrics: HttpMetrics | undefined;
  /** One function for all answers. */
  readonly #onClose: (this: CountedResponse) => void;

  /** Counts nothing without metrics. */
  constructor(metrics: HttpMetrics | undefined) {
    this.#metrics = metrics;
    const closed = (response: CountedResponse) => {
      metrics?.connectionClosed();
      this.#count(response, response.headersSent ? response.statusCode : CLIENT_LEFT);
    };
    this.#onClose = function () {
      closed(this);
    };
  }

  /** Every request of this server is counted, if its answers are of the class above. */
  install(server: Server): void {
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
      if (response instanceof CountedResponse) this.#begin(response);
    });
  }

  /** A route answers the request. Begins it where it came in by a further address of the same server. */
  routed(response: ServerResponse, pattern: string | undefined): void {
    if (!(response instanceof CountedResponse)) return;
    if (!response.isOpen) this.#begin(response);
    response.endpoint = pattern ?? OTHER;
  }

  /** An event stream lasts as long as the client wants: its request counts as answered now. */
  streamOpened(response: ServerResponse): void {
    if (response instanceof CountedResponse) this.#count(response, response.statusCode);
  }

  /** The answer to a request for a WebSocket: 101, or a refusal. */
  upgradeAnswered({ method, url = '' }: IncomingMessage, status: number, seconds = 0): void {
    const [path] = url.split('?', 1);
    const endpoint = path === GRAPHQL ? GRAPHQL : OTHER;
    this.#metrics?.requestEnded({ method: methodOf(method), endpoint, status, seconds });
  }

  /** What came was no request that a route could answer. */
  malformedRefused(status: number): void {
    this.#metrics?.requestEnded({ method: methodOf(undefined), endpoint: OTHER, status, seconds: 0 });
  }

  /** A WebSocket is open. Returns the function to call once when it has ended. */
  socketOpened(): () => void {
    this.#metrics?.connectionOpened();
    return () => this.#metrics?.connectionClosed();
  }

  #begin(response: CountedResponse): void {
    response.isOpen = true;
    if (response.req.url === GRAPHQL) response.endpoint = GRAPHQL;
    this.#metrics?.connectionOpened();
    response.on('close', this.#onClose);
  }

  #count(response: CountedResponse, status: number): void {
    if (response.isCounted) return;
    response.isCounted = true;
    const { req, endpoint, begun } = response;
    const seconds = (performance.now() - begun) / 1_000;
    this.#metrics?.requestEnded({ method: methodOf(req.method), endpoint, status, seconds });
  }
}

function methodOf(method: string | undefined): string {
  return method !== undefined && METHODS.has(method) ? method : 'OTHER';
}
