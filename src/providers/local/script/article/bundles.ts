import type { Candidate } from './candidates.ts';

/** A row of at most so many sentences, each leaning on the one before, is taken or left as one. */
const LONGEST_CHAIN = 4;

/**
 * For each sentence the indices of those that it leans on, and itself. In a life story every sentence leans ("She …"): of
 * so long a chain its head, which names her, and the one sentence before must do.
 */
export function bundlesOf(candidates: readonly Candidate[]): number[][] {
  let head = 0;
  return candidates.map(({ isDependent }, index) => {
    if (!isDependent) head = index;
    if (index - head < LONGEST_CHAIN) return Array.from({ length: index - head + 1 }, (_, i) => head + i);
    return [head, index - 1, index];
  });
}

/** For each sentence the index after the last one that leans on it, directly or through others. */
export function chainEndsOf(candidates: readonly Candidate[]): number[] {
  const ends: number[] = [];
  for (let index = candidates.length - 1; index >= 0; index -= 1) {
    const next = candidates[index + 1];
    ends[index] = next?.isDependent ? (ends[index + 1] ?? index + 1) : index + 1;
  }
  return ends;
}

/** What sentences are worth together. */
export function worthOf(candidates: readonly Candidate[], indices: readonly number[]): number {
  return indices.reduce((sum, i) => sum + (candidates[i]?.worth ?? 0), 0);
}

/** Indices of both, ascending, each once. */
export function union(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].toSorted((x, y) => x - y);
}
