import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryEventLog, Reader, type ReaderOptions, waitUntil } from '../../../test/helpers/memory-event-log.ts';
import { Random } from '../../providers/local/cards/random.ts';
import { SharedStreams } from './shared-stream.ts';

let eventLog: MemoryEventLog;
let sharedStreams: SharedStreams;
beforeEach(() => {
  eventLog = new MemoryEventLog();
  sharedStreams = new SharedStreams();
});

const reader = (options: Partial<ReaderOptions> = {}) => new Reader({ eventLog, sharedStreams, ...options });
const write = (count: number) => Array.from({ length: count }, () => eventLog.write());

/** Resolves when all readers have all events and share one stream. */
async function together(...readers: readonly Reader[]): Promise<void> {
  await waitUntil('all have all events', () => readers.every(({ last }) => last === eventLog.lastSeq));
  await waitUntil('all share one stream', () => eventLog.bus.subscribers === 1);
}

const nothingIsOpen = () => waitUntil('nothing is open', () => eventLog.bus.subscribers === 0);

describe('A subscription', () => {
  it('delivers all events after its cursor, however many, then each event as it is written', async () => {
    write(450);
    const one = reader({ after: 1 }).open();
    await together(one);
    write(3);
    await together(one);
    expect(one.seen).toEqual(Array.from({ length: 452 }, (_, index) => index + 2));
  });

  it('begins with the newest event if there is no cursor', async () => {
    write(3);
    const one = reader().open();
    await together(one);
    write(1);
    await together(one);
    expect(one.seen).toEqual([3, 4]);
  });

  it('to all videos of a user without videos waits for the first', async () => {
    const one = reader({ source: eventLog.source(undefined, null) }).open();
    await waitUntil('it waits', () => eventLog.looks > 2 && eventLog.bus.subscribers === 1);
    write(2);
    await waitUntil('both are delivered', () => one.last === 2);
    expect(one.seen).toEqual([1, 2]);
  });

  it('delivers events that are written while it is being opened, at any moment', async () => {
    for (let turns = 0; turns < 30; turns++) {
      const seq = eventLog.write();
      const [one, other] = [reader({ after: seq }).open(), reader({ after: seq - 1 }).open()];
      for (let count = 0; count < turns; count++) await (turns % 2 ? turn() : Promise.resolve());
      write(2);
      await together(one, other);
      expect([one.seen, other.seen]).toEqual([
        [seq + 1, seq + 2],
        [seq, seq + 1, seq + 2],
      ]);
      await Promise.all([one.subscriptionRun.leave(), other.subscriptionRun.leave()]);
      await nothingIsOpen();
    }
  });

  it('continues after the database was unavailable', async () => {
    write(1);
    const one = reader().open();
    await together(one);
    let away = 2;
    eventLog.delay = async () => {
      if (away-- > 0) throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    };
    write(2);
    await together(one);
    expect(one.seen).toEqual([1, 2, 3]);
  });

  it('ends for a video whose events were deleted, although no notification is sent', async () => {
    write(2);
    const one = reader().open();
    await together(one);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      eventLog.write();
      await together(one);
      eventLog.truncateAfter(0);
      for (let count = 0; count < 10; count++) await turn();
      await vi.advanceTimersByTimeAsync(15_000);
      await waitUntil('it has ended', () => one.end !== undefined);
      expect(one.end).toBe('over');
    } finally {
      vi.useRealTimers();
    }
  });

  it('reads again for events that the log has lost, but does not poll', async () => {
    write(5);
    const one = reader().open();
    await together(one);
    eventLog.truncateAfter(3);
    const { looks } = eventLog;
    const other = reader({ after: 3 }).open();
    for (let count = 0; count < 50; count++) await turn();
    expect(eventLog.looks - looks).toBeLessThan(10);
    write(3);
    await together(one, other);
    expect(other.seen).toEqual([4, 5, 6]);
  });
});

describe('A client that does not keep up', () => {
  it('is not sent more than it reads, gets the rest from the log, then joins the shared stream again', async () => {
    write(1);
    const [one, slow] = [reader().open(), reader().open()];
    await together(one, slow);
    slow.isLagging = true;
    const clientRead = Promise.withResolvers<void>();
    slow.clientRead = clientRead.promise;
    write(20);
    await waitUntil('the other has all events', () => one.last === eventLog.lastSeq);
    for (let count = 0; count < 20; count++) await turn();
    // The event that showed that it lags, and one more that is not read yet.
    expect(slow.seen).toEqual([1, 2, 3]);
    slow.isLagging = false;
    slow.clientRead = Promise.resolve();
    clientRead.resolve();
    await together(one, slow);
    const seq = eventLog.write();
    await together(one, slow);
    expect(slow.seen).toEqual(one.seen);
    expect([...one.answered, ...slow.answered].filter((each) => each === seq)).toEqual([seq]);
  });

  it('loses no event if all clients lag all the time', async () => {
    write(1);
    const readers = [reader().open(), reader().open(), reader().open()];
    for (const each of readers) each.isLagging = true;
    for (let count = 0; count < 20; count++) {
      write(1);
      for (let turns = 0; turns < count % 4; turns++) await turn();
    }
    await waitUntil('all have it', () => readers.every(({ last }) => last === eventLog.lastSeq));
    for (const { seen } of readers)
      expect(seen).toEqual(Array.from({ length: 22 - (seen[0] ?? 0) }, (_, index) => (seen[0] ?? 0) + index));
  });

  it('may leave at the moment when it is detached', async () => {
    write(1);
    const [one, slow] = [reader().open(), reader().open()];
    await together(one, slow);
    slow.isLagging = true;
    // Leaves as soon as it is detached, before it has begun to read alone.
    const detach = slow.subscriptionRun.detach.bind(slow.subscriptionRun);
    slow.subscriptionRun.detach = () => {
      detach();
      void slow.subscriptionRun.leave();
    };
    write(3);
    await together(one);
    await one.subscriptionRun.leave();
    await nothingIsOpen();
    expect(slow.seen).toEqual([1, 2]);
  });
});

describe('A client that leaves', () => {
  it('before its subscription begins opens nothing', async () => {
    write(2);
    const one = reader({ after: 0 });
    await one.subscriptionRun.leave();
    one.open();
    await waitUntil('it is over', () => one.end === 'over');
    for (let count = 0; count < 10; count++) await turn();
    expect(eventLog.bus.subscribers).toBe(0);
    expect([one.seen, eventLog.looks]).toEqual([[], 0]);
  });

  it.each([true, false])('calls return of a source that holds resources from the start (begun: %s)', async (begun) => {
    let returned = 0;
    const wake = Promise.withResolvers<IteratorResult<unknown>>();
    const source = {
      next: () => wake.promise,
      return: async () => {
        returned++;
        wake.resolve({ done: true, value: undefined });
        return { done: true as const, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const one = reader({ source });
    if (begun) one.open();
    await one.subscriptionRun.leave();
    expect(returned).toBeGreaterThan(0);
  });

  it.each(['detached', 'with others'])('while an event is executed for it does not get the event (%s)', async (how) => {
    write(1);
    const one = reader({ after: how === 'detached' ? 0 : 1 }).open();
    const held = Promise.withResolvers<void>();
    one.answering = () => held.promise;
    if (how !== 'detached') {
      await waitUntil('it waits', () => eventLog.looks > 2 && eventLog.bus.subscribers === 1);
      write(1);
    }
    await waitUntil('it is being executed', () => one.answered.length === 1);
    await one.subscriptionRun.leave();
    held.resolve();
    for (let count = 0; count < 10; count++) await turn();
    await nothingIsOpen();
    expect([one.seen, one.end]).toEqual([[], 'over']);
  });

  it('at any moment leaves nothing open', async () => {
    write(3);
    for (let turns = 0; turns < 40; turns++) {
      const readers = [reader({ after: 0 }).open(), reader({ after: 2 }).open(), reader().open()];
      for (let count = 0; count < turns; count++) await (turns % 2 ? turn() : Promise.resolve());
      if (turns % 3 === 0) write(1);
      await Promise.all(readers.map(({ subscriptionRun }) => subscriptionRun.leave()));
      await nothingIsOpen();
      expect(readers.map(({ end }) => end)).toEqual(['over', 'over', 'over']);
    }
  });

  it('because sending fails leaves nothing open', async () => {
    write(3);
    const one = reader({ after: 0 });
    const clientRead = Promise.withResolvers<void>();
    one.clientRead = clientRead.promise;
    one.open();
    await waitUntil('the first event is sent', () => one.last === 1);
    clientRead.reject(new Error('The connection is broken.'));
    await waitUntil('it has ended', () => one.end instanceof Error);
    await nothingIsOpen();
    expect(one.seen).toEqual([1]);
  });

  it('while the database is unavailable leaves nothing open', async () => {
    eventLog.delay = async () => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    };
    const one = reader().open();
    await waitUntil('it has read', () => eventLog.looks > 0);
    await one.subscriptionRun.leave();
    await nothingIsOpen();
    expect(one.end).toBe('over');
  });
});

describe('With many events', () => {
  it.each(['one', 'two', 'three'])(
    'and clients that join, lag, change roles and leave, no client misses an event or gets one twice (seed %s)',
    async (seed) => {
      const random = new Random(seed);
      const turns = async (most: number) => {
        for (let count = random.below(most); count > 0; count--) await turn();
      };
      eventLog.delay = () => turns(4);
      const begin = eventLog.write();
      const people = Array.from({ length: 25 }, () => ({ seen: [begin] }));
      const lasts = (person: { seen: number[] }) => person.seen.at(-1) ?? 0;
      let writing = true;
      const stay = async (person: { readonly seen: number[] }) => {
        const one = reader({ after: lasts(person) }).open();
        one.answering = () => turns(3);
        one.isLagging = random.chance(0.3);
        if (random.chance(0.3)) one.clientRead = turns(20);
        await turns(40);
        if (one.viewer && random.chance(0.2)) one.viewer = { ...one.viewer, roles: ['PREMIUM'] };
        await turns(40);
        if (!writing) await waitUntil('it has the rest', () => Math.max(one.last, lasts(person)) === eventLog.lastSeq);
        await one.subscriptionRun.leave();
        expect(one.end).toBe('over');
        person.seen.push(...one.seen);
      };
      const staying = people.map(async (person) => {
        while (lasts(person) < eventLog.lastSeq || writing) await stay(person);
      });
      for (let count = 0; count < 200; count++) {
        eventLog.write();
        await turns(3);
      }
      writing = false;
      await Promise.all(staying);
      for (const { seen } of people) expect(seen).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
      await nothingIsOpen();
    },
  );
});
