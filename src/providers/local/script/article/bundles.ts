import type { Candidate } from './candidates.ts';

/**
 * In a biography every sentence depends on the previous one ("She …"). No film needs more sentences of one such chain
 * than this, and the number of indices would grow with the square of its length.
 */
const LONGEST_CHAIN = 100;

/**
 * For each sentence the indices of those that it depends on, directly or indirectly, itself, and those after it that
 * answer it or take it back; none for the sentences of a chain after the first hundred.
 */
export function bundlesOf(candidates: readonly Candidate[]): number[][] {
  let head = 0;
  return candidates.flatMap(({ isDependent }, index) => {
    if (!isDependent) head = index;
    if (index - head >= LONGEST_CHAIN) return [];
    let end = index + 1;
    while (end - head < LONGEST_CHAIN && candidates[end]?.closes) end += 1;
    return [Array.from({ length: end - head }, (_, i) => head + i)];
  });
}

/** For each sentence the index after the last one that depends on it, directly or indirectly. */
export function chainEndsOf(candidates: readonly Candidate[]): number[] {
  const ends: number[] = [];
  for (let index = candidates.length - 1; index >= 0; index -= 1) {
    const next = candidates[index + 1];
    ends[index] = next?.isDependent ? (ends[index + 1] ?? index + 1) : index + 1;
  }
  return ends;
}

/** Total worth of the sentences. */
export function worthOf(candidates: readonly Candidate[], indices: readonly number[]): number {
  return indices.reduce((sum, i) => sum + (candidates[i]?.worth ?? 0), 0);
}

/** Indices of both, ascending, without duplicates. */
export function union(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].toSorted((x, y) => x - y);
}
