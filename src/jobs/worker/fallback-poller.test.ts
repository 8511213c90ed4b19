import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FallbackPoller } from './fallback-poller.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('The fallback poller', () => {
  it('polls each second while notifications cannot arrive, each third second while they can, and not after it is closed', async () => {
    let looks = 0;
    let isNotified = false;
    const fallbackPoller = new FallbackPoller({ isNotified: () => isNotified, poll: () => void looks++ });
    fallbackPoller.start();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(looks).toBe(6);
    isNotified = true;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(looks).toBe(8);
    isNotified = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looks).toBe(9);
    fallbackPoller.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toBe(9);
  });
});
