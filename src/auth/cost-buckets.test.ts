import { describe, expect, it } from 'vitest';
import { CostBuckets } from './cost-buckets.ts';

/** Without shared levels: the arithmetic, and the memory of one process. */
function alone(clock: { now: number }) {
  const noted: unknown[] = [];
  const buckets = new CostBuckets({
    limit: 10_000,
    perSecond: 500,
    shared: { raise: async () => null },
    onUnavailable: (thrown) => noted.push(thrown),
    now: () => clock.now,
  });
  return { buckets, noted };
}

describe('A bucket of points', () => {
  it('can be spent at once, and comes back as time passes', async () => {
    const clock = { now: 1_000 };
    const { buckets } = alone(clock);
    expect(await buckets.spend('ann', 9_000)).toEqual({ isAllowed: true, remaining: 1_000, retryAfterSeconds: 0 });
    expect(await buckets.spend('ann', 2_500)).toEqual({ isAllowed: false, remaining: 1_000, retryAfterSeconds: 3 });
    clock.now += 3_000;
    expect(await buckets.spend('ann', 2_500)).toEqual({ isAllowed: true, remaining: 0, retryAfterSeconds: 0 });
    clock.now += 60_000;
    expect(await buckets.spend('ann', 1)).toEqual({ isAllowed: true, remaining: 9_999, retryAfterSeconds: 0 });
  });

  it('is one for each caller', async () => {
    const { buckets } = alone({ now: 0 });
    await buckets.spend('ann', 10_000);
    expect((await buckets.spend('ann', 1)).isAllowed).toBe(false);
    expect((await buckets.spend('bob', 10_000)).isAllowed).toBe(true);
  });

  it('asks for a second at least', async () => {
    const { buckets } = alone({ now: 0 });
    await buckets.spend('ann', 10_000);
    expect((await buckets.spend('ann', 1)).retryAfterSeconds).toBe(1);
  });
});

describe('Without the shared levels', () => {
  it('this process counts, reports it once, and asks again after a second', async () => {
    const clock = { now: 0 };
    const noted: unknown[] = [];
    const state = { isThere: false, calls: 0 };
    const shared = {
      raise: async () => {
        state.calls++;
        if (!state.isThere) throw new Error('connection lost');
        return { isRaised: true, levelMs: 0 };
      },
    };
    const onUnavailable = (thrown: unknown) => noted.push(thrown);
    const buckets = new CostBuckets({ limit: 100, perSecond: 1, shared, onUnavailable, now: () => clock.now });
    await buckets.spend('ann', 60);
    expect((await buckets.spend('ann', 60)).isAllowed).toBe(false);
    expect(state.calls).toBe(1);
    clock.now += 1_000;
    await buckets.spend('ann', 1);
    expect({ noted: noted.length, calls: state.calls }).toEqual({ noted: 1, calls: 2 });
    clock.now += 1_000;
    state.isThere = true;
    expect((await buckets.spend('ann', 60)).remaining).toBe(100);
    state.isThere = false;
    await buckets.spend('ann', 1);
    expect(noted).toHaveLength(2);
  });

  it('the memory of ten thousand callers is the most that is kept', async () => {
    const { buckets } = alone({ now: 0 });
    await buckets.spend('first', 10_000);
    for (let at = 0; at < 10_000; at++) await buckets.spend(String(at), 10_000);
    expect((await buckets.spend('first', 10_000)).isAllowed).toBe(true);
    expect((await buckets.spend('9999', 1)).isAllowed).toBe(false);
  });
});
