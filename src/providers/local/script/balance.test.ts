import { describe, expect, it } from 'vitest';
import { evenRuns } from './balance.ts';

const sums = (lengths: readonly number[], limit: number) => {
  const ends = evenRuns(lengths, limit);
  return ends.map((end, i) => lengths.slice(ends[i - 1] ?? 0, end).reduce((sum, length) => sum + length, 0));
};

describe('Even runs', () => {
  it('are as few as possible', () => {
    expect(sums([3, 3, 3], 9)).toEqual([9]);
    expect(sums([3, 3, 4], 9)).toEqual([6, 4]);
  });

  it('are even, not full with a small remainder', () => {
    expect(sums([1, 1, 1, 1, 1, 1], 5)).toEqual([3, 3]);
    expect(sums([5, 1, 1, 1, 4, 2], 7)).toEqual([7, 7]);
  });

  it('put a length over the limit into a separate run', () => {
    expect(sums([1, 20, 1], 5)).toEqual([1, 20, 1]);
  });

  it('are none for an empty list', () => {
    expect(evenRuns([], 5)).toEqual([]);
  });
});
