import { normalized } from '../../unicode.ts';

/**
 * A word in an alphabet that divides words with a hyphen, with the marks around it; no address, number or file name, which
 * have other marks inside.
 */
const ALPHABETIC_WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}'’"“”„«»()[\]¡¿!?,;:…-]+\.?$/u;
/** The beginning of a syllable: consonants that are not divided, and a vowel. */
const SYLLABLE =
  /^(?:sch|[cpst]h|qu|[bcdfgkptv][lr]|(?![aeiouyæœøıаеёиоуыэюяіїєαεηιουω])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[aeiouyæœøıаеёиоуыэюяіїєαεηιουω]/iu;
/** A syllable is searched among this many graphemes before the limit. */
const SEARCHED = 8;

/** True for a word that may be divided with a hyphen at the end of a line. */
export function isDivisible(word: string): boolean {
  return ALPHABETIC_WORD.test(word);
}

/**
 * Where to divide a word that is longer than a line: the last index, at most `limit` and at least three after `from`,
 * where a consonant and a vowel begin a syllable ("Gesell-schaft"); `limit` where there is none. Indices count graphemes.
 */
export function divisionOf(graphemes: readonly string[], from: number, limit: number): number {
  for (let at = limit; at > Math.max(from + 2, limit - SEARCHED); at -= 1)
    if (beginsSyllable(graphemes, at) && !beginsSyllable(graphemes, at - 1)) return at;
  return limit;
}

function beginsSyllable(graphemes: readonly string[], at: number): boolean {
  const letters = graphemes.slice(at, at + 4).map((grapheme) => normalized(grapheme, 'NFKD').slice(0, 1));
  return SYLLABLE.test(letters.join(''));
}
