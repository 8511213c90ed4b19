import type { IncomingMessage, Server, ServerResponse } from 'node:http';
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

interface Exchange {
  readonly method: string;
  readonly begun: number;
  endpoint: string;
  isCounted: boolean;
}

/**
 * Counts requests when their answer has been sent, and what is open: requests that are being answered, event streams and WebSockets.
 * An endpoint is the pattern of a route, so that no address of a client becomes a label.
 */
export class HttpCounts {
  readonly #metrics: HttpMetrics | undefined;
  readonly #exchanges = new WeakMap<ServerResponse, Exchange>();

  /** Counts nothing without metrics. */
  constructor(metrics: HttpMetrics | undefined) {
    this.#metrics = metrics;
  }

  /** Every request of this server is counted. */
  install(server: Server): void {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#begin(request, response);
    });
  }

  /** A route answers the request. Begins it where it came in by a further address of the same server. */
  routed(request: IncomingMessage, response: ServerResponse, pattern: string | undefined): void {
    const exchange = this.#exchanges.get(response) ?? this.#begin(request, response);
    exchange.endpoint = pattern ?? OTHER;
  }

  /** An event stream lasts as long as the client wants: its request counts as answered now. */
  streamOpened(response: ServerResponse): void {
    const exchange = this.#exchanges.get(response);
    if (exchange) this.#count(exchange, response.statusCode);
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

  #begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const { method, url } = request;
    const exchange = {
      method: methodOf(method),
      begun: performance.now(),
      endpoint: url === GRAPHQL ? GRAPHQL : OTHER,
      isCounted: false,
    };
    this.#exchanges.set(response, exchange);
    this.#metrics?.connectionOpened();
    response.once('close', () => {
      this.#metrics?.connectionClosed();
      this.#count(exchange, response.headersSent ? response.statusCode : CLIENT_LEFT);
    });
    return exchange;
  }

  #count(exchange: Exchange, status: number): void {
    if (exchange.isCounted) return;
    exchange.isCounted = true;
    const { method, endpoint, begun } = exchange;
    this.#metrics?.requestEnded({ method, endpoint, status, seconds: (performance.now() - begun) / 1_000 });
  }
}

function methodOf(method: string | undefined): string {
  return method !== undefined && METHODS.has(method) ? method : 'OTHER';
}
