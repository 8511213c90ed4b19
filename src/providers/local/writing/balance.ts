/**
 * Parts a row of lengths into runs that are as even as can be, each at most `limit` long: as few runs as fit, and among
 * the ways to do that the one with the least sum of squares. Returns where each run ends (exclusive indices).
 * Expects every single length to be within the limit; one that is not becomes a run alone.
 */
export function evenRuns(lengths: readonly number[], limit: number): number[] {
  const sums = [0];
  for (const length of lengths) sums.push((sums.at(-1) ?? 0) + length);
  const fewest = fewestRuns(lengths, limit);
  return backtrack(bestBreaks(sums, fewest, limit), lengths.length, fewest);
}

function fewestRuns(lengths: readonly number[], limit: number): number {
  let runs = 0;
  let room = 0;
  for (const length of lengths) {
    if (runs === 0 || length > room) {
      runs += 1;
      room = limit;
    }
    room -= length;
  }
  return runs;
}

/** breaks[k][end] = where the last of k runs begins in the best parting of the first `end` lengths. */
function bestBreaks(sums: readonly number[], runs: number, limit: number): number[][] {
  const breaks: number[][] = [[]];
  let costs: readonly number[] = sums.map((_, end) => (end === 0 ? 0 : Number.POSITIVE_INFINITY));
  for (let k = 1; k <= runs; k += 1) {
    const row = sums.map((_, end) => lastRun(sums, costs, end, limit));
    breaks.push(row.map((best) => best.begin));
    costs = row.map((best) => best.cost);
  }
  return breaks;
}

function lastRun(sums: readonly number[], costs: readonly number[], end: number, limit: number) {
  let best = { begin: Math.max(0, end - 1), cost: Number.POSITIVE_INFINITY };
  for (let begin = end - 1; begin >= 0; begin -= 1) {
    const length = (sums[end] ?? 0) - (sums[begin] ?? 0);
    // The sums carry rounding errors of their own.
    if (length > limit * 1.000001 && begin < end - 1) break;
    const cost = (costs[begin] ?? Number.POSITIVE_INFINITY) + length * length;
    if (cost < best.cost) best = { begin, cost };
  }
  return best;
}

function backtrack(breaks: readonly number[][], length: number, runs: number): number[] {
  const ends: number[] = [];
  let end = length;
  for (let k = runs; k >= 1; k -= 1) {
    ends.unshift(end);
    end = breaks[k]?.[end] ?? 0;
  }
  return ends;
}
