import { SnapshotWatch, type SnapshotWatchOptions } from '../snapshot-watch.ts';
import type { QueueFacts } from './queue-stats-sql.ts';

export type QueueSnapshot = readonly QueueFacts[];

/** Streams the changes of the queues, at most once a second. */
export class QueueWatch extends SnapshotWatch<QueueSnapshot> {
  constructor(options: Omit<SnapshotWatchOptions<QueueSnapshot>, 'signatureOf'>) {
    super({ ...options, signatureOf: countsOf });
  }
}

/** Ages and rates change continuously, and cause no event. */
function countsOf(state: QueueSnapshot): string {
  return JSON.stringify(
    state.map(({ oldestWaitingSeconds: _age, failureRate: _rate, throughputPerMinute: _pace, ...others }) => {
      const { recentFailureRate: __rate, recentThroughputPerMinute: __pace, ...counts } = others;
      return counts;
    }),
  );
}
