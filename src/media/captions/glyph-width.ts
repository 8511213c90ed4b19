/** A line holds this many columns: 42 narrow characters or 21 full-width ones. */
export const LINE_COLUMNS = 42;

const WIDE =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator})/u;
/** Wide in Chinese and Japanese fonts, narrow in others. */
const AMBIGUOUS = /^[“”‘’…—·]/u;
/** Printable ASCII: each character is one glyph of one column and needs no segmenter. */
const PLAIN = /^[ -~]*$/u;
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Mn}]+$/u;

/** One user-perceived character with its width and offset. */
export interface Glyph {
  readonly text: string;
  /** UTF-16 offset. */
  readonly start: number;
  /** 2 for full width (Chinese, emoji), 1 for others, 0 for invisible ones. */
  readonly columns: number;
}

/** The graphemes of a text. An emoji of several code points is one grapheme. */
export function glyphsOf(
  text: string,
  eastAsian: boolean,
  // Creating a segmenter takes longer than using it on a word: callers with many words pass the same one.
  segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
): Glyph[] {
  if (PLAIN.test(text)) return Array.from(text, (character, start) => ({ text: character, start, columns: 1 }));
  return [...segmenter.segment(text)].map(({ segment, index }) => ({
    text: segment,
    start: index,
    columns: columnsOfGlyph(segment, eastAsian),
  }));
}

/** Columns of a line. */
export function columnsOf(line: string, eastAsian: boolean): number {
  return glyphsOf(line, eastAsian).reduce((sum, glyph) => sum + glyph.columns, 0);
}

/** True for languages written in full-width characters. */
export function isEastAsian(language: string): boolean {
  return /^(?:zh|yue|ja|ko|cmn|nan|wuu)(?:-|$)/iu.test(language);
}

function columnsOfGlyph(glyph: string, eastAsian: boolean): number {
  if (INVISIBLE.test(glyph)) return 0;
  if (WIDE.test(glyph) || (eastAsian && AMBIGUOUS.test(glyph))) return 2;
  return 1;
}
