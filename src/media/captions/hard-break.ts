import { divisionOf, isDivisible } from '../../language/words/word-division.ts';
import { type Glyph, LINE_COLUMNS } from './glyph-width.ts';

/** A line of a text that is wider than one line. */
export interface BrokenLine {
  /** With a hyphen at its end where a word is divided. */
  readonly text: string;
  /** UTF-16 offsets of its characters in the text. */
  readonly start: number;
  readonly end: number;
  readonly columns: number;
}

interface LineEnd {
  /** Index after the last glyph of the line. */
  readonly to: number;
  readonly hyphen: boolean;
}

/**
 * Full lines of graphemes. A line ends earlier after a slash or a similar character, as in a web address; a word is
 * divided with a hyphen.
 */
export function hardBreak(glyphs: readonly Glyph[]): BrokenLine[] {
  const texts = glyphs.map((glyph) => glyph.text);
  const isWord = isDivisible(texts.join(''));
  const lines: BrokenLine[] = [];
  for (let from = 0; from < glyphs.length; ) {
    const { to, hyphen } = lineEnd(glyphs, from, (limit) => (isWord ? divisionOf(texts, from, limit) : undefined));
    const line = glyphs.slice(from, to);
    const last = line.at(-1);
    lines.push({
      text: line.map((glyph) => glyph.text).join('') + (hyphen ? '-' : ''),
      start: line[0]?.start ?? 0,
      end: (last?.start ?? 0) + (last?.text.length ?? 0),
      columns: line.reduce((sum, glyph) => sum + glyph.columns, hyphen ? 1 : 0),
    });
    from = to;
  }
  return lines;
}

/** `divide` gives the index where a word is divided that must end before a limit; undefined for what is no word. */
function lineEnd(glyphs: readonly Glyph[], from: number, divide: (limit: number) => number | undefined): LineEnd {
  let columns = 0;
  let good = from;
  for (let at = from; at < glyphs.length; at += 1) {
    const glyph = glyphs[at];
    columns += glyph?.columns ?? 0;
    if (columns > LINE_COLUMNS && at > from) {
      if (good - from > (at - from) / 2) return { to: good, hyphen: false };
      // The hyphen takes the column of one letter.
      const divided = divide(Math.max(from + 1, at - 1));
      return divided === undefined ? { to: at, hyphen: false } : { to: divided, hyphen: true };
    }
    if (/^[/&?=_\-.,，、]$/u.test(glyph?.text ?? '')) good = at + 1;
  }
  return { to: glyphs.length, hyphen: false };
}
