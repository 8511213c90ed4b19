import { languageOf } from '../../language/language.ts';
import { sentencesOf } from '../../language/sentences/sentences.ts';
import { lineEndsOf } from '../../language/words/line-ends.ts';
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
  /** True where the author breaks the line after it, as in a poem: no other line of the caption follows on the same one. */
  readonly endsLine: boolean;
}

/** A word of a script without spaces between words. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The atoms of a text in order. An atom wider than a line is broken between graphemes. */
export function atomsOf(text: string, language: string, eastAsian: boolean): Atom[] {
  const atoms: Atom[] = [];
  const ends = lineEndsOf(text, language, LINE_COLUMNS);
  const sentenceEnds = new Set(sentencesOf(text, languageOf(language)).map((sentence) => sentence.end));
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  ends.forEach((end, i) => {
    const start = ends[i - 1] ?? 0;
    const raw = text.slice(start, end);
    const bare = raw.trim();
    if (bare === '') return;
    const from = start + raw.indexOf(bare);
    const spaced = start === 0 || /\s/u.test(text.slice(Math.max(0, start - 1), from));
    const glyphs = glyphsOf(bare, eastAsian, segmenter);
    const endsSentence = sentenceEnds.has(from + bare.length);
    const ending = endingOf(bare, raw, text.slice(end, end + 10), endsSentence);
    const endsLine = raw.slice(raw.indexOf(bare) + bare.length).includes('\n');
    atoms.push(...fitted(glyphs, { text: bare, start: from, end: from + bare.length, spaced, ending, endsLine }));
  });
  return atoms;
}

/** Small words that open a phrase: good to break before, poor to break after. */
const OPENS_PHRASE =
  /^(?:and|or|but|because|which|that|when|while|where|if|of|in|on|to|for|with|from|by|as|than|und|oder|aber|weil|dass|der|die|das|mit|von|für|et|ou|mais|que|qui|de|du|pour|avec|dans|y|o|pero|con|para|por|en|e|ou|mas|com|em|ma|che|di|per|à|a|al|au|il|la|le|les|el|los|las|lo|un|une|una|uno|um|uma|ein|eine|an|the)$/iu;

function endingOf(bare: string, raw: string, after: string, endsSentence: boolean): BreakQuality {
  if (endsSentence) return 'sentence';
  if (/\n/u.test(raw.slice(raw.trimEnd().length))) return 'sentence';
  if (/[,;:，；：、—–][\s\p{Pe}\p{Pf}"']*$/u.test(bare)) return 'clause';
  // "3.5 公尺", "iPhone 手機": a number or a Latin word is kept with the word that follows where possible.
  if (/[\p{N}\p{Script=Latin}]$/u.test(bare) && UNSPACED.test(after.trimStart())) return 'poor';
  if (OPENS_PHRASE.test(bare)) return 'poor';
  return OPENS_PHRASE.test(/^[\p{L}]+(?=\s)/u.exec(after)?.[0] ?? '') ? 'phrase' : 'word';
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
    endsLine: atom.endsLine && i === parts.length - 1,
  }));
}
