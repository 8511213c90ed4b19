import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from '../../test/helpers/until.ts';
import { PollingRelay } from './polling-relay.ts';

const silent = () => undefined;

afterEach(() => void vi.useRealTimers());

describe('A polling relay', () => {
  it('works when it is triggered, and then at each poll', async () => {
    const work = vi.fn(async () => false);
    const relay = new PollingRelay({ pollMs: 20, work, onFault: silent });
    expect(work).not.toHaveBeenCalled();
    relay.trigger();
    await until('it has worked three times', () => work.mock.calls.length >= 3);
    await relay.close();
    const calls = work.mock.calls.length;
    relay.trigger();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(work).toHaveBeenCalledTimes(calls);
  });

  it('works again at once while more is due, or where it was triggered meanwhile', async () => {
    let calls = 0;
    const relay = new PollingRelay({
      pollMs: 60_000,
      work: async () => {
        if (++calls === 3) relay.trigger();
        return calls < 3;
      },
      onFault: silent,
    });
    relay.trigger();
    await until('all is done', () => calls === 4);
    await relay.close();
    expect(calls).toBe(4);
  });

  it('reads together what is triggered while it rests, and begins at once after that', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const work = vi.fn(async () => false);
    const relay = new PollingRelay({ pollMs: 60_000, restMs: 50, work, onFault: silent });
    const callsAfter = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      return work.mock.calls.length;
    };
    relay.trigger();
    expect(await callsAfter(0)).toBe(1);
    relay.trigger();
    expect(await callsAfter(49)).toBe(1);
    relay.trigger();
    expect(await callsAfter(1)).toBe(2);
    expect(await callsAfter(50)).toBe(2);
    relay.trigger();
    expect(await callsAfter(0)).toBe(3);
    const closing = relay.close();
    await vi.advanceTimersByTimeAsync(50);
    await closing;
  });

  it('never works twice at the same time, and its end waits for the work under way', async () => {
    let [atOnce, most, done] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce--;
      done++;
      return false;
    };
    const relay = new PollingRelay({ pollMs: 60_000, work, onFault: silent });
    relay.trigger();
    relay.trigger();
    await until('it works', () => atOnce === 1);
    await relay.close();
    expect({ most, done, atOnce }).toEqual({ most: 1, done: 1, atOnce: 0 });
  });

  it('reports a fault, and tries again at the next poll', async () => {
    const faults: unknown[] = [];
    let tries = 0;
    const work = async () => {
      if (++tries === 1) throw new Error('the table is away');
      return false;
    };
    const relay = new PollingRelay({ pollMs: 5, work, onFault: (thrown) => faults.push(thrown) });
    relay.trigger();
    await until('it has tried again', () => tries >= 2);
    await relay.close();
    expect(faults).toEqual([new Error('the table is away')]);
  });
});
