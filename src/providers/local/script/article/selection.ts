import { similarity, type Vector } from '../../../../language/words/vectors.ts';
import { adjust, type Measure, totalsOf } from './adjust.ts';
import { bundlesOf, union, worthOf } from './bundles.ts';
import type { Candidate } from './candidates.ts';

/** Weight of relevance against novelty (Carbonell and Goldstein's maximal marginal relevance, SIGIR 1998). */
const RELEVANCE = 0.7;
/** Number of consecutive bundles that did not fit, after which the film counts as full. */
const MAX_MISSES = 40;
/** Of a very long article, only this many of the best bundles are compared. */
const MAX_CANDIDATES = 800;

/**
 * Chooses the most valuable sentences that together make a film of about `target` seconds. A dependent sentence is
 * never chosen without the one before it. Returns indices in the order of the article; at least one.
 */
export function choose(candidates: readonly Candidate[], target: number, measure: Measure): number[] {
  const all = candidates.map((_, i) => i);
  if (all.length <= 1 || measure(totalsOf(candidates, all)) <= target) return all;
  const bundles = bundlesOf(candidates)
    .toSorted((a, b) => worthOf(candidates, b) / b.length - worthOf(candidates, a) / a.length)
    .slice(0, MAX_CANDIDATES);
  return adjust(candidates, bundles, fill(candidates, bundles, target, measure), target, measure);
}

function fill(
  candidates: readonly Candidate[],
  bundles: readonly number[][],
  target: number,
  measure: Measure,
): number[] {
  let chosen: number[] = [];
  // Similarity of each sentence to the nearest chosen one, updated with every choice.
  const nearest = candidates.map(() => 0);
  const open = new Set(bundles);
  for (let misses = 0; misses < MAX_MISSES; misses += 1) {
    const best = bestBundle(candidates, open, chosen, nearest);
    if (best === undefined) break;
    open.delete(best);
    const next = union(chosen, best);
    if (next.length === chosen.length || (chosen.length > 0 && measure(totalsOf(candidates, next)) > target)) continue;
    chosen = next;
    misses = 0;
    for (const i of new Set([...open].flat())) {
      const vector = candidates[i]?.vector;
      for (const j of best) nearest[i] = Math.max(nearest[i] ?? 0, likeness(vector, candidates[j]?.vector));
    }
  }
  return chosen;
}

function likeness(a: Vector | undefined, b: Vector | undefined): number {
  return a && b ? similarity(a, b) : 0;
}

function bestBundle(
  candidates: readonly Candidate[],
  open: Iterable<number[]>,
  chosen: readonly number[],
  nearest: readonly number[],
) {
  const taken = new Set(chosen);
  let best: { bundle: number[]; gain: number } | undefined;
  for (const bundle of open) {
    const fresh = bundle.filter((i) => !taken.has(i));
    const gain =
      fresh.reduce((sum, i) => sum + marginal(candidates[i], nearest[i] ?? 0), 0) / Math.max(1, fresh.length);
    if (best === undefined || gain > best.gain) best = { bundle, gain };
  }
  return best?.bundle;
}

function marginal(candidate: Candidate | undefined, likeness: number): number {
  return RELEVANCE * (candidate?.worth ?? 0) - (1 - RELEVANCE) * 2 * likeness;
}
