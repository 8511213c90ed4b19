import type { Candidate } from './article.ts';
import { removed, union, worthOf } from './bundles.ts';

const ADJUSTMENTS = 60;
/** Near enough to the wanted length. */
const TOLERANCE = 0.03;
/** How many of the worthiest bundles are tried when the length is adjusted. */
const SPARES = 150;
/** Among more sentences than this one more or less is close enough, and trying each exchange takes too long. */
const MOST_EXCHANGED = 60;

/** Length in seconds of the film that the sentences at these indices (ascending) would make. */
export type Measure = (chosen: readonly number[]) => number;

/** Adds, drops or exchanges a bundle as long as that brings the length nearer to the target. */
export function adjust(
  candidates: readonly Candidate[],
  bundles: readonly number[][],
  first: number[],
  target: number,
  measure: Measure,
): number[] {
  const spares = bundles.slice(0, SPARES);
  let chosen = first;
  for (let round = 0; round < ADJUSTMENTS; round += 1) {
    const error = Math.abs(measure(chosen) - target) / target;
    if (error <= TOLERANCE) break;
    const better = bestChange(candidates, spares, chosen, target, measure, error);
    if (better === undefined) break;
    chosen = better;
  }
  return chosen;
}

function bestChange(
  candidates: readonly Candidate[],
  spares: readonly number[][],
  chosen: readonly number[],
  target: number,
  measure: Measure,
  error: number,
): number[] | undefined {
  let best: { chosen: number[]; cost: number } | undefined;
  for (const changed of changes(candidates, spares, chosen)) {
    const off = Math.abs(measure(changed) - target) / target;
    if (off >= error - 0.005) continue;
    const cost = Math.max(TOLERANCE, off) - (0.02 * worthOf(candidates, changed)) / Math.max(1, changed.length);
    if (best === undefined || cost < best.cost) best = { chosen: changed, cost };
  }
  return best?.chosen;
}

function* changes(
  candidates: readonly Candidate[],
  spares: readonly number[][],
  chosen: readonly number[],
): Generator<number[]> {
  const without = chosen.map((index) => removed(candidates, chosen, index)).filter((rest) => rest.length > 0);
  yield* without;
  for (const bundle of spares) {
    if (bundle.every((i) => chosen.includes(i))) continue;
    yield union(chosen, bundle);
    if (chosen.length <= MOST_EXCHANGED) for (const rest of without) yield union(rest, bundle);
  }
}
