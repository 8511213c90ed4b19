import { beforeEach } from 'vitest';
import { SharedStreams } from '../../src/server/subscriptions/shared-stream.ts';
import { MemoryEventLog, Reader, type ReaderOptions, waitUntil } from './memory-event-log.ts';

/** An event log with one event, and streams that readers share, new for each test. */
export function useSharedStreams() {
  let eventLog: MemoryEventLog;
  let sharedStreams: SharedStreams;
  beforeEach(() => {
    eventLog = new MemoryEventLog();
    sharedStreams = new SharedStreams();
    eventLog.write();
  });

  const reader = (options: Partial<ReaderOptions> = {}) =>
    new Reader({ eventLog, sharedStreams, after: 0, ...options }).open();

  /** Resolves when all readers have all events and share `streams` streams. */
  async function together(readers: readonly Reader[], streams = 1): Promise<void> {
    await waitUntil('all have all events', () => readers.every(({ last }) => last === eventLog.lastSeq));
    await waitUntil('all share streams', () => eventLog.bus.subscribers === streams);
  }

  /** How often the event was executed, for all readers together. */
  const answersTo = (seq: number, readers: readonly Reader[]) =>
    readers.flatMap(({ answered }) => answered).filter((each) => each === seq).length;

  return {
    get eventLog() {
      return eventLog;
    },
    get sharedStreams() {
      return sharedStreams;
    },
    reader,
    together,
    answersTo,
  };
}
