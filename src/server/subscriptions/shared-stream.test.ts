import { describe, expect, it } from 'vitest';
import { ANN, planOf, type ReaderOptions, viewerOf, waitUntil } from '../../../test/helpers/memory-event-log.ts';
import { useSharedStreams } from '../../../test/helpers/shared-stream-setup.ts';

const setup = useSharedStreams();
const { reader, together, answersTo } = setup;

describe('Clients with the same subscription', () => {
  it('get each event once, wherever they began, and it is executed once', async () => {
    for (let count = 0; count < 9; count++) setup.eventLog.write();
    const readers = Array.from({ length: 30 }, (_, index) => reader({ after: index % 10 }));
    await together(readers);
    for (let count = 0; count < 5; count++) setup.eventLog.write();
    await together(readers);
    for (const [index, { seen }] of readers.entries())
      expect(seen).toEqual(Array.from({ length: 15 - (index % 10) }, (_, step) => 1 + (index % 10) + step));
    for (let seq = 11; seq <= 15; seq++) expect(answersTo(seq, readers)).toBe(1);
    await Promise.all(readers.map(({ subscriptionRun }) => subscriptionRun.leave()));
    await waitUntil('nothing is left open', () => setup.eventLog.bus.subscribers === 0);
  });

  it('cost one read of the log for each event', async () => {
    const readers = Array.from({ length: 10 }, () => reader());
    await together(readers);
    setup.eventLog.write();
    await together(readers);
    for (let count = 0; count < 5; count++) {
      const { looks } = setup.eventLog;
      setup.eventLog.write();
      await together(readers);
      await new Promise(setImmediate);
      expect(setup.eventLog.looks - looks).toBe(1);
    }
  });

  it.each<[string, Partial<ReaderOptions>, Partial<ReaderOptions>]>([
    ['begin at another event', { variables: { after: 'a' } }, { variables: { after: 'b' } }],
    ['leave out where they begin', { variables: { after: 'a' } }, {}],
    ['are the same user with another session', {}, { viewer: { ...viewerOf(ANN), sessionId: 'other' } }],
  ])('also share a stream if they only %s', async (_how, one, other) => {
    const readers = [reader(one), reader(other)];
    await together(readers);
    const seq = setup.eventLog.write();
    await together(readers);
    expect(answersTo(seq, readers)).toBe(1);
  });

  it.each<[string, Partial<ReaderOptions>, Partial<ReaderOptions>]>([
    ['select other fields', {}, { plan: planOf('subscription { progress { seq } }') }],
    ['send other variables', { variables: { in: 'en' } }, { variables: { in: 'fr' } }],
    ['send null for a variable that others leave out', { variables: { in: null } }, {}],
    ['are another user', {}, { viewer: viewerOf('bob') }],
    ['are a guest', {}, { viewer: null }],
    ['have other roles', {}, { viewer: viewerOf(ANN, ['CREATOR', 'ADMIN']) }],
  ])('do not share a stream with clients that %s', async (_how, one, other) => {
    const readers = [reader(one), reader(other)];
    await together(readers, 2);
    const seq = setup.eventLog.write();
    await together(readers, 2);
    expect(readers.map(({ answered }) => answered.filter((each) => each === seq))).toEqual([[seq], [seq]]);
  });

  it('do not share a stream if a variable differs whose name is that of a property of every object', async () => {
    const plan = planOf('subscription ($constructor: String = "x") { progress { title(in: $constructor) } }');
    const readers = [reader({ plan, variables: { constructor: null } }), reader({ plan, variables: {} })];
    await together(readers, 2);
    for (let count = 0; count < 10; count++) await new Promise(setImmediate);
    const seq = setup.eventLog.write();
    await together(readers, 2);
    expect(answersTo(seq, readers)).toBe(2);
  });

  it('do not share a stream with subscribers of another video', async () => {
    setup.eventLog.write('PROCESSING', 'wasps');
    const one = reader();
    const other = reader({ source: setup.eventLog.source(0, 'wasps') });
    await waitUntil('both wait', () => other.last === 2 && setup.eventLog.bus.subscribers === 2);
    setup.eventLog.write('PROCESSING', 'wasps');
    await waitUntil('it gets the event', () => other.last === 3);
    setup.eventLog.write();
    await waitUntil('it gets the event', () => one.last === 4);
    expect([one.seen, other.seen]).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it('share a stream again after all had left, however late the first stream ends', async () => {
    const first = reader();
    await together([first]);
    const held = Promise.withResolvers<void>();
    setup.eventLog.delay = () => held.promise;
    const { looks } = setup.eventLog;
    setup.eventLog.write();
    await waitUntil('it is reading the log, and can end only after that', () => setup.eventLog.looks > looks);
    await first.subscriptionRun.leave();
    setup.eventLog.delay = () => new Promise(setImmediate);
    const second = reader({ after: 2 });
    await waitUntil('it waits', () => setup.eventLog.bus.subscribers === 2);
    for (let count = 0; count < 20; count++) await new Promise(setImmediate);
    held.resolve();
    await waitUntil('the first stream has ended', () => setup.eventLog.bus.subscribers === 1);
    const third = reader({ after: 2 });
    await new Promise(setImmediate);
    const seq = setup.eventLog.write();
    await together([second, third]);
    expect(answersTo(seq, [second, third])).toBe(1);
  });
});

describe('While an event is being executed', () => {
  it('a client that joins gets it too, once', async () => {
    const first = reader();
    await together([first]);
    const held = Promise.withResolvers<void>();
    first.answering = () => held.promise;
    const seq = setup.eventLog.write();
    await waitUntil('it is being executed', () => first.answered.includes(seq));
    const [before, after] = [reader({ after: 1 }), reader({ after: seq })];
    before.answering = () => Promise.resolve();
    await waitUntil('the others have joined', () => before.last === seq && setup.eventLog.bus.subscribers === 1);
    held.resolve();
    await together([first, before]);
    const next = setup.eventLog.write();
    await together([first, before, after]);
    expect([first.seen, before.seen, after.seen]).toEqual([[1, seq, next], [seq, next], [next]]);
  });

  it('a client that leaves gets nothing more, and the others get it', async () => {
    const [first, second] = [reader(), reader()];
    await together([first, second]);
    const held = Promise.withResolvers<void>();
    for (const each of [first, second]) each.answering = () => held.promise;
    const seq = setup.eventLog.write();
    await waitUntil('it is being executed', () => answersTo(seq, [first, second]) === 1);
    const [asked, other] = first.answered.includes(seq) ? [first, second] : [second, first];
    await asked.subscriptionRun.leave();
    held.resolve();
    await waitUntil('it is delivered', () => other.last === seq);
    expect(asked.seen).toEqual([1]);
    expect(asked.end).toBe('over');
  });
});

describe('When roles change', () => {
  it('of one client, it continues with its new roles, the others as before, and none misses an event', async () => {
    const readers = [reader(), reader(), reader()];
    const [changed, ...others] = readers;
    await together(readers);
    if (changed) changed.viewer = viewerOf(ANN, ['ADMIN']);
    setup.sharedStreams.rightsChanged();
    const seq = setup.eventLog.write();
    await together(readers, 2);
    expect(changed?.answered).toContain(seq);
    expect(answersTo(seq, others)).toBe(1);
    setup.eventLog.write();
    await together(readers, 2);
    for (const { seen } of readers) expect(seen).toEqual([1, 2, 3]);
  });

  it('of all clients at once, they share a stream again', async () => {
    const readers = [reader(), reader()];
    await together(readers);
    for (const each of readers) each.viewer = viewerOf(ANN, ['PREMIUM']);
    setup.sharedStreams.rightsChanged();
    setup.eventLog.write();
    await together(readers);
    const seq = setup.eventLog.write();
    await together(readers);
    expect(answersTo(seq, readers)).toBe(1);
    for (const { seen } of readers) expect(seen).toEqual([1, 2, 3]);
  });

  it('of other users, clients whose roles are unchanged still share a stream', async () => {
    const readers = [reader(), reader()];
    await together(readers);
    for (const each of readers) each.viewer = viewerOf(ANN);
    setup.sharedStreams.rightsChanged();
    const seq = setup.eventLog.write();
    await together(readers);
    expect(answersTo(seq, readers)).toBe(1);
  });
});
