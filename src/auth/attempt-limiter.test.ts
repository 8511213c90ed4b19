import { describe, expect, it, vi } from 'vitest';
import { AttemptLimits } from './attempt-limiter.ts';
import { RateLimitedError } from './auth-error.ts';

describe('The limits of attempts', () => {
  it('allow five registrations from a network and refuse the sixth, with the time to wait', async () => {
    const limits = new AttemptLimits({ counter: countingHere(), onUnavailable: neverCalled });
    for (let hit = 1; hit <= 5; hit++) await limits.hit('register', '203.0.113.7');
    const sixth = limits.hit('register', '203.0.113.7');
    await expect(sixth).rejects.toBeInstanceOf(RateLimitedError);
    await expect(sixth).rejects.toMatchObject({ retryAfterSeconds: 42 });
  });

  it('count each key and each name for itself', async () => {
    const limits = new AttemptLimits({ counter: countingHere(), onUnavailable: neverCalled });
    for (let hit = 1; hit <= 5; hit++) await limits.hit('register', '203.0.113.7');
    await expect(limits.hit('register', '203.0.113.8')).resolves.toBeUndefined();
    await expect(limits.hit('changePassword', '203.0.113.7')).resolves.toBeUndefined();
  });

  it('allow all networks of an IPv6 /48 together ten times as many as one, for one account too', async () => {
    const limits = new AttemptLimits({ counter: countingHere(), onUnavailable: neverCalled });
    const network = (at: number, of = '2001:db8:1') => `${of}:${at.toString(16)}::/64`;
    for (let at = 0; at < 50; at++) await limits.hit('register', network(at));
    await expect(limits.hit('register', network(50))).rejects.toBeInstanceOf(RateLimitedError);
    await limits.hit('register', network(50, '2001:db8:2'));
    for (let at = 0; at < 100; at++) await limits.hit('loginOfAccount', 'ann', network(at));
    await expect(limits.hit('loginOfAccount', 'ann', network(100))).rejects.toBeInstanceOf(RateLimitedError);
    await limits.hit('loginOfAccount', 'ben', network(100));
  });

  it('do not mix the parts of a key', async () => {
    const limits = new AttemptLimits({
      counter: countingHere(),
      onUnavailable: neverCalled,
      limits: { loginOfAccount: { limit: 1, windowSeconds: 60 } },
    });
    await limits.hit('loginOfAccount', 'ann', 'b');
    await limits.hit('loginOfAccount', 'an', 'nb');
    await limits.hit('loginOfAccount', 'ann,b');
    await expect(limits.hit('loginOfAccount', 'ann', 'b')).rejects.toBeInstanceOf(RateLimitedError);
  });

  it('count in the window of the name, and store no e-mail address', async () => {
    const count = vi.fn(async (_key: string, _windowSeconds: number) => ({ hits: 1, secondsLeft: 60 }));
    await new AttemptLimits({ counter: { count }, onUnavailable: neverCalled }).hit(
      'passwordResetMail',
      'a@example.org',
    );
    expect(count).toHaveBeenCalledWith(expect.stringMatching(/^passwordResetMail:[0-9a-f]{64}$/), 3_600);
  });

  it('never give a wait of zero seconds', async () => {
    const counter = { count: async () => ({ hits: 6, secondsLeft: 0 }) };
    const hit = new AttemptLimits({ counter, onUnavailable: neverCalled }).hit('register', 'a');
    await expect(hit).rejects.toMatchObject({ retryAfterSeconds: 1 });
  });

  it.each([
    ['cannot be reached', { count: async () => null }],
    ['fails', { count: () => Promise.reject(new Error('connection lost')) }],
  ])('are those of this process while the shared counter %s, and this is reported', async (_what, counter) => {
    const clock = { now: 5_000 };
    const noted: unknown[] = [];
    const onUnavailable = (thrown: unknown) => noted.push(thrown);
    const limits = new AttemptLimits({ counter, onUnavailable, now: () => clock.now });
    for (let hit = 1; hit <= 5; hit++) await limits.hit('register', 'a');
    clock.now += 20_000;
    await expect(limits.hit('register', 'a')).rejects.toMatchObject({ retryAfterSeconds: 40 });
    await limits.hit('register', 'b');
    clock.now += 40_000;
    await limits.hit('register', 'a');
    expect(noted).toEqual(new Array(8).fill(expect.any(Error)));
  });
});

function countingHere() {
  const hits = new Map<string, number>();
  return {
    count: async (key: string) => {
      hits.set(key, (hits.get(key) ?? 0) + 1);
      return { hits: hits.get(key) ?? 0, secondsLeft: 42 };
    },
  };
}

function neverCalled(thrown: unknown): void {
  throw new Error('The counter was available.', { cause: thrown });
}
