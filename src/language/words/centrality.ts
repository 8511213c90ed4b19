import type { Vector } from './vectors.ts';

const DAMPING = 0.85;
const ROUNDS = 30;

/**
 * Centrality of each sentence: the random walk of LexRank (Erkan and Radev, JAIR 22, 2004) over cosine similarities,
 * restarting at a sentence in proportion to its `prior`. The average result is 1.
 *
 * The similarity matrix is never built: with unit vectors as the rows of V, the matrix is V·Vᵀ, so one round is two
 * sparse products, and the cost of 30,000 sentences is linear in their words.
 */
export function centrality(vectors: readonly Vector[], priors: readonly number[]): number[] {
  const total = priors.reduce((sum, prior) => sum + prior, 0);
  const start = priors.map((prior) => prior / total);
  const degrees = times(vectors, new Array<number>(vectors.length).fill(1));
  let rank = start;
  for (let round = 0; round < ROUNDS; round += 1) rank = walk(vectors, degrees, start, rank);
  return rank.map((share) => share * vectors.length);
}

function walk(
  vectors: readonly Vector[],
  degrees: readonly number[],
  start: readonly number[],
  rank: readonly number[],
): number[] {
  // A sentence without similar ones distributes its rank to all, so that no rank is lost.
  let stranded = 0;
  const handed = rank.map((share, i) => {
    const degree = degrees[i] ?? 0;
    if (degree > 1e-9) return share / degree;
    stranded += share;
    return 0;
  });
  return times(vectors, handed).map((sum, i) => (1 - DAMPING + DAMPING * stranded) * (start[i] ?? 0) + DAMPING * sum);
}

/** (V·Vᵀ − 1) · x: each sentence's similarity to the others, weighted by x. */
function times(vectors: readonly Vector[], x: readonly number[]): number[] {
  const words = new Map<string, number>();
  vectors.forEach((vector, i) => {
    const factor = x[i] ?? 0;
    for (const [key, weight] of vector) words.set(key, (words.get(key) ?? 0) + weight * factor);
  });
  return vectors.map((vector, i) => {
    let sum = 0;
    for (const [key, weight] of vector) sum += weight * (words.get(key) ?? 0);
    return Math.max(0, sum - (vector.size === 0 ? 0 : (x[i] ?? 0)));
  });
}
