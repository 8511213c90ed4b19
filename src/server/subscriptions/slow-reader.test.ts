import { expect, it } from 'vitest';
import { SlowReaderDetector } from './slow-reader.ts';

it('detects a client that leaves too much unread for too long without a break', () => {
  const reader = new SlowReaderDetector({ unsentBytes: 100, slowMs: 50 });
  const answers = [
    [101, 0],
    [101, 49],
    [100, 60],
    [101, 70],
    [500, 119],
    [101, 120],
  ].map(([unsent = 0, now = 0]) => reader.isTooSlow(unsent, now));
  expect(answers).toEqual([false, false, false, false, false, true]);
});
