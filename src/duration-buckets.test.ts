import { expect, it } from 'vitest';
import { bucketOf, percentileOfBuckets } from './duration-buckets.ts';

const counted = (durations: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const duration of durations) counts.set(bucketOf(duration), (counts.get(bucketOf(duration)) ?? 0) + 1);
  return counts;
};

it('A percentile is at most 19 % above the duration at its place', () => {
  const durations = Array.from({ length: 1_000 }, (_, place) => 1.5 * (place + 1));
  for (const share of [0.01, 0.5, 0.95, 0.99, 1]) {
    const exact = durations[Math.ceil(share * durations.length) - 1] ?? Number.NaN;
    const found = percentileOfBuckets(counted(durations), share);
    expect(found).toBeGreaterThanOrEqual(exact);
    expect(found).toBeLessThanOrEqual(1.19 * exact);
  }
});

it('Durations of any length have a bucket', () => {
  expect([-1, 0, 0.2, 1, 1.01, 2, 1e12, Number.NaN].map(bucketOf)).toEqual([0, 0, 0, 0, 1, 4, 80, 0]);
  expect(percentileOfBuckets(new Map(), 0.5)).toBe(0);
});
