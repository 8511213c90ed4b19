import { describe, expect, it } from 'vitest';
import { Semaphore } from './semaphore.ts';

describe('The semaphore', () => {
  it('never runs more operations at once than its limit, and runs all of them', async () => {
    const semaphore = new Semaphore(2);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      // Long enough for others to begin, if they could.
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 7 }, () => semaphore.use(new AbortController().signal, work)));
    expect(most).toBe(2);
    expect(running).toBe(0);
  });

  it('skips an aborted waiter and runs the next one', async () => {
    const semaphore = new Semaphore(1);
    const first = Promise.withResolvers<void>();
    const leaver = new AbortController();
    const signal = new AbortController().signal;
    const running = semaphore.use(signal, () => first.promise);
    const left = semaphore.use(leaver.signal, async () => 'never');
    const next = semaphore.use(signal, async () => 'next');
    leaver.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELED' });
    first.resolve();
    await running;
    expect(await next).toBe('next');
  });
});
