import { beforeEach, describe, expect, it } from 'vitest';
import {
  ANN,
  MemoryEventLog,
  planOf,
  Reader,
  type ReaderOptions,
  viewerOf,
  waitUntil,
} from '../../../test/helpers/memory-event-log.ts';
import { SharedStreams } from './shared-stream.ts';

let eventLog: MemoryEventLog;
let sharedStreams: SharedStreams;
beforeEach(() => {
  eventLog = new MemoryEventLog();
  sharedStreams = new SharedStreams();
  eventLog.write();
});

const reader = (options: Partial<ReaderOptions> = {}) =>
  new Reader({ eventLog, sharedStreams, after: 0, ...options }).open();

/** All have what there is, and nobody reads alone any more: what is open are `streams` for all. */
async function together(readers: readonly Reader[], streams = 1): Promise<void> {
  await waitUntil('all have what there is', () => readers.every(({ last }) => last === eventLog.lastSeq));
  await waitUntil('nobody reads alone', () => eventLog.bus.subscribers === streams);
}

/** How often the event was answered, for all of them together. */
const answersTo = (seq: number, readers: readonly Reader[]) =>
  readers.flatMap(({ answered }) => answered).filter((each) => each === seq).length;

describe('All who ask the same', () => {
  it('are given each event once, from wherever they began, and it is answered once', async () => {
    for (let count = 0; count < 9; count++) eventLog.write();
    const readers = Array.from({ length: 30 }, (_, index) => reader({ after: index % 10 }));
    await together(readers);
    for (let count = 0; count < 5; count++) eventLog.write();
    await together(readers);
    for (const [index, { seen }] of readers.entries())
      expect(seen).toEqual(Array.from({ length: 15 - (index % 10) }, (_, step) => 1 + (index % 10) + step));
    for (let seq = 11; seq <= 15; seq++) expect(answersTo(seq, readers)).toBe(1);
    await Promise.all(readers.map(({ subscriptionRun }) => subscriptionRun.leave()));
    await waitUntil('nothing is left open', () => eventLog.bus.subscribers === 0);
  });

  it('cost one look at the log for each event', async () => {
    const readers = Array.from({ length: 10 }, () => reader());
    await together(readers);
    eventLog.write();
    await together(readers);
    for (let count = 0; count < 5; count++) {
      const { looks } = eventLog;
      eventLog.write();
      await together(readers);
      await new Promise(setImmediate);
      expect(eventLog.looks - looks).toBe(1);
    }
  });

  it.each<[string, Partial<ReaderOptions>, Partial<ReaderOptions>]>([
    ['begin elsewhere', { variables: { after: 'a' } }, { variables: { after: 'b' } }],
    ['leave out where they begin', { variables: { after: 'a' } }, {}],
    ['are the same person on another device', {}, { viewer: { ...viewerOf(ANN), sessionId: 'other' } }],
  ])('also share where they only %s', async (_how, one, other) => {
    const readers = [reader(one), reader(other)];
    await together(readers);
    const seq = eventLog.write();
    await together(readers);
    expect(answersTo(seq, readers)).toBe(1);
  });

  it.each<[string, Partial<ReaderOptions>, Partial<ReaderOptions>]>([
    ['ask for something else', {}, { plan: planOf('subscription { progress { seq } }') }],
    ['give other variables', { variables: { in: 'en' } }, { variables: { in: 'fr' } }],
    ['give null where another gives nothing', { variables: { in: null } }, {}],
    ['are somebody else', {}, { viewer: viewerOf('bob') }],
    ['are a guest', {}, { viewer: null }],
    ['have other roles', {}, { viewer: viewerOf(ANN, ['CREATOR', 'ADMIN']) }],
  ])('do not share with those who %s', async (_how, one, other) => {
    const readers = [reader(one), reader(other)];
    await together(readers, 2);
    const seq = eventLog.write();
    await together(readers, 2);
    expect(readers.map(({ answered }) => answered.filter((each) => each === seq))).toEqual([[seq], [seq]]);
  });

  it('do not share a variable that is called like something every object has', async () => {
    const plan = planOf('subscription ($constructor: String = "x") { progress { title(in: $constructor) } }');
    const readers = [reader({ plan, variables: { constructor: null } }), reader({ plan, variables: {} })];
    await together(readers, 2);
    for (let count = 0; count < 10; count++) await new Promise(setImmediate);
    const seq = eventLog.write();
    await together(readers, 2);
    expect(answersTo(seq, readers)).toBe(2);
  });

  it('do not share with those who watch another video', async () => {
    eventLog.write('PROCESSING', 'wasps');
    const one = reader();
    const other = reader({ source: eventLog.source(0, 'wasps') });
    await waitUntil('both wait', () => other.last === 2 && eventLog.bus.subscribers === 2);
    eventLog.write('PROCESSING', 'wasps');
    await waitUntil('it is told', () => other.last === 3);
    eventLog.write();
    await waitUntil('it is told', () => one.last === 4);
    expect([one.seen, other.seen]).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it('share again after all had left for a moment, however late the first stream ends', async () => {
    const first = reader();
    await together([first]);
    const held = Promise.withResolvers<void>();
    eventLog.delay = () => held.promise;
    const { looks } = eventLog;
    eventLog.write();
    await waitUntil('it is at the log, and can only end when that has answered', () => eventLog.looks > looks);
    await first.subscriptionRun.leave();
    eventLog.delay = () => new Promise(setImmediate);
    const second = reader({ after: 2 });
    await waitUntil('it waits', () => eventLog.bus.subscribers === 2);
    for (let count = 0; count < 20; count++) await new Promise(setImmediate);
    held.resolve();
    await waitUntil('the first stream has ended', () => eventLog.bus.subscribers === 1);
    const third = reader({ after: 2 });
    await new Promise(setImmediate);
    const seq = eventLog.write();
    await together([second, third]);
    expect(answersTo(seq, [second, third])).toBe(1);
  });
});

describe('While an event is being answered', () => {
  it('who comes gets it too, once', async () => {
    const first = reader();
    await together([first]);
    const held = Promise.withResolvers<void>();
    first.answering = () => held.promise;
    const seq = eventLog.write();
    await waitUntil('it is being answered', () => first.answered.includes(seq));
    const [before, after] = [reader({ after: 1 }), reader({ after: seq })];
    before.answering = () => Promise.resolve();
    await waitUntil('the others have come', () => before.last === seq && eventLog.bus.subscribers === 1);
    held.resolve();
    await together([first, before]);
    const next = eventLog.write();
    await together([first, before, after]);
    expect([first.seen, before.seen, after.seen]).toEqual([[1, seq, next], [seq, next], [next]]);
  });

  it('who leaves gets no more, and the others get it', async () => {
    const [first, second] = [reader(), reader()];
    await together([first, second]);
    const held = Promise.withResolvers<void>();
    for (const each of [first, second]) each.answering = () => held.promise;
    const seq = eventLog.write();
    await waitUntil('it is being answered', () => answersTo(seq, [first, second]) === 1);
    const [asked, other] = first.answered.includes(seq) ? [first, second] : [second, first];
    await asked.subscriptionRun.leave();
    held.resolve();
    await waitUntil('it is given', () => other.last === seq);
    expect(asked.seen).toEqual([1]);
    expect(asked.end).toBe('over');
  });
});

describe('When roles change', () => {
  it('the one goes on with new rights, the others as before, and nobody misses anything', async () => {
    const readers = [reader(), reader(), reader()];
    const [changed, ...others] = readers;
    await together(readers);
    if (changed) changed.viewer = viewerOf(ANN, ['ADMIN']);
    sharedStreams.rightsChanged();
    const seq = eventLog.write();
    await together(readers, 2);
    expect(changed?.answered).toContain(seq);
    expect(answersTo(seq, others)).toBe(1);
    eventLog.write();
    await together(readers, 2);
    for (const { seen } of readers) expect(seen).toEqual([1, 2, 3]);
  });

  it('all may change at once', async () => {
    const readers = [reader(), reader()];
    await together(readers);
    for (const each of readers) each.viewer = viewerOf(ANN, ['PREMIUM']);
    sharedStreams.rightsChanged();
    eventLog.write();
    await together(readers);
    const seq = eventLog.write();
    await together(readers);
    expect(answersTo(seq, readers)).toBe(1);
    for (const { seen } of readers) expect(seen).toEqual([1, 2, 3]);
  });

  it('of others, who is as before stays with the rest', async () => {
    const readers = [reader(), reader()];
    await together(readers);
    for (const each of readers) each.viewer = viewerOf(ANN);
    sharedStreams.rightsChanged();
    const seq = eventLog.write();
    await together(readers);
    expect(answersTo(seq, readers)).toBe(1);
  });
});

describe('At the end', () => {
  it('of a video all are told, after its last event', async () => {
    const readers = [reader(), reader(), reader({ after: 1 })];
    await waitUntil('all wait', () => eventLog.bus.subscribers === 1);
    eventLog.write('COMPLETED');
    await waitUntil('all have ended', () => readers.every(({ end }) => end === 'over'));
    expect(readers.map(({ seen }) => seen)).toEqual([[1, 2], [1, 2], [2]]);
    expect(eventLog.bus.subscribers).toBe(0);
    const late = [reader({ after: 2 }), reader({ after: 1 })];
    await waitUntil('who comes later ends too', () => late.every(({ end }) => end === 'over'));
    expect(late.map(({ seen }) => seen)).toEqual([[], [2]]);
  });

  it('who has already read of a new beginning goes on, while the others are told of the end', async () => {
    const first = reader();
    await together([first]);
    const held = Promise.withResolvers<void>();
    // The answer that the video has ended is on its way for long.
    eventLog.delay = async () => {
      if (first.last === 2) await held.promise;
    };
    eventLog.write('COMPLETED');
    await waitUntil('the end is given', () => first.last === 2);
    await waitUntil('it is looked whether that was all', () => eventLog.looks > 3);
    eventLog.delay = () => new Promise(setImmediate);
    eventLog.write('PENDING');
    const second = reader({ after: 2 });
    await waitUntil('the second has come', () => second.last === 3 && eventLog.bus.subscribers === 1);
    held.resolve();
    await waitUntil('the first has ended', () => first.end === 'over');
    eventLog.write('FAILED');
    await waitUntil('the second has ended', () => second.end === 'over');
    expect([first.seen, second.seen]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('who comes while the others are told of it goes on where the video begins anew in that moment', async () => {
    const first = reader();
    await together([first]);
    const [ofFirst, ofSecond] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    eventLog.delay = async () => {
      if (first.last === 2) await ofFirst.promise;
    };
    eventLog.write('COMPLETED');
    await waitUntil('the end is given', () => first.last === 2);
    await new Promise(setImmediate);
    eventLog.delay = () => ofSecond.promise;
    const second = reader({ after: 2 });
    eventLog.write('PENDING');
    eventLog.delay = () => new Promise(setImmediate);
    // Its look after the end has found nothing; whether that was the last event is asked when there is another.
    ofSecond.resolve();
    for (let count = 0; count < 20; count++) await new Promise(setImmediate);
    ofFirst.resolve();
    await waitUntil('the first has ended', () => first.end === 'over');
    await waitUntil('the second goes on', () => second.last === 3);
    expect(second.end).toBeUndefined();
  });

  it('who reads alone is told of it too, though it was not let in before', async () => {
    const [first, second] = [reader(), new Reader({ eventLog, sharedStreams, after: 0 })];
    await together([first]);
    const [clientRead, answering] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    second.clientRead = clientRead.promise;
    second.open();
    await waitUntil('it was sent the first event', () => second.last === 1);
    eventLog.write();
    await waitUntil('the others are further on', () => first.last === 2);
    first.answering = () => answering.promise;
    eventLog.write('COMPLETED');
    await waitUntil('the end is being answered for them', () => first.answered.includes(3));
    clientRead.resolve();
    await waitUntil('it has ended', () => second.end === 'over');
    answering.resolve();
    await waitUntil('the first has ended', () => first.end === 'over');
    expect(second.seen).toEqual([1, 2, 3]);
  });

  it('what the log throws is told to all, and whoever comes then is served', async () => {
    const readers = [reader(), reader()];
    await together(readers);
    eventLog.delay = async () => {
      throw new Error('The log is broken.');
    };
    eventLog.write();
    await waitUntil('all have ended', () => readers.every(({ end }) => end instanceof Error));
    expect(eventLog.bus.subscribers).toBe(0);
    eventLog.delay = () => new Promise(setImmediate);
    const next = [reader({ after: 1 }), reader({ after: 1 })];
    await together(next);
    expect(next.map(({ seen }) => seen)).toEqual([[2], [2]]);
  });
});
