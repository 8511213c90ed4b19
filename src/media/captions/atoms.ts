import { languageOf } from '../../language/language.ts';
import { beginsWithCondition, limitsPrevious } from '../../language/sentences/conditions.ts';
import { sentenceEndsOf } from '../../language/sentences/inner-ends.ts';
import { lineEndsOf } from '../../language/words/line-ends.ts';
import { endsBadly, opensPhrase } from '../../language/words/phrase-words.ts';
import type { BreakQuality } from '../film/film.ts';
import { type Glyph, glyphsOf, LINE_COLUMNS } from './glyph-width.ts';
import { hardBreak } from './hard-break.ts';

/** A piece of text that is never broken across lines, with its attached punctuation. */
export interface Atom {
  /** Without the surrounding white space. */
  readonly text: string;
  /** UTF-16 offsets into the whole text. */
  readonly start: number;
  readonly end: number;
  readonly columns: number;
  /** True where white space separates it from the previous atom. */
  readonly spaced: boolean;
  /** How good a break after it is, for a line or a cue. */
  readonly ending: BreakQuality;
  /** True for the end of a clause that is misleading without the next one, or the next one without it: "Without a fever, …". */
  readonly endsCondition: boolean;
  /** True where the author breaks the line after it, as in a poem: no other line of the caption follows on the same one. */
  readonly endsLine: boolean;
}

/** UTF-16 units after an atom that are read to tell how good a break before them is. */
const LOOKED_AHEAD = 24;

/** A comma after it ends no clause. */
const INTRODUCTION = /(?<!\p{L})es sei denn,\s*$/iu;

/** A word of a script without spaces between words. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The atoms of a text in order. An atom wider than a line is broken between graphemes. */
export function atomsOf(text: string, language: string, eastAsian: boolean): Atom[] {
  const atoms: Atom[] = [];
  const ends = lineEndsOf(text, language, LINE_COLUMNS);
  const known = languageOf(language);
  const { base } = known;
  const sentenceEnds = sentenceEndsOf(text, known);
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  // Of a sentence, until its first clause ends.
  let hasCondition = beginsWithCondition(text, base);
  ends.forEach((end, i) => {
    const start = ends[i - 1] ?? 0;
    const raw = text.slice(start, end);
    const bare = raw.trim();
    if (bare === '') return;
    const from = start + raw.indexOf(bare);
    const spaced = start === 0 || /\s/u.test(text.slice(Math.max(0, start - 1), from));
    const glyphs = glyphsOf(bare, eastAsian, segmenter);
    const endsSentence = sentenceEnds.has(from + bare.length);
    const after = text.slice(end, end + LOOKED_AHEAD);
    const before = text.slice(Math.max(0, end - LOOKED_AHEAD), end);
    const isIntroduction = INTRODUCTION.test(before);
    const ending = isIntroduction ? 'poor' : endingOf(bare, raw, { before, after, endsSentence, base });
    const endsCondition = ending === 'clause' && (hasCondition || limitsPrevious(after, base));
    if (ending === 'clause') hasCondition = false;
    if (ending === 'sentence') hasCondition = beginsWithCondition(after, base);
    const endsLine = raw.slice(raw.indexOf(bare) + bare.length).includes('\n');
    const place = { start: from, end: from + bare.length };
    atoms.push(...fitted(glyphs, { text: bare, ...place, spaced, ending, endsCondition, endsLine }));
  });
  return atoms;
}

/** An amount is what the word before it counts or pays: "cuesta 3,20 €". */
const AMOUNT = /^(?:[$€£¥]|R\$|NT\$|EUR |USD )?\s?\p{Nd}/u;

function endingOf(bare: string, raw: string, { before, after, endsSentence, base }: EndContext): BreakQuality {
  if (endsSentence) return 'sentence';
  if (/\n/u.test(raw.slice(raw.trimEnd().length))) return 'sentence';
  if (/[,;:，；：、—–][\s\p{Pe}\p{Pf}"']*$/u.test(bare)) return 'clause';
  // "3.5 公尺", "iPhone 手機": a number or a Latin word is kept with the word that follows where possible.
  if (/[\p{N}\p{Script=Latin}]$/u.test(bare) && UNSPACED.test(after.trimStart())) return 'poor';
  if (endsBadly(before, after, base)) return 'poor';
  if (/[\p{Script=Latin}\p{Script=Han}]$/u.test(bare) && AMOUNT.test(after)) return 'poor';
  return opensPhrase(after, base) ? 'phrase' : 'word';
}

/** What the ending of an atom depends on besides its text. */
interface EndContext {
  /** Up to its end, and after it. */
  readonly before: string;
  readonly after: string;
  readonly endsSentence: boolean;
  /** The first part of a BCP 47 tag. */
  readonly base: string;
}

/** The atom, or several where it is wider than a line. */
function fitted(glyphs: readonly Glyph[], atom: Omit<Atom, 'columns'>): Atom[] {
  const columns = glyphs.reduce((sum, glyph) => sum + glyph.columns, 0);
  if (columns <= LINE_COLUMNS) return [{ ...atom, columns }];
  const parts = hardBreak(glyphs);
  return parts.map((part, i) => ({
    text: part.text,
    start: atom.start + part.start,
    end: atom.start + part.end,
    columns: part.columns,
    spaced: atom.spaced && i === 0,
    ending: i === parts.length - 1 ? atom.ending : 'poor',
    endsCondition: atom.endsCondition && i === parts.length - 1,
    endsLine: atom.endsLine && i === parts.length - 1,
  }));
}
