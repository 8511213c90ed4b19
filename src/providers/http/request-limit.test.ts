import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allowanceIn, RequestLimit } from './request-limit.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');

describe('The requests that a service still takes', () => {
  it.each([
    [
      'the first example in the documentation of OpenAI',
      {
        'x-ratelimit-limit-requests': '60',
        'x-ratelimit-remaining-requests': '59',
        'x-ratelimit-reset-requests': '1s',
      },
      { remaining: 59, nextMs: 1_000 },
    ],
    [
      'a limit a day that gives back one request every six seconds',
      {
        'x-ratelimit-limit-requests': '14400',
        'x-ratelimit-remaining-requests': '14370',
        'x-ratelimit-reset-requests': '2m59.4s',
      },
      { remaining: 14_370, nextMs: 5_980 },
    ],
    [
      'no limit beside it',
      { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '120ms' },
      { remaining: 0, nextMs: 120 },
    ],
    [
      'a time, as Anthropic writes it',
      {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-11-30T12:01:00Z',
      },
      { remaining: 0, nextMs: 1_200 },
    ],
    [
      'more left than the limit',
      {
        'x-ratelimit-limit-requests': '5',
        'x-ratelimit-remaining-requests': '9',
        'x-ratelimit-reset-requests': '1s',
      },
      { remaining: 9, nextMs: 1_000 },
    ],
  ])('are read from %s', (_, headers, expected) => {
    expect(allowanceIn(new Headers(headers), NOW)).toEqual(expected);
  });

  it.each([
    ['no headers', {}],
    ['a number without a time', { 'x-ratelimit-remaining-requests': '0' }],
    ['a time without a number', { 'x-ratelimit-reset-requests': '1s' }],
    ['a number below zero', { 'x-ratelimit-remaining-requests': '-1', 'x-ratelimit-reset-requests': '1s' }],
    ['a time of another form', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': 'soon' }],
    ['a time of zero', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '0s' }],
    [
      'a time that has passed',
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-11-30T11:59:59Z',
      },
    ],
    [
      'no date',
      { 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': 'x'.repeat(1_000) },
    ],
  ])('are unknown with %s', (_, headers) => {
    expect(allowanceIn(new Headers(headers), NOW)).toBeUndefined();
  });
});

describe('A request', () => {
  const headers = (remaining: number, nextMs: number) =>
    new Headers({
      'x-ratelimit-limit-requests': '10',
      'x-ratelimit-remaining-requests': String(remaining),
      'x-ratelimit-reset-requests': `${(10 - remaining) * nextMs}ms`,
    });
  /** The wait before the next request, up to half a second. */
  const waitOf = async (limit: RequestLimit) => {
    const begun = performance.now();
    await limit.next(AbortSignal.timeout(500)).catch(() => undefined);
    return performance.now() - begun;
  };

  it('waits by the answer to the newest request, whichever answer comes last', async () => {
    const limit = new RequestLimit();
    const [first, second] = await Promise.all([limit.next(undefined), limit.next(undefined)]);
    second(headers(0, 200));
    first(headers(9, 200));
    expect(await waitOf(limit)).toBeGreaterThan(150);
  });

  it('waits where those that are under way may use up what is left', async () => {
    const limit = new RequestLimit();
    const [first] = await Promise.all([limit.next(undefined), limit.next(undefined)]);
    first(headers(1, 200));
    expect(await waitOf(limit)).toBeGreaterThan(150);
  });

  it('waits after those that wait already', async () => {
    const limit = new RequestLimit();
    const first = await limit.next(undefined);
    first(headers(0, 100));
    const waits = await Promise.all([waitOf(limit), waitOf(limit), waitOf(limit)]);
    for (const [index, wait] of waits.entries()) expect(Math.abs(wait - 100 * (index + 1))).toBeLessThan(60);
  });

  it('does not wait once the service takes requests again', async () => {
    const limit = new RequestLimit();
    const first = await limit.next(undefined);
    first(headers(0, 30));
    await sleep(100);
    expect(await waitOf(limit)).toBeLessThan(25);
  });

  it.each([
    [0, 60_000, 450],
    [0, 60_001, 0],
    [1, 60_000, 0],
  ])('with %i left and another one after %i ms waits for %i ms at least', async (remaining, nextMs, least) => {
    const limit = new RequestLimit();
    const first = await limit.next(undefined);
    first(headers(remaining, nextMs));
    const wait = await waitOf(limit);
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThan(least + 300);
  });
});
