/**
 * The languages of the n-gram model, by their index in its file: those with a voice that share a script with others, and the
 * most frequent ones that have none, so that a text in one of these is not taken for its neighbour. `id` is Malay too.
 */
export const MODEL_LANGUAGES: readonly string[] =
  'az be bg ca cs da de en es et eu fi fr hr hu id is it lt lv nb nl pl pt ro ru sk sl sq sr sv tl tr uk vi yo'.split(
    ' ',
  );

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SPACE = 0x20;
/** Bytes of a word that are read; a longer one is no word of a language. */
const WORD_BYTES = 70;

/** FNV-1a of the bytes from `start` to `end`, with a space before and after them where they begin or end a word. */
export function ngramHash(bytes: Uint8Array, start: number, end: number, isFirst: boolean, isLast: boolean): number {
  let hash = FNV_OFFSET;
  if (isFirst) hash = Math.imul(hash ^ SPACE, FNV_PRIME);
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME);
  if (isLast) hash = Math.imul(hash ^ SPACE, FNV_PRIME);
  return hash >>> 0;
}

/**
 * How frequent n-grams are in each language: a compact form of the database of eld (Efficient Language Detector), with its way to
 * count. eld itself keeps it in objects, which take 60 MB; this takes 0.9 MB. scripts/language-model/write.ts writes the file.
 */
export class NgramModel {
  readonly #hashes: Uint32Array;
  /** For each hash the index of its first weight; one more at the end. */
  readonly #starts: Uint32Array;
  /** Language in the high byte, weight in the low one. */
  readonly #weights: Uint16Array;

  /** `file`: two counts, hashes, starts and weights, all little-endian, and aligned to 4 bytes. */
  constructor(file: ArrayBuffer) {
    const [hashes = 0, weights = 0] = new Uint32Array(file, 0, 2);
    this.#hashes = new Uint32Array(file, 8, hashes);
    this.#starts = new Uint32Array(file, 8 + 4 * hashes, hashes + 1);
    this.#weights = new Uint16Array(file, 8 + 4 * hashes + 4 * (hashes + 1), weights);
  }

  /** The mean weight of the n-grams of `words`, for each of MODEL_LANGUAGES. Words are lower case, separated by one space. */
  scoresOf(words: string): number[] {
    const ngrams = ngramsOf(new TextEncoder().encode(words));
    const totals = MODEL_LANGUAGES.map(() => 0);
    for (const hash of ngrams) this.#addWeights(hash, totals);
    return totals.map((total) => total / Math.max(1, ngrams.size));
  }

  #addWeights(hash: number, totals: number[]): void {
    const found = this.#indexOf(hash);
    if (found === undefined) return;
    for (let at = this.#starts[found] ?? 0; at < (this.#starts[found + 1] ?? 0); at += 1) {
      const weight = this.#weights[at] ?? 0;
      totals[weight >> 8] = (totals[weight >> 8] ?? 0) + (weight & 0xff);
    }
  }

  #indexOf(hash: number): number | undefined {
    let low = 0;
    let high = this.#hashes.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const value = this.#hashes[middle] ?? 0;
      if (value === hash) return middle;
      if (value < hash) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}

/** As eld cuts them: four bytes from every third one of a word, and the last four. */
function ngramsOf(bytes: Uint8Array): Set<number> {
  const ngrams = new Set<number>();
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(SPACE, start);
    const end = space === -1 ? bytes.length : space;
    addWord(bytes, start, Math.min(end, start + WORD_BYTES), ngrams);
    start = end + 1;
  }
  return ngrams;
}

function addWord(bytes: Uint8Array, start: number, end: number, ngrams: Set<number>): void {
  if (start >= end) return;
  let at = start;
  for (; at + 4 < end; at += 3) ngrams.add(ngramHash(bytes, at, at + 4, at === start, false));
  ngrams.add(ngramHash(bytes, Math.max(start, end - 4), end, at === start, true));
}
