import type { IncomingHttpHeaders } from 'node:http';

/** What scripts of other origins may read besides the headers that browsers always show. */
const EXPOSED =
  'x-trace-id, retry-after, www-authenticate, allow, content-disposition, content-range, accept-ranges, etag';
/** Seconds for which browsers remember a preflight: the most that Chromium takes. */
const MAX_AGE = '7200';

/** Names and values in turn, as Node writes them. */
export type HeaderList = readonly string[];

/**
 * Cross-origin resource sharing (Fetch Standard, §3.2). Tokens come in headers, never in cookies, so nothing is allowed to send
 * credentials, and a page can do no more than any other program that has a token.
 */
export class Cors {
  readonly #any: boolean;
  readonly #origins: ReadonlySet<string>;

  /** `['*']` allows every origin; an empty list sends no header at all. */
  constructor(origins: readonly string[]) {
    this.#any = origins.includes('*');
    this.#origins = new Set(origins);
  }

  /** Whether pages of this origin may call the API. */
  allows(origin: string): boolean {
    return this.#any || this.#origins.has(origin);
  }

  /** Headers of every answer, errors included. */
  headersFor(origin: string | undefined): HeaderList {
    if (this.#any) return ANY;
    if (this.#origins.size === 0) return NONE;
    // Also without an origin, since a cache must not give this answer to a page that has one.
    if (origin === undefined || !this.#origins.has(origin)) return VARY;
    return ['access-control-allow-origin', origin, 'access-control-expose-headers', EXPOSED, ...VARY];
  }

  /** Further headers of the answer to a preflight. Headers of the request are all allowed: none of them is a credential of the browser. */
  preflightFor({ origin, ...headers }: IncomingHttpHeaders, methods: readonly string[]): HeaderList {
    if (!this.#any && (origin === undefined || !this.#origins.has(origin))) return NONE;
    const wanted = headers['access-control-request-headers'];
    return [
      'access-control-allow-methods',
      methods.join(', '),
      ...(wanted === undefined ? [] : ['access-control-allow-headers', wanted]),
      'access-control-max-age',
      MAX_AGE,
    ];
  }
}

const NONE: HeaderList = [];
const VARY: HeaderList = ['vary', 'origin'];
const ANY: HeaderList = ['access-control-allow-origin', '*', 'access-control-expose-headers', EXPOSED];
