import type { Candidate } from './article.ts';

/** A row of at most so many sentences, each leaning on the one before, is taken or left as one. */
const LONGEST_CHAIN = 4;

/**
 * A sentence with all before it that it leans on. In a life story every sentence leans ("She …"): of so long a chain its
 * head, which names her, and the one sentence before must do.
 */
export function bundleOf(candidates: readonly Candidate[], index: number): number[] {
  let head = index;
  while (candidates[head]?.leans === true) head -= 1;
  if (index - head < LONGEST_CHAIN) return Array.from({ length: index - head + 1 }, (_, i) => head + i);
  return [head, index - 1, index];
}

/** Without a sentence and all that lean on it. */
export function removed(candidates: readonly Candidate[], chosen: readonly number[], index: number): number[] {
  let end = index + 1;
  while (candidates[end]?.leans === true) end += 1;
  return chosen.filter((i) => i < index || i >= end);
}

/** What sentences are worth together. */
export function worthOf(candidates: readonly Candidate[], indices: readonly number[]): number {
  return indices.reduce((sum, i) => sum + (candidates[i]?.worth ?? 0), 0);
}

/** Indices of both, ascending, each once. */
export function union(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].toSorted((x, y) => x - y);
}
