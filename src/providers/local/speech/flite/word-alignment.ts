import { PAUSE } from './segments.ts';

/** A word as Flite says it alone. */
export interface SpokenWord {
  readonly phones: readonly string[];
  /** Whether its punctuation makes a pause after it. */
  readonly pauses: boolean;
}

const vowels = new Set([
  'aa',
  'ae',
  'ah',
  'ao',
  'aw',
  'ax',
  'ay',
  'eh',
  'er',
  'ey',
  'ih',
  'iy',
  'ow',
  'oy',
  'uh',
  'uw',
]);

/** Costs of the alignment: a vowel may be reduced in a sentence, and a consonant voiced; a pause is no sound. */
const SKIPPED = 1;
const SAME_CLASS = 0.7;
const OTHER_CLASS = 1.5;
const PAUSE_AS_SOUND = 4;

/**
 * Says for each phone of a sentence to which word it belongs (index in `words`), by the cheapest alignment with the phones of
 * the words alone. Flite prints no word with its segments, and says a word in a sentence slightly differently than alone
 * ("the" before a vowel). Takes time and memory for the product of both lengths; a piece has at most 600 characters.
 */
export function wordsOfPhones(phones: readonly string[], words: readonly SpokenWord[]): readonly number[] {
  const expected = words.flatMap(({ phones: alone, pauses }, word) =>
    [...alone, ...(pauses ? [PAUSE] : [])].map((phone) => ({ phone, word })),
  );
  const names = expected.map(({ phone }) => phone);
  const matched = cheapestPath(phones, names);
  let last = 0;
  return matched.map((at) => {
    last = expected[at ?? -1]?.word ?? last;
    return last;
  });
}

/** For each heard phone the position of the expected one that it is matched with; undefined if it is an additional one. */
function cheapestPath(heard: readonly string[], expected: readonly string[]): readonly (number | undefined)[] {
  const width = expected.length + 1;
  const costs = new Float32Array((heard.length + 1) * width);
  const cost = (i: number, j: number): number => costs[i * width + j] ?? Number.POSITIVE_INFINITY;
  const both = (i: number, j: number): number => cost(i - 1, j - 1) + difference(heard[i - 1], expected[j - 1]);
  for (let i = 0; i <= heard.length; i += 1)
    for (let j = 0; j <= expected.length; j += 1)
      if (i === 0 || j === 0) costs[i * width + j] = (i + j) * SKIPPED;
      else costs[i * width + j] = Math.min(both(i, j), cost(i - 1, j) + SKIPPED, cost(i, j - 1) + SKIPPED);
  const matched: (number | undefined)[] = [];
  for (let [i, j] = [heard.length, expected.length]; i > 0; ) {
    const here = cost(i, j);
    if (j > 0 && Math.fround(both(i, j)) === here) {
      i -= 1;
      j -= 1;
      matched[i] = j;
    } else if (j > 0 && Math.fround(cost(i, j - 1) + SKIPPED) === here) j -= 1;
    else {
      i -= 1;
      matched[i] = undefined;
    }
  }
  return matched;
}

function difference(heard = '', expected = ''): number {
  if (heard === expected) return 0;
  if (heard === PAUSE || expected === PAUSE) return PAUSE_AS_SOUND;
  return vowels.has(heard) === vowels.has(expected) ? SAME_CLASS : OTHER_CLASS;
}
