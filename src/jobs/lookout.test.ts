import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lookout } from './lookout.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('A lookout', () => {
  it('looks for work each second while nobody can ring, each third second while somebody can, and not after its end', async () => {
    let looks = 0;
    let isRungFor = false;
    const lookout = new Lookout({ isRungFor: () => isRungFor, look: () => void looks++ });
    lookout.start();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(looks).toBe(6);
    isRungFor = true;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(looks).toBe(8);
    isRungFor = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looks).toBe(9);
    lookout.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toBe(9);
  });
});
