import { languageOf } from '../../language/language.ts';
import { sentencesOf } from '../../language/sentences/sentences.ts';
import { unbreakableSpans } from '../../language/sentences/unbreakable.ts';
import type { BreakQuality } from '../film/film.ts';
import { columnsOf, type Glyph, glyphsOf, LINE_COLUMNS } from './glyph-width.ts';
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

/** Scripts that put no space between words; only in them may a line break without a space. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3001-\u303F\uFF01-\uFF60]/u;
/** May not begin a line. */
const CLINGS_BACK =
  /^[\p{Pe}\p{Pf}\p{M}!%,.:;?}\]¢°·ˇˉ―‖’”…‰′″›℃∶、。〃〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！％＇），．：；？］｜｝～ー々〜—]/u;
/** May not end a line. */
const CLINGS_ON = /[\p{Ps}\p{Pi}$£¥€‘“〈《「『【〔〖（［｛＄￡￥]$/u;

/** The same across a space, as in French typography; German reverses its guillemets and sets no spaces. */
const CLINGS_BACK_SPACED = {
  de: /^[!?:;%)\]}、。，！？；：」』）》…]/u,
  other: /^[!?:;%)\]}»›、。，！？；：」』）》…]/u,
};
const CLINGS_ON_SPACED = { de: /[([{（「『《]$/u, other: /[([{«‹¿¡（「『《]$/u };

/** The atoms of a text in order. An atom wider than a line is broken between graphemes. */
export function atomsOf(text: string, language: string, eastAsian: boolean): Atom[] {
  const atoms: Atom[] = [];
  const ends = breakPoints(text, language, eastAsian);
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

/** Offsets after which a line may end; the last is the length of the text. */
function breakPoints(text: string, language: string, eastAsian: boolean): number[] {
  const points: number[] = [];
  // A part that is wider than a line has to be broken.
  const kept = unbreakableSpans(text, language).filter(
    ({ start, end }) => columnsOf(text.slice(start, end), eastAsian) <= LINE_COLUMNS,
  );
  let span = 0;
  for (const { segment, index } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    const at = index + segment.length;
    while ((kept[span]?.end ?? Number.POSITIVE_INFINITY) <= at) span += 1;
    const isTorn = (kept[span]?.start ?? text.length) < at;
    if (at < text.length && !isTorn && canBreakAt(text, at, language)) points.push(at);
  }
  return [...points, text.length];
}

function canBreakAt(text: string, at: number, language: string): boolean {
  const before = lastCharacter(text, at);
  const after = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (/\s/u.test(after)) return false;
  if (/\s/u.test(before)) {
    const type = /^de(?:-|$)/iu.test(language) ? 'de' : 'other';
    return (
      !CLINGS_BACK_SPACED[type].test(after) &&
      !CLINGS_ON_SPACED[type].test(text.slice(Math.max(0, at - 8), at).trimEnd())
    );
  }
  if (CLINGS_BACK.test(after) || CLINGS_ON.test(before)) return false;
  // Between English words an em dash needs no spaces.
  if (before === '—') return true;
  return UNSPACED.test(before) || UNSPACED.test(after);
}

function lastCharacter(text: string, end: number): string {
  const low = text.charCodeAt(end - 1);
  const surrogate = low >= 0xdc00 && low <= 0xdfff && end > 1;
  return text.slice(surrogate ? end - 2 : end - 1, end);
}

/** Small words that open a phrase: good to break before, poor to break after. */
const OPENS_PHRASE =
  /^(?:and|or|but|because|which|that|when|while|where|if|of|in|on|to|for|with|from|by|as|than|und|oder|aber|weil|dass|der|die|das|mit|von|für|et|ou|mais|que|qui|de|du|pour|avec|dans|y|o|pero|con|para|por|en|e|ou|mas|com|em|ma|che|di|per|à|a|al|au|il|la|le|les|el|los|las|lo|un|une|una|uno|um|uma|ein|eine|an|the)$/iu;

function endingOf(bare: string, raw: string, after: string, endsSentence: boolean): BreakQuality {
  if (endsSentence) return 'sentence';
  if (/\n/u.test(raw.slice(raw.trimEnd().length))) return 'sentence';
  if (/[,;:，；：、—–][\s\p{Pe}\p{Pf}"']*$/u.test(bare)) return 'clause';
  // "3.5 公尺", "iPhone 手機": a number or a Latin word is kept with the word that follows where possible.
  if (/[\p{N}\p{Script=Latin}]$/u.test(bare) && UNSPACED.test(after)) return 'poor';
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
