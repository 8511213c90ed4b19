import { similarity } from '../text/vectors.ts';
import type { Candidate } from './article.ts';

const MOST_SENTENCES = 3;
/** A comfortable scene, in seconds of speech. */
const COMFORTABLE = 12;
const LONGEST = 30;

/**
 * Groups chosen sentences (ascending indices) into scenes of two or three that belong together; one alone where it is
 * long or odd. Sentences that lean on each other are not parted unless that scene would get too long.
 */
export function groupIntoScenes(candidates: readonly Candidate[], chosen: readonly number[]): number[][] {
  const bests: { cost: number; groups: number[][] }[] = [{ cost: 0, groups: [] }];
  for (let end = 1; end <= chosen.length; end += 1) {
    let best: { cost: number; groups: number[][] } | undefined;
    for (let begin = Math.max(0, end - MOST_SENTENCES); begin < end; begin += 1) {
      const before = bests[begin];
      const group = chosen.slice(begin, end);
      const cost = (before?.cost ?? 0) + groupCost(candidates, group, chosen[end]);
      if (before && (best === undefined || cost < best.cost)) best = { cost, groups: [...before.groups, group] };
    }
    if (best) bests.push(best);
  }
  return bests.at(-1)?.groups ?? [];
}

/** What speaks against this scene and against the seam after it. */
function groupCost(candidates: readonly Candidate[], group: readonly number[], next: number | undefined): number {
  const seconds = group.reduce((sum, i) => sum + (candidates[i]?.seconds ?? 0), 0);
  const tooLong = seconds > LONGEST && group.length > 1 ? 5 : 0;
  const alone = group.length === 1 && seconds < COMFORTABLE ? 1 : 0;
  const last = group.at(-1);
  const seam = last === undefined || next === undefined ? 0 : togetherness(candidates, last, next);
  return tooLong + alone + Math.abs(seconds - COMFORTABLE) / COMFORTABLE + 1.5 * seam;
}

/** 0 for two sentences with nothing in common, more the more a seam between them would tear apart. */
function togetherness(candidates: readonly Candidate[], a: number, b: number): number {
  const first = candidates[a];
  const second = candidates[b];
  if (!first || !second) return 0;
  const leaning = second.leans && b === a + 1 ? 1.5 : 0;
  const paragraph = first.paragraph === second.paragraph ? 0.4 : 0;
  return leaning + paragraph + similarity(first.vector, second.vector);
}
