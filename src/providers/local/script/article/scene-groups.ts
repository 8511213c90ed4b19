import { similarity } from '../../../../language/words/vectors.ts';
import type { Candidate } from './candidates.ts';

const MAX_SENTENCES = 3;
/** Of a list with the sentence that leads to it. */
const MAX_WITH_ITEMS = 8;
/** A comfortable scene length, in seconds of speech. */
const COMFORTABLE = 12;
const LONGEST = 30;
/** The same of a single sentence, which the first scene shows after the title. */
const COMFORTABLE_FIRST = 8;

/**
 * Groups chosen sentences (ascending indices) into scenes of two or three related ones; a long or unrelated sentence is
 * alone. A list stays with the sentence that leads to it. Sentences that depend on each other are not separated unless the scene would get too long; those of two sections are
 * never together.
 */
export function groupIntoScenes(candidates: readonly Candidate[], chosen: readonly number[]): number[][] {
  const bests: { readonly cost: number; readonly begin: number }[] = [{ cost: 0, begin: 0 }];
  for (let end = 1; end <= chosen.length; end += 1) {
    let best = { cost: Number.POSITIVE_INFINITY, begin: end - 1 };
    for (let begin = Math.max(0, end - MAX_WITH_ITEMS); begin < end; begin += 1) {
      const cost = (bests[begin]?.cost ?? 0) + groupCost(candidates, chosen.slice(begin, end), chosen[end]);
      if (cost < best.cost) best = { cost, begin };
    }
    bests.push(best);
  }
  const groups: number[][] = [];
  for (let end = chosen.length; end > 0; ) {
    const begin = bests[end]?.begin ?? 0;
    groups.push(chosen.slice(begin, end));
    end = begin;
  }
  return groups.reverse();
}

/** Cost of this scene and of the boundary after it. */
function groupCost(candidates: readonly Candidate[], group: readonly number[], next: number | undefined): number {
  if (new Set(group.map((i) => candidates[i]?.section)).size > 1) return Number.POSITIVE_INFINITY;
  if (group.length > MAX_SENTENCES && !group.slice(1).every((i) => isItem(candidates[i])))
    return Number.POSITIVE_INFINITY;
  const seconds = group.reduce((sum, i) => sum + (candidates[i]?.seconds ?? 0), 0);
  const tooLong = seconds > LONGEST && group.length > 1 ? 5 : 0;
  const comfortable = group[0] === 0 ? COMFORTABLE_FIRST : COMFORTABLE;
  const alone = group.length === 1 && seconds < comfortable ? 1 : 0;
  const last = group.at(-1);
  const seam = last === undefined || next === undefined ? 0 : togetherness(candidates, last, next);
  return tooLong + alone + Math.abs(seconds - COMFORTABLE) / COMFORTABLE + 1.5 * seam;
}

/** 0 for two unrelated sentences; the higher the value, the worse a boundary between them. */
function togetherness(candidates: readonly Candidate[], a: number, b: number): number {
  const first = candidates[a];
  const second = candidates[b];
  if (!first || !second) return 0;
  // The sentence before is half of a quotation, or misleads alone.
  const leaning = b !== a + 1 ? 0 : second.closes ? 2 : second.isDependent ? 1.5 : 0;
  const isParagraph = first.paragraph === second.paragraph;
  const list = isParagraph && isItem(first) && isItem(second) ? 1.5 : 0;
  const paragraph = isParagraph ? 0.4 : 0;
  return leaning + list + paragraph + similarity(first.vector, second.vector);
}

function isItem(candidate: Candidate | undefined): boolean {
  return candidate?.block.kind === 'item';
}
