/**
 * Splits a list of lengths into runs that are as even as possible, each at most `limit` long: as few runs as possible,
 * and among these solutions the one with the least sum of squares. Returns the end of each run (exclusive indices).
 * Expects every single length to be within the limit; one that is not becomes a separate run. The number of steps is
 * the number of lengths, times the number of lengths that fit into one run.
 */
export function evenRuns(lengths: readonly number[], limit: number): number[] {
  const sums = [0];
  for (const length of lengths) sums.push((sums.at(-1) ?? 0) + length);
  const best: Partition[] = [{ begin: 0, runs: 0, cost: 0 }];
  for (let end = 1; end <= lengths.length; end += 1) best.push(lastRun(sums, best, end, limit));
  return backtrack(best);
}

/** The best split of the lengths before an index: the beginning of its last run, and its cost. */
interface Partition {
  readonly begin: number;
  readonly runs: number;
  readonly cost: number;
}

function lastRun(sums: readonly number[], best: readonly Partition[], end: number, limit: number): Partition {
  let found: Partition = { begin: end - 1, runs: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY };
  for (let begin = end - 1; begin >= 0; begin -= 1) {
    const length = (sums[end] ?? 0) - (sums[begin] ?? 0);
    // Tolerates the rounding errors of the sums.
    if (length > limit * 1.000001 && begin < end - 1) break;
    const before = best[begin];
    if (!before) break;
    const cost = before.cost + length * length;
    const runs = before.runs + 1;
    if (runs < found.runs || (runs === found.runs && cost < found.cost)) found = { begin, runs, cost };
  }
  return found;
}

function backtrack(best: readonly Partition[]): number[] {
  const ends: number[] = [];
  for (let end = best.length - 1; end > 0; end = best[end]?.begin ?? 0) ends.push(end);
  return ends.reverse();
}
