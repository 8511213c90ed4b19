import { chainEndsOf, union } from './bundles.ts';
import type { Candidate } from './candidates.ts';

const ADJUSTMENTS = 60;
/** Accepted relative deviation from the target length. */
const TOLERANCE = 0.03;
/** Number of the best bundles that are tried when the length is adjusted. */
const SPARES = 150;
/** With more sentences than this, a deviation of one sentence is accepted, and trying each exchange takes too long. */
const MAX_EXCHANGED = 60;

/** Sums over a choice of sentences. */
export interface Totals {
  readonly sentences: number;
  /** Of narration, without pauses between sentences. */
  readonly seconds: number;
  readonly worth: number;
  readonly essentials: number;
}

/** Length in seconds of the film made of such sentences. */
export type Measure = (chosen: Totals) => number;

/** A choice with some sentences removed and others added; all are indices, ascending. */
interface Change {
  /** The removed sentences are `chosen[from]` to `chosen[to - 1]`. */
  readonly from: number;
  readonly to: number;
  readonly added: readonly number[];
  readonly totals: Totals;
}

/** Adds, removes or exchanges a bundle as long as that brings the length nearer to the target. */
export function adjust(
  candidates: readonly Candidate[],
  bundles: readonly number[][],
  first: number[],
  target: number,
  measure: Measure,
): number[] {
  const spares = bundles.slice(0, SPARES);
  const chainEnds = chainEndsOf(candidates);
  let chosen = first;
  for (let round = 0; round < ADJUSTMENTS; round += 1) {
    const error = Math.abs(measure(totalsOf(candidates, chosen)) - target) / target;
    if (error <= TOLERANCE) break;
    const better = bestChange(changes(candidates, chainEnds, spares, chosen), target, measure, error);
    if (better === undefined) break;
    chosen = union([...chosen.slice(0, better.from), ...chosen.slice(better.to)], better.added);
  }
  return chosen;
}

/** The sums over sentences at these indices. */
export function totalsOf(candidates: readonly Candidate[], indices: readonly number[]): Totals {
  let [seconds, worth, essentials] = [0, 0, 0];
  for (const index of indices) {
    seconds += candidates[index]?.seconds ?? 0;
    worth += candidates[index]?.worth ?? 0;
    essentials += candidates[index]?.isEssential ? 1 : 0;
  }
  return { sentences: indices.length, seconds, worth, essentials };
}

function bestChange(tried: Iterable<Change>, target: number, measure: Measure, error: number): Change | undefined {
  let best: { change: Change; cost: number } | undefined;
  for (const change of tried) {
    const off = Math.abs(measure(change.totals) - target) / target;
    if (off >= error - 0.005) continue;
    const cost = Math.max(TOLERANCE, off) - (0.02 * change.totals.worth) / Math.max(1, change.totals.sentences);
    if (best === undefined || cost < best.cost) best = { change, cost };
  }
  return best?.change;
}

/** Each change takes a few steps, however many sentences are chosen. */
function* changes(
  candidates: readonly Candidate[],
  chainEnds: readonly number[],
  spares: readonly number[][],
  chosen: readonly number[],
): Generator<Change> {
  const whole = totalsOf(candidates, chosen);
  const without = removals(candidates, chainEnds, chosen, whole);
  yield* without;
  const places = new Map(chosen.map((index, place) => [index, place]));
  for (const bundle of spares) {
    if (bundle.every((index) => places.has(index))) continue;
    yield withBundle(candidates, { from: 0, to: 0, added: [], totals: whole }, bundle, places);
    if (chosen.length > MAX_EXCHANGED) continue;
    for (const removal of without) yield withBundle(candidates, removal, bundle, places);
  }
}

/**
 * Each chosen sentence removed with all sentences that depend on it, unless none would be left. An answer is removed only
 * with its question, and an essential sentence never: a length that fits better is not worth that.
 */
function removals(
  candidates: readonly Candidate[],
  chainEnds: readonly number[],
  chosen: readonly number[],
  whole: Totals,
): Change[] {
  const removed: Change[] = [];
  // The ends of chains never decrease from one sentence to the next, so that one pass finds them all.
  let to = 0;
  const sums = runningTotals(candidates, chosen);
  chosen.forEach((index, from) => {
    const end = chainEnds[index] ?? index + 1;
    while (to < chosen.length && (chosen[to] ?? 0) < end) to += 1;
    const [before, after] = [sums[from], sums[to]];
    if (before === undefined || after === undefined || to - from === chosen.length) return;
    if (candidates[index]?.closes || after.essentials > before.essentials) return;
    removed.push({ from, to, added: [], totals: plus(whole, minus(before, after)) });
  });
  return removed;
}

/** The totals of the first 0, 1, 2, … chosen sentences. */
function runningTotals(candidates: readonly Candidate[], chosen: readonly number[]): Totals[] {
  let sum: Totals = { sentences: 0, seconds: 0, worth: 0, essentials: 0 };
  const sums = [sum];
  for (const index of chosen) {
    sum = plus(sum, totalsOf(candidates, [index]));
    sums.push(sum);
  }
  return sums;
}

function withBundle(
  candidates: readonly Candidate[],
  { from, to, totals }: Change,
  bundle: readonly number[],
  places: ReadonlyMap<number, number>,
): Change {
  const added = bundle.filter((index) => {
    const place = places.get(index);
    return place === undefined || (place >= from && place < to);
  });
  return { from, to, added, totals: plus(totals, totalsOf(candidates, added)) };
}

function plus(a: Totals, b: Totals): Totals {
  return {
    sentences: a.sentences + b.sentences,
    seconds: a.seconds + b.seconds,
    worth: a.worth + b.worth,
    essentials: a.essentials + b.essentials,
  };
}

function minus(a: Totals, b: Totals): Totals {
  return {
    sentences: a.sentences - b.sentences,
    seconds: a.seconds - b.seconds,
    worth: a.worth - b.worth,
    essentials: a.essentials - b.essentials,
  };
}
