import { describe, expect, it } from 'vitest';
import { Reader, waitUntil } from '../../../test/helpers/memory-event-log.ts';
import { useSharedStreams } from '../../../test/helpers/shared-stream-setup.ts';

const setup = useSharedStreams();
const { reader, together } = setup;

describe('When a shared stream ends', () => {
  it('with its video, all subscribers end after the last event', async () => {
    const readers = [reader(), reader(), reader({ after: 1 })];
    await waitUntil('all wait', () => setup.eventLog.bus.subscribers === 1);
    setup.eventLog.write('COMPLETED');
    await waitUntil('all have ended', () => readers.every(({ end }) => end === 'over'));
    expect(readers.map(({ seen }) => seen)).toEqual([[1, 2], [1, 2], [2]]);
    expect(setup.eventLog.bus.subscribers).toBe(0);
    const late = [reader({ after: 2 }), reader({ after: 1 })];
    await waitUntil('later subscribers end too', () => late.every(({ end }) => end === 'over'));
    expect(late.map(({ seen }) => seen)).toEqual([[], [2]]);
  });

  it('a subscriber that has already read the event of a new run continues, while the others end', async () => {
    const first = reader();
    await together([first]);
    const held = Promise.withResolvers<void>();
    // The read that finds that the video has ended takes long.
    setup.eventLog.delay = async () => {
      if (first.last === 2) await held.promise;
    };
    setup.eventLog.write('COMPLETED');
    await waitUntil('the last event is delivered', () => first.last === 2);
    await waitUntil('the stream has read whether more events follow', () => setup.eventLog.looks > 3);
    setup.eventLog.delay = () => new Promise(setImmediate);
    setup.eventLog.write('PENDING');
    const second = reader({ after: 2 });
    await waitUntil('the second has joined', () => second.last === 3 && setup.eventLog.bus.subscribers === 1);
    held.resolve();
    await waitUntil('the first has ended', () => first.end === 'over');
    setup.eventLog.write('FAILED');
    await waitUntil('the second has ended', () => second.end === 'over');
    expect([first.seen, second.seen]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('a subscriber that joins while the others end continues if a new run of the video begins at that moment', async () => {
    const first = reader();
    await together([first]);
    const [ofFirst, ofSecond] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    setup.eventLog.delay = async () => {
      if (first.last === 2) await ofFirst.promise;
    };
    setup.eventLog.write('COMPLETED');
    await waitUntil('the last event is delivered', () => first.last === 2);
    await new Promise(setImmediate);
    setup.eventLog.delay = () => ofSecond.promise;
    const second = reader({ after: 2 });
    setup.eventLog.write('PENDING');
    setup.eventLog.delay = () => new Promise(setImmediate);
    // Its read after the end finds nothing; the stream checks whether that was the last event once there is another.
    ofSecond.resolve();
    for (let count = 0; count < 20; count++) await new Promise(setImmediate);
    ofFirst.resolve();
    await waitUntil('the first has ended', () => first.end === 'over');
    await waitUntil('the second continues', () => second.last === 3);
    expect(second.end).toBeUndefined();
  });

  it('a subscriber that reads alone ends too, although it could not join before', async () => {
    const [first, second] = [
      reader(),
      new Reader({ eventLog: setup.eventLog, sharedStreams: setup.sharedStreams, after: 0 }),
    ];
    await together([first]);
    const [clientRead, answering] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    second.clientRead = clientRead.promise;
    second.open();
    await waitUntil('it was sent the first event', () => second.last === 1);
    setup.eventLog.write();
    await waitUntil('the others have read further', () => first.last === 2);
    first.answering = () => answering.promise;
    setup.eventLog.write('COMPLETED');
    await waitUntil('the last event is being executed for them', () => first.answered.includes(3));
    clientRead.resolve();
    await waitUntil('it has ended', () => second.end === 'over');
    answering.resolve();
    await waitUntil('the first has ended', () => first.end === 'over');
    expect(second.seen).toEqual([1, 2, 3]);
  });

  it('with an error of the log, all subscribers get the error, and later subscribers are served', async () => {
    const readers = [reader(), reader()];
    await together(readers);
    setup.eventLog.delay = async () => {
      throw new Error('The log is broken.');
    };
    setup.eventLog.write();
    await waitUntil('all have ended', () => readers.every(({ end }) => end instanceof Error));
    expect(setup.eventLog.bus.subscribers).toBe(0);
    setup.eventLog.delay = () => new Promise(setImmediate);
    const next = [reader({ after: 1 }), reader({ after: 1 })];
    await together(next);
    expect(next.map(({ seen }) => seen)).toEqual([[2], [2]]);
  });
});
