import { describe, expect, it } from 'vitest';
import { percentileOf, since } from './histogram-window.ts';

const INF = Number.POSITIVE_INFINITY;
const buckets = (...counts: readonly (readonly [number, number])[]) => new Map(counts);

describe('A percentile of a histogram', () => {
  it('lies within the bucket that has it, as far as its rank', () => {
    // 90 up to 0.1 s, 10 between 0.1 and 0.2 s: the 95th is the fifth of those ten.
    expect(percentileOf(buckets([0.1, 90], [0.2, 100], [INF, 100]), 0.95)).toBeCloseTo(0.15);
    // All in the first bucket: between 0 and 0.1 s.
    expect(percentileOf(buckets([0.1, 100], [0.2, 100], [INF, 100]), 0.95)).toBeCloseTo(0.095);
  });

  it('is the last bound where it lies beyond', () => {
    expect(percentileOf(buckets([0.1, 90], [10, 92], [INF, 100]), 0.95)).toBe(10);
  });

  it('is not known for fewer than twenty observations', () => {
    expect(percentileOf(buckets([0.1, 19], [INF, 19]), 0.95)).toBeNull();
    expect(percentileOf(buckets([0.1, 20], [INF, 20]), 0.95)).not.toBeNull();
    expect(percentileOf(buckets(), 0.95)).toBeNull();
  });
});

it('What came to a histogram since an earlier time is the difference of its counts', () => {
  expect(since(buckets([1, 3], [INF, 4]), buckets([1, 5], [INF, 9]))).toEqual(buckets([1, 2], [INF, 5]));
  expect(since(buckets(), buckets([1, 5], [INF, 9]))).toEqual(buckets([1, 5], [INF, 9]));
});
