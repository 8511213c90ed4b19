/** What a recogniser heard of sentences: wrong words (missing, additional, other) of all words. */
export interface WordErrors {
  readonly errors: number;
  readonly words: number;
}

/** The errors of one sentence: the Levenshtein distance of its words from those that were heard. */
export function wordErrors(said: string, heard: string): WordErrors {
  const [expected, found] = [wordsOf(said), wordsOf(heard)];
  let row = Array.from({ length: found.length + 1 }, (_, index) => index);
  for (const [at, word] of expected.entries()) {
    const next = [at + 1];
    for (const [column, other] of found.entries()) {
      const [diagonal = 0, above = 0, left = 0] = [row[column], row[column + 1], next[column]];
      next.push(Math.min(above + 1, left + 1, diagonal + (word === other ? 0 : 1)));
    }
    row = next;
  }
  return { errors: row.at(-1) ?? 0, words: expected.length };
}

/** Lower case, without punctuation; the apostrophe belongs to its word. */
export function wordsOf(sentence: string): readonly string[] {
  return sentence.toLowerCase().match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
}
