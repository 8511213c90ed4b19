import { AppError } from '../../../errors.ts';
import { normalized } from '../../../unicode.ts';
import { cleanText } from '../create-video-validation.ts';

/** Length of the search text. A whole title fits. */
export const SEARCH_LIMITS = { characters: 200, words: 32 } as const;

/** The index finds a word of these characters exactly: a plain word, or one or two ideographs. */
export const EXACT = /^(?:[a-z0-9]{1,60}|[\u4e00-\u9fff]{1,2})$/;

/** The words to search for, folded. Throws INVALID_INPUT for a text or a number of words beyond the limits. */
export function wordsOf(search: string): string[] {
  const text = cleanText(search);
  refuse('characters', Array.from(text).length);
  const folded = fold(text);
  const words = unique(folded.split(SEPARATORS).map(withoutPunctuation));
  refuse('words', words.length);
  // A text of punctuation alone is searched literally.
  return words.length > 0 ? words : unique(folded.split(/\s/)).slice(0, SEARCH_LIMITS.words);
}

function refuse(unit: keyof typeof SEARCH_LIMITS, amount: number): void {
  const most = SEARCH_LIMITS[unit];
  if (amount <= most) return;
  throw new AppError('INVALID_INPUT', `filter.search has ${amount} ${unit}; at most ${most} are allowed: use fewer.`);
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words.filter((word) => word !== ''))];
}

/** Separators between words, also without a space: `蜜蜂，蝴蝶`, `bees/honey` is one word, as `AI/ML` is. */
const SEPARATORS = /[\s,;!?\u00A1\u00BF()[\]{}<>"|~*=^\\\u3001-\u3003\u3008-\u3011\u3014-\u301F\u30FB]/;
/** Stripped from both ends of a word, but not the signs of `C++`, `C#` and `100%` at its end. */
const AT_START: ReadonlySet<string> = new Set("'-.:/&_@#+`");
const AT_END: ReadonlySet<string> = new Set("'-.:/&_@`");

function withoutPunctuation(word: string): string {
  let [start, end] = [0, word.length];
  while (start < end && AT_START.has(word.charAt(start))) start++;
  while (end > start && AT_END.has(word.charAt(end - 1))) end--;
  return word.slice(start, end);
}

/**
 * One form for texts that people regard as equal: without case, accents, width, ligatures and kinds of quotation marks and hyphens.
 * The same as the database's function `search_fold`, by which stored texts are folded (migration 0011).
 */
export function fold(text: string): string {
  const decomposed = normalized(text.toLowerCase(), 'NFKD')
    .replace(/[\u0300-\u036F\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[^\0-\x7F]/g, (character) => FOLDED_CHARACTERS.get(character) ?? character);
  return normalized(decomposed, 'NFKC');
}

const FOLDED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...Array.from('\u2018\u2019\u201A\u201B\u2032\u02BC', (quote) => [quote, "'"] as const),
  ...Array.from('\u2010\u2011\u2012\u2013\u2014\u2015\u2212', (hyphen) => [hyphen, '-'] as const),
  ...Array.from('\u201C\u201D\u201E\u00AB\u00BB', (quote) => [quote, '"'] as const),
  ...Object.entries({ ø: 'o', ł: 'l', đ: 'd', ı: 'i', ς: 'σ', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ð: 'd' }),
]);
