import { describe, expect, it, vi } from 'vitest';
import { AttemptLimiter } from './attempt-limiter.ts';

const FIVE_A_MINUTE = { limit: 5, windowSeconds: 60 };

describe('AttemptLimiter', () => {
  it('allows five and refuses the sixth, with the time to wait', async () => {
    const hits = new Map<string, number>();
    const count = async (key: string) => {
      hits.set(key, (hits.get(key) ?? 0) + 1);
      return { hits: hits.get(key) ?? 0, secondsLeft: 42 };
    };
    const limiter = new AttemptLimiter({ count }, FIVE_A_MINUTE, neverCalled);
    for (let hit = 1; hit <= 5; hit++) expect(await limiter.hit('a')).toEqual({ allowed: true, retryAfterSeconds: 0 });
    expect(await limiter.hit('a')).toEqual({ allowed: false, retryAfterSeconds: 42 });
    expect((await limiter.hit('b')).allowed).toBe(true);
  });

  it('counts in the window it was given', async () => {
    const count = vi.fn(async () => ({ hits: 1, secondsLeft: 60 }));
    await new AttemptLimiter({ count }, FIVE_A_MINUTE, neverCalled).hit('register:203.0.113.7');
    expect(count).toHaveBeenCalledWith('register:203.0.113.7', 60);
  });

  it('never gives a wait of zero seconds', async () => {
    const limiter = new AttemptLimiter(
      { count: async () => ({ hits: 6, secondsLeft: 0 }) },
      FIVE_A_MINUTE,
      neverCalled,
    );
    expect(await limiter.hit('a')).toEqual({ allowed: false, retryAfterSeconds: 1 });
  });

  it('allows everything while the counter is unavailable, and reports it', async () => {
    const lost = new Error('connection lost');
    const noted: unknown[] = [];
    const broken = new AttemptLimiter({ count: () => Promise.reject(lost) }, FIVE_A_MINUTE, (thrown) =>
      noted.push(thrown),
    );
    const away = new AttemptLimiter({ count: async () => null }, FIVE_A_MINUTE, (thrown) => noted.push(thrown));
    expect((await broken.hit('a')).allowed).toBe(true);
    expect((await away.hit('a')).allowed).toBe(true);
    expect(noted).toEqual([lost, expect.any(Error)]);
  });
});

function neverCalled(thrown: unknown): void {
  throw new Error('The counter was available.', { cause: thrown });
}
