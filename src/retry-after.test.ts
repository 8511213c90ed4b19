import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from './retry-after.ts';

const NOW = new Date('2026-11-30T12:00:00Z');

describe('The time after which a service takes requests again', () => {
  it.each([
    [{ 'retry-after': '30' }, 30],
    [{ 'retry-after': 'Mon, 30 Nov 2026 12:01:30 GMT' }, 90],
    [{ 'retry-after': 'Mon, 30 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 2],
    [{ 'x-ratelimit-reset-requests': '1m30.5s' }, 91],
    [{ 'x-ratelimit-reset-requests': '120ms', 'x-ratelimit-reset-tokens': '6m0s' }, 360],
    [{ 'retry-after': '999999999' }, 86_400],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'x-ratelimit-reset-requests': 'later' }, undefined],
    [{}, undefined],
  ])('is read from %o: %s', (headers, seconds) => {
    expect(retryAfterSeconds(headers, NOW)).toBe(seconds);
  });
});
