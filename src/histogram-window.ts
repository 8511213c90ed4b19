/** Counts of a histogram whose buckets are cumulative: how many observations were at most as large as each bound. */
export type Buckets = ReadonlyMap<number, number>;

/** Of fewer observations a percentile says nothing about the others. */
const FEWEST = 20;

/**
 * An estimate of the value that `share` (0 to 1) of the observations do not exceed, as Prometheus makes it: they are taken to lie evenly
 * between the bounds of their bucket. Beyond the last bound it is the last bound. Null where there are too few observations.
 */
export function percentileOf(buckets: Buckets, share: number): number | null {
  const bounds = [...buckets.keys()].toSorted((one, other) => one - other);
  const total = buckets.get(Number.POSITIVE_INFINITY) ?? 0;
  if (total < FEWEST) return null;
  const rank = share * total;
  const at = bounds.findIndex((bound) => (buckets.get(bound) ?? 0) >= rank);
  const [upper, lower] = [bounds[at] ?? Number.POSITIVE_INFINITY, bounds[at - 1] ?? 0];
  if (upper === Number.POSITIVE_INFINITY) return lower;
  const below = buckets.get(lower) ?? 0;
  const within = (buckets.get(upper) ?? 0) - below;
  return lower + ((upper - lower) * (rank - below)) / within;
}

/** What came to `now` since `before`. */
export function since(before: Buckets, now: Buckets): Buckets {
  return new Map([...now].map(([bound, count]) => [bound, count - (before.get(bound) ?? 0)]));
}
