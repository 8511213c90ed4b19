import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QuotaFacts } from '../../../src/services/quotas/quota.service.ts';
import { QuotaWatch } from '../../../src/services/quotas/quota-watch.ts';

const quota = (facts: Partial<QuotaFacts>): QuotaFacts => ({
  type: 'VIDEO',
  period: 'DAILY',
  limit: 50,
  used: 3,
  reserved: 0,
  remaining: 47,
  percentage: 6,
  status: 'HEALTHY',
  resetAt: new Date('2026-06-02T00:00:00Z'),
  ...facts,
});

describe('Watching a quota', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-06-01T23:59:55Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows at the end of its period that it begins anew', async () => {
    let reads = 0;
    const read = async () => {
      reads++;
      const isOver = Date.now() >= Date.parse('2026-06-02T00:00:00Z');
      return [isOver ? quota({ used: 0, resetAt: new Date('2026-06-03T00:00:00Z') }) : quota({})];
    };
    const watch = new QuotaWatch({ read, isNotified: () => true, onFault: () => undefined });
    const changes = watch.open('ann');
    expect((await changes.next()).value).toMatchObject({ used: 3 });
    const next = changes.next();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(reads).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect((await next).value).toMatchObject({ used: 0, resetAt: new Date('2026-06-03T00:00:00Z') });
    await changes.return();
    await watch.close();
  });

  it.each([
    [true, 14_900, 15_100],
    [false, 900, 1_100],
  ])('with notices of other processes (%s) reads again between %d and %d ms', async (isNotified, before, after) => {
    let reads = 0;
    const read = async () => [quota({ used: reads++, resetAt: new Date('2026-07-01T00:00:00Z') })];
    const watch = new QuotaWatch({ read, isNotified: () => isNotified, onFault: () => undefined });
    const changes = watch.open('ann');
    await changes.next();
    const next = changes.next();
    await vi.advanceTimersByTimeAsync(before);
    expect(reads).toBe(1);
    await vi.advanceTimersByTimeAsync(after - before);
    expect((await next).value).toMatchObject({ used: 1 });
    await changes.return();
    await watch.close();
  });

  it('reads nothing once no stream of a user is left', async () => {
    let reads = 0;
    const read = async () => [quota({ used: reads++ })];
    const watch = new QuotaWatch({ read, isNotified: () => true, onFault: () => undefined });
    const [one, other] = [watch.open('ann'), watch.open('ann')];
    await Promise.all([one.next(), other.next()]);
    expect(reads).toBe(1);
    await one.return();
    await other.return();
    watch.wake('ann');
    watch.wake('');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBe(1);
    await watch.close();
  });
});
