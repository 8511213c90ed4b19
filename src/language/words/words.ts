import { normalized } from '../../unicode.ts';
import type { Language } from '../language.ts';
import { isStopWord } from './stop-words.ts';

/** An adverb and a common verb, which the segmenter takes for one word: "还去", "就要", "再看". */
const ADVERB_AND_VERB = /^[还還也就都再才又只][去來来要想做看說说到有是會会能用把在給给讓让]$/u;
/** "上" or "下" that belongs to the time after it: "台股上週五", "他下個月". */
const TORN_FROM_TIME = /^\p{Script=Han}[上下]$/u;
const TIME_AFTER = /^(?:[週周季]|[個个]月|星期|[禮礼]拜|半[年場场])/u;
const ELIDING = new Set(['fr', 'it', 'ca']);

/** One word of a text. */
export interface Word {
  /** As written. */
  readonly text: string;
  /** Equal for two forms of one word: NFKC, lower case, without a plural or possessive ending. */
  readonly key: string;
  /** UTF-16 offset in the text. */
  readonly start: number;
  /** False for stop words and words without meaning of their own. */
  readonly content: boolean;
}

/** The words of a text in order, without punctuation. */
export function wordsOf(text: string, language: Language): Word[] {
  const segmenter = new Intl.Segmenter(language.tag, { granularity: 'word' });
  const words: Word[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    const folded = fold(segment, language);
    const isTorn =
      TORN_FROM_TIME.test(folded) && TIME_AFTER.test(text.slice(index + segment.length, index + segment.length + 2));
    const content = !isTorn && isContent(folded, language);
    words.push({ text: segment, key: stem(folded, language), start: index, content });
  }
  return words;
}

/** Keys of the content words, with repetitions. */
export function contentKeys(text: string, language: Language): string[] {
  return wordsOf(text, language)
    .filter((word) => word.content)
    .map((word) => word.key);
}

/** NFKC, lower case, without French and Italian elisions: "l’eau" becomes "eau". */
function fold(segment: string, language: Language): string {
  const folded = normalized(segment, 'NFKC').toLocaleLowerCase(language.tag).replaceAll('’', "'");
  return ELIDING.has(language.base) ? folded.replace(/^\p{L}{1,5}'(?=\p{L}{2})/u, '') : folded;
}

function isContent(folded: string, language: Language): boolean {
  if (isStopWord(folded, language)) return false;
  if (!/\p{L}/u.test(folded)) return false;
  // Numerals with a measure word: "一份", "幾個", "每支".
  if (language.base === 'zh' && /^[一二三四五六七八九十百千兩两幾几每各某整這这那第半雙双]+.$/u.test(folded))
    return false;
  if (language.base === 'zh' && ADVERB_AND_VERB.test(folded)) return false;
  // A single Han character is mostly a particle or half a word; a single Latin letter is an initial.
  return folded.length > 1;
}

/** A light stemmer: "tide", "tides" and "tide's" become one word, but different words stay different. */
function stem(folded: string, language: Language): string {
  const bare = folded.replace(/'s?$/u, '');
  if (['en', 'fr', 'es', 'pt'].includes(language.base) && bare.length > 3) {
    if (bare.endsWith('ies') && language.base === 'en') return `${bare.slice(0, -3)}y`;
    return bare.replace(/([^s])s$/u, '$1');
  }
  return bare;
}
