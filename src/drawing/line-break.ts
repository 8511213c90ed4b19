import { divisionOf, isDivisible } from '../language/words/word-division.ts';

/** A piece of text that is not broken across lines. */
export interface Unit {
  readonly text: string;
  /** True if a space separates it from the preceding unit on the same line. */
  readonly spaced: boolean;
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;
/** An address of e-mail, or a host. */
const ADDRESS = /^(?=\p{L})[\p{L}\d_%+-]{1,64}(?:[.@][\p{L}\d_%+-]{1,64}){2,8}[.,;:!?]?$/u;
/** A longer one may be divided before "@", and a longer part of it before a point. UTF-16 units. */
const LONG_ADDRESS = 20;
/** May not begin a line: closing brackets, punctuation, and marks that modify the preceding character. */
const CLINGS_LEFT = /^(?:[的了們们]$)|^[\p{Pe}\p{Pf}\p{M}，。、；：！？．,.;:!?…—～%％°ー々]/u;
/** May not end a line: also a number before the Chinese word that it counts. */
const CLINGS_RIGHT = /[\p{Ps}\p{Pi}#$€£¥\p{Nd}\u00a0]$/u;

/**
 * Splits a text at the allowed line breaks: at spaces (not at U+00A0), after hyphens inside long words, inside long addresses, and in Chinese
 * and Japanese between words (never inside one, never before punctuation or after an opening bracket).
 */
export function unitsOf(text: string, language: string): Unit[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const units = text
    .split(/[^\S\u00a0]+/u)
    .filter((chunk) => chunk !== '')
    .flatMap((chunk) => partsOf(chunk, segmenter).map((part, index): Unit => ({ text: part, spaced: index === 0 })));
  return withoutSingleAtEnd(units);
}

/** A last line of one Chinese character looks like a mistake: the character stays with the word before it. */
function withoutSingleAtEnd(units: readonly Unit[]): Unit[] {
  const [before, last] = units.slice(-2);
  const isSingle = last !== undefined && !last.spaced && /^\p{L}\P{L}*$/u.test(last.text) && WIDE.test(last.text);
  if (!before || !isSingle) return [...units];
  return [...units.slice(0, -2), { text: before.text + last.text, spaced: before.spaced }];
}

function partsOf(chunk: string, segmenter: Intl.Segmenter): string[] {
  if (chunk.length > LONG_ADDRESS && ADDRESS.test(chunk)) return partsOfAddress(chunk);
  if (!WIDE.test(chunk)) return chunk.match(/.{3,}?-(?=\p{L}{3})|.+$/gsu) ?? [chunk];
  const parts: string[][] = [];
  // Only the last segment of the last part, and whether any segment is wide, is inspected: a part may be very long.
  let last = '';
  let isWide = false;
  for (const { segment } of segmenter.segment(chunk)) {
    const clings = CLINGS_LEFT.test(segment) || CLINGS_RIGHT.test(last) || (!isWide && !WIDE.test(segment));
    const open = parts.at(-1);
    if (open && clings) open.push(segment);
    else {
      parts.push([segment]);
      isWide = false;
    }
    isWide ||= WIDE.test(segment);
    last = segment;
  }
  return parts.map((segments) => segments.join(''));
}

function partsOfAddress(address: string): string[] {
  return address
    .split(/(?=@)/u)
    .flatMap((part) => (part.length > LONG_ADDRESS ? part.split(/(?=\.[\p{L}\d])/u) : [part]));
}

/** Width of a text in the unit of the line width. */
export type Measure = (text: string) => number;

/** Fills lines greedily. A unit wider than a line is broken between graphemes as a last resort. */
export function breakLines(units: readonly Unit[], lineWidth: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const unit of units) {
    const last = lines.at(-1);
    const joined = last === undefined ? unit.text : `${last}${unit.spaced ? ' ' : ''}${unit.text}`;
    if (measure(joined) <= lineWidth) lines.splice(-1, 1, joined);
    else lines.push(...partedWord(unit.text, lineWidth, measure));
  }
  return lines;
}

/** Divides a word with hyphens, and anything else between graphemes. */
function partedWord(word: string, lineWidth: number, measure: Measure): string[] {
  if (measure(word) <= lineWidth) return [word];
  const graphemes = Array.from(new Intl.Segmenter().segment(word), (part) => part.segment);
  const divisible = isDivisible(word);
  const lines: string[] = [];
  for (let from = 0; from < graphemes.length; ) {
    const to = lineEnd(graphemes, from, divisible ? '-' : '', (line) => measure(line) <= lineWidth);
    const end = divisible && to < graphemes.length ? divisionOf(graphemes, from, to) : to;
    lines.push(graphemes.slice(from, end).join('') + (divisible && end < graphemes.length ? '-' : ''));
    from = end;
  }
  return lines;
}

/** Index after the last grapheme that fits the line, at least one; before the end of the word, with the hyphen. */
function lineEnd(graphemes: readonly string[], from: number, hyphen: string, fits: (line: string) => boolean): number {
  let line = graphemes[from] ?? '';
  for (let at = from + 1; at < graphemes.length; at += 1) {
    const longer = line + (graphemes[at] ?? '');
    if (!fits(at === graphemes.length - 1 ? longer : longer + hyphen)) return at;
    line = longer;
  }
  return graphemes.length;
}

/** The same number of lines, but as even as possible: uses the narrowest width that needs no additional line. */
export function balancedLines(units: readonly Unit[], lineWidth: number, measure: Measure): string[] {
  const loose = breakLines(units, lineWidth, measure);
  const widestUnit = Math.max(0, ...units.map((unit) => measure(unit.text)));
  if (loose.length < 2 || widestUnit > lineWidth) return loose;
  let best = loose;
  let [low, high] = [widestUnit, lineWidth];
  for (let step = 0; step < 8; step++) {
    const middle = (low + high) / 2;
    const lines = breakLines(units, middle, measure);
    if (lines.length > loose.length) low = middle;
    else [best, high] = [lines, middle];
  }
  return best;
}
