import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { QueueFacts } from './queue-stats-sql.ts';
import { type QueueSnapshot, QueueWatch } from './queue-watch.ts';

const EMPTY: QueueFacts = {
  name: 'VIDEO',
  status: 'NORMAL',
  paused: false,
  waiting: 0,
  delayed: 0,
  active: 0,
  succeeded: 0,
  failed: 0,
  failureRate: null,
  throughputPerMinute: null,
  recentFailureRate: null,
  recentThroughputPerMinute: null,
  oldestWaitingSeconds: null,
  workers: 1,
  byPriority: [],
};

/** A watch whose reads happen when the test triggers them, and the results of the reads. */
function watchOf() {
  let now: QueueFacts = EMPTY;
  let broken = false;
  let looks = 0;
  const faults: unknown[] = [];
  let pausing = Promise.withResolvers<{ go: () => void; signal: AbortSignal }>();
  const watch = new QueueWatch({
    read: async () => {
      looks++;
      if (broken) throw new Error('The database is unreachable.');
      return [now];
    },
    onFault: (thrown) => faults.push(thrown),
    pause: async (signal) => {
      const over = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => over.reject(signal.reason), { once: true });
      pausing.resolve({ go: over.resolve, signal });
      await over.promise;
    },
  });
  return {
    watch,
    faults,
    looks: () => looks,
    become: (facts: Partial<QueueFacts>) => {
      now = { ...now, ...facts };
    },
    break: (isBroken: boolean) => {
      broken = isBroken;
    },
    /** The next read, until the pause after it, with all that it causes. */
    look: async () => {
      const { go } = await pausing.promise;
      pausing = Promise.withResolvers();
      go();
      await pausing.promise;
      await turn();
    },
    /** Until the pause that follows the first read. */
    rests: async () => (await pausing.promise).signal,
  };
}

type Stream = AsyncGenerator<QueueSnapshot, void, undefined>;

/** All states that a stream has emitted so far, as the number of waiting jobs. */
function collect(stream: Stream): { readonly seen: number[]; readonly ended: Promise<void> } {
  const seen: number[] = [];
  const ended = (async () => {
    for await (const [queue] of stream) seen.push(queue?.waiting ?? -1);
  })();
  return { seen, ended };
}

describe('Watching the queues', () => {
  it('emits the current state at once, without a pause before it', async () => {
    const { watch, become, looks } = watchOf();
    become({ waiting: 7 });
    const stream = watch.open();
    expect(looks()).toBe(0);
    expect((await stream.next()).value).toMatchObject([{ name: 'VIDEO', waiting: 7 }]);
    expect(looks()).toBe(1);
    await watch.close();
  });

  it('emits a state for each read with changed counts, and none for ages and rates, which change continuously', async () => {
    const { watch, become, look, rests } = watchOf();
    const { seen } = collect(watch.open());
    await rests();
    await look();
    become({
      oldestWaitingSeconds: 5,
      failureRate: 3,
      throughputPerMinute: 2,
      recentFailureRate: 4,
      recentThroughputPerMinute: 1,
    });
    await look();
    expect(seen).toEqual([0]);
    become({ waiting: 1 });
    become({ waiting: 2 });
    expect(seen).toEqual([0]);
    await look();
    expect(seen).toEqual([0, 2]);
    await look();
    expect(seen).toEqual([0, 2]);
    await watch.close();
  });

  it.each([
    ['paused', { paused: true }],
    ['delayed', { delayed: 1 }],
    ['active', { active: 1 }],
    ['succeeded', { succeeded: 1 }],
    ['failed', { failed: 1 }],
    ['workers', { workers: 0 }],
    ['byPriority', { byPriority: [{ priority: 'LOW', waiting: 1 }] }],
  ] as const)('counts %s as such', async (_name, facts) => {
    const { watch, become, look, rests } = watchOf();
    const { seen } = collect(watch.open());
    await rests();
    become(facts);
    await look();
    expect(seen).toHaveLength(2);
    await watch.close();
  });

  it('reads once for all watchers, and gives a late one the last state', async () => {
    const { watch, looks, look, rests, become } = watchOf();
    const first = collect(watch.open());
    await rests();
    const late = watch.open();
    expect((await late.next()).value).toMatchObject([{ waiting: 0 }]);
    expect(looks()).toBe(1);
    const second = collect(late);
    become({ waiting: 3 });
    await look();
    // The second one has received a state within the last second, so it skips this read.
    expect([first.seen, second.seen, looks()]).toEqual([[0, 3], [], 2]);
    await look();
    expect([first.seen, second.seen, looks()]).toEqual([[0, 3], [3], 3]);
    await watch.close();
  });

  it('stops reading once the last watcher has left, and starts again with a new one', async () => {
    const { watch, looks, rests, become } = watchOf();
    const [one, other] = [watch.open(), watch.open()];
    const [first, second] = [collect(one), collect(other)];
    const resting = await rests();
    await one.return();
    await first.ended;
    expect(resting.aborted).toBe(false);
    await other.return();
    await second.ended;
    expect([resting.aborted, looks()]).toEqual([true, 1]);
    become({ waiting: 9 });
    expect((await watch.open().next()).value).toMatchObject([{ waiting: 9 }]);
    expect(looks()).toBe(2);
    await watch.close();
  });

  it('does not start where a stream is closed before it was read', async () => {
    const { watch, looks } = watchOf();
    await watch.open().return();
    await watch.close();
    expect(looks()).toBe(0);
  });

  it('continues after a failed read', async () => {
    const { watch, look, rests, become, faults, break: breakIt } = watchOf();
    const { seen } = collect(watch.open());
    await rests();
    breakIt(true);
    become({ waiting: 4 });
    await look();
    expect([seen, faults.length]).toEqual([[0], 1]);
    breakIt(false);
    await look();
    expect(seen).toEqual([0, 4]);
    await watch.close();
  });

  it('gives a slow reader only the newest state', async () => {
    const { watch, look, rests, become } = watchOf();
    const stream = watch.open();
    await stream.next();
    await rests();
    for (const waiting of [1, 2, 3]) {
      become({ waiting });
      await look();
    }
    expect((await stream.next()).value).toMatchObject([{ waiting: 3 }]);
    await watch.close();
  });

  it('ends all streams when it is closed', async () => {
    const { watch, rests } = watchOf();
    const streams = [collect(watch.open()), collect(watch.open())];
    const resting = await rests();
    await watch.close();
    await Promise.all(streams.map(({ ended }) => ended));
    expect(resting.aborted).toBe(true);
  });

  it('is closed only when the current read has ended', async () => {
    const [begun, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const read = async () => {
      begun.resolve();
      await release.promise;
      return [EMPTY];
    };
    const watch = new QueueWatch({ read, onFault: () => undefined });
    const { ended } = collect(watch.open());
    await begun.promise;
    let closed = false;
    const closing = watch.close().then(() => {
      closed = true;
    });
    await turn();
    expect(closed).toBe(false);
    release.resolve();
    await Promise.all([closing, ended]);
  });

  it('reads once a second by default', async () => {
    const looks: number[] = [];
    const third = Promise.withResolvers<void>();
    const watch = new QueueWatch({
      read: async () => {
        if (looks.push(performance.now()) === 3) third.resolve();
        return [];
      },
      onFault: () => undefined,
    });
    collect(watch.open());
    await third.promise;
    await watch.close();
    const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(990);
  });
});
