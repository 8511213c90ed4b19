/** A text as weighted words, of length 1 (or empty). */
export type Vector = ReadonlyMap<string, number>;

/** TF-IDF vectors of texts given as lists of word keys; a word that occurs in every text still has a small weight. */
export function vectorsOf(texts: readonly (readonly string[])[]): Vector[] {
  const frequency = documentFrequency(texts);
  return texts.map((keys) => {
    const vector = new Map<string, number>();
    for (const key of keys) {
      const idf = Math.log(1 + texts.length / (frequency.get(key) ?? 1));
      vector.set(key, (vector.get(key) ?? 0) + idf);
    }
    return normalised(vector);
  });
}

/** The number of texts that contain each word. */
export function documentFrequency(texts: readonly (readonly string[])[]): Map<string, number> {
  const frequency = new Map<string, number>();
  for (const keys of texts) for (const key of new Set(keys)) frequency.set(key, (frequency.get(key) ?? 0) + 1);
  return frequency;
}

/** Cosine of two vectors of length 1: 0 for nothing in common, 1 for the same words. */
export function similarity(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [key, weight] of small) sum += weight * (large.get(key) ?? 0);
  return sum;
}

function normalised(vector: Map<string, number>): Vector {
  let squares = 0;
  for (const weight of vector.values()) squares += weight * weight;
  const length = Math.sqrt(squares);
  if (length > 0) for (const [key, weight] of vector) vector.set(key, weight / length);
  return vector;
}
