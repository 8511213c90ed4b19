import { lineEndsOf } from '../language/words/line-ends.ts';
import { divisionOf, isDivisible } from '../language/words/word-division.ts';

/** A piece of text that is not broken across lines. */
export interface Unit {
  readonly text: string;
  /** True if a space separates it from the preceding unit on the same line. */
  readonly spaced: boolean;
  /** True if the author ended the line before it, as in a poem. */
  readonly beginsLine?: boolean;
}

/** An address of e-mail, or a host. */
const ADDRESS = /^(?=\p{L})[\p{L}\d_%+-]{1,64}(?:[.@][\p{L}\d_%+-]{1,64}){2,8}[.,;:!?]?$/u;
/** A name in code: "server.keepAliveTimeout". */
const CODE_NAME = /^[\p{L}_$][\p{L}\d_$]{0,40}(?:\.[\p{L}_$][\p{L}\d_$]{0,40}){1,8}[.,;:!?]?$/u;
/** A longer one may be divided before "@", and a longer part of it before a point. UTF-16 units. */
const LONG_ADDRESS = 20;
/** A longer date, amount or name may be torn: it would force small letters. UTF-16 units. */
const LONGEST_KEPT = 24;

/** Splits a text where its lines may end (`lineEndsOf`), and also after hyphens inside long words and inside long addresses. */
export function unitsOf(text: string, language: string): Unit[] {
  const ends = lineEndsOf(text, language, LONGEST_KEPT);
  return ends.flatMap((end, index) => {
    const start = ends[index - 1] ?? 0;
    const raw = text.slice(start, end);
    const chunk = raw.trim();
    const spaced = start > 0 && (/^\s/u.test(raw) || /\s/u.test(text.charAt(start - 1)));
    const before = ends[index - 2] ?? 0;
    const beginsLine = text.slice(before, start).trimStart().includes('\n');
    return chunk === ''
      ? []
      : partsOf(chunk).map(
          (part, at): Unit => ({
            text: part,
            spaced: at === 0 && spaced,
            ...(at === 0 && beginsLine ? { beginsLine } : {}),
          }),
        );
  });
}

function partsOf(chunk: string): string[] {
  if (chunk.length > LONG_ADDRESS && ADDRESS.test(chunk)) return partsOfAddress(chunk);
  if (chunk.length > LONG_ADDRESS && CODE_NAME.test(chunk)) return chunk.split(/(?=\.[\p{L}\d_$])/u);
  return chunk.match(/.{3,}?-(?=\p{L}{3})|.+$/gsu) ?? [chunk];
}

function partsOfAddress(address: string): string[] {
  return address
    .split(/(?=@)/u)
    .flatMap((part) => (part.length > LONG_ADDRESS ? part.split(/(?=\.[\p{L}\d])/u) : [part]));
}

/** Width of a text in the unit of the line width. */
export type Measure = (text: string) => number;

/** Fills lines greedily, and begins one where the author does. A unit wider than a line is broken between graphemes as a last resort. */
export function breakLines(units: readonly Unit[], lineWidth: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const unit of units) {
    const last = lines.at(-1);
    const joined = last === undefined ? unit.text : `${last}${unit.spaced ? ' ' : ''}${unit.text}`;
    if (unit.beginsLine !== true && measure(joined) <= lineWidth) lines.splice(-1, 1, joined);
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
