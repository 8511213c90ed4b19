import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('never let more works run than there are slots, and run them all', async () => {
    const slots = new Slots(2);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 7 }, () => slots.use(new AbortController().signal, work)));
    expect(most).toBe(2);
    expect(running).toBe(0);
  });

  it('let a waiting work leave without taking a turn, and give its turn to the next', async () => {
    const slots = new Slots(1);
    const first = Promise.withResolvers<void>();
    const leaver = new AbortController();
    const signal = new AbortController().signal;
    const running = slots.use(signal, () => first.promise);
    const left = slots.use(leaver.signal, async () => 'never');
    const next = slots.use(signal, async () => 'next');
    leaver.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELED' });
    first.resolve();
    await running;
    expect(await next).toBe('next');
  });
});
