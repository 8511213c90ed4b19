/*
 * Buckets of durations that grow by 2^(1/4), 19 %: from 1 ms to over ten minutes in 80 numbers. What is counted by the number of its bucket
 * can be added up over processes and time, and a percentile of the sum is at most 19 % above the true one.
 */

const PER_DOUBLING = 4;
const LAST = 80;

/** The number of the bucket of a duration; 0 is for all up to a millisecond. */
export function bucketOf(milliseconds: number): number {
  if (!(milliseconds > 1)) return 0;
  return Math.min(LAST, Math.ceil(PER_DOUBLING * Math.log2(milliseconds)));
}

/** The milliseconds that `share` (0 to 1) of the durations do not exceed; at most 19 % too high. 0 where none was counted. */
export function percentileOfBuckets(counts: ReadonlyMap<number, number>, share: number): number {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let counted = 0;
  for (const [bucket, count] of [...counts].toSorted(([one], [other]) => one - other)) {
    counted += count;
    if (counted >= share * total) return 2 ** (bucket / PER_DOUBLING);
  }
  return 0;
}
