import { setTimeout as sleep } from 'node:timers/promises';
import { durationIn } from '../../retry-after.ts';

/** A service that takes its next request later than this is called at once: it refuses, and the next provider is tried. */
const MOST_WAIT_MS = 60_000;

/** What an answer says about the requests that a service still takes. */
export interface Allowance {
  /** Without a wait; below zero where requests wait already. */
  readonly remaining: number;
  /** Until it takes one more, each time. */
  readonly nextMs: number;
}

/**
 * Read from `x-ratelimit-*-requests` (https://developers.openai.com/api/docs/guides/rate-limits and
 * https://console.groq.com/docs/rate-limits) or `anthropic-ratelimit-requests-*`
 * (https://platform.claude.com/docs/en/api/rate-limits). All three services give requests back one by one, and say when all are
 * back. Undefined where the answer says nothing that can be used.
 */
export function allowanceIn(headers: Headers, now: number): Allowance | undefined {
  const openai = {
    limit: countIn(headers.get('x-ratelimit-limit-requests')),
    remaining: countIn(headers.get('x-ratelimit-remaining-requests')),
    allMs: (durationIn(headers.get('x-ratelimit-reset-requests') ?? undefined) ?? 0) * 1_000,
  };
  const anthropic = {
    limit: countIn(headers.get('anthropic-ratelimit-requests-limit')),
    remaining: countIn(headers.get('anthropic-ratelimit-requests-remaining')),
    allMs: Date.parse(headers.get('anthropic-ratelimit-requests-reset')?.slice(0, 40) ?? '') - now,
  };
  const { limit, remaining, allMs } = openai.remaining === undefined ? anthropic : openai;
  if (remaining === undefined || !(allMs > 0)) return undefined;
  const used = limit === undefined ? 1 : Math.max(1, limit - remaining);
  return { remaining, nextMs: allMs / used };
}

function countIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Keeps the requests of one client within what the service's answers allow, so that the service does not refuse them. */
export class RequestLimit {
  /** How many requests have been asked for. */
  #count = 0;
  /** The number of the request whose answer is the newest one. */
  #newest = 0;
  /** What that answer, which came at `at`, and the requests since then leave. */
  #left: (Allowance & { readonly at: number }) | undefined;

  /**
   * Waits until the service takes another request; throws the signal's reason where that is aborted before. The function that it
   * returns is given the headers of the request's successful answer.
   */
  async next(signal: AbortSignal | undefined): Promise<(headers: Headers) => void> {
    this.#count += 1;
    const number = this.#count;
    const wait = this.#takeOne(Date.now());
    if (wait > 0) await sleep(Math.ceil(wait), undefined, signal && { signal }).catch(() => undefined);
    signal?.throwIfAborted();
    return (headers) => this.#read(number, headers, Date.now());
  }

  #takeOne(now: number): number {
    if (this.#left === undefined) return 0;
    const { at, nextMs, remaining } = this.#left;
    this.#left = { at, nextMs, remaining: remaining - 1 };
    return remaining > 0 ? 0 : Math.min(MOST_WAIT_MS, at + (1 - remaining) * nextMs - now);
  }

  /** Answers come in any order. The service may not have counted the requests that were made after the answered one. */
  #read(number: number, headers: Headers, now: number): void {
    if (number < this.#newest) return;
    this.#newest = number;
    const said = allowanceIn(headers, now);
    const isNear = said !== undefined && said.nextMs <= MOST_WAIT_MS;
    this.#left = isNear ? { ...said, at: now, remaining: said.remaining - (this.#count - number) } : undefined;
  }
}
