import { languageOf } from '../language/language.ts';
import { lineEndsOf } from '../language/words/line-ends.ts';
import { lineEndCost } from '../language/words/phrase-words.ts';
import { divisionOf, isDivisible } from '../language/words/word-division.ts';

/** A piece of text that is not broken across lines. */
export interface Unit {
  readonly text: string;
  /** True if a space separates it from the preceding unit on the same line. */
  readonly spaced: boolean;
  /** True if the author ended the line before it, as in a poem. */
  readonly beginsLine?: boolean;
  /** What it costs to end a line after it (`lineEndCost`). */
  readonly endCost?: number;
}

/** An address of e-mail, or a host. */
const ADDRESS = /^(?=\p{L})[\p{L}\d_%+-]{1,64}(?:[.@][\p{L}\d_%+-]{1,64}){2,8}[.,;:!?]?$/u;
/** A name in code: "server.keepAliveTimeout". */
const CODE_NAME = /^[\p{L}_$][\p{L}\d_$]{0,40}(?:\.[\p{L}_$][\p{L}\d_$]{0,40}){1,8}[.,;:!?]?$/u;
/** What a line costs that ends inside a word, of the costs of `lineEndCost`. */
const TORN_WORD = 1;
/** The usual cost of the end of a line. */
const UNKNOWN = 0.45;
/** What lines cost that deviate from the average by a share of the longest line: its square, times this. */
const UNEVEN = 6;
/** What a sentence costs that ends inside a line. */
const SENTENCE_INSIDE = 0.4;
/** More lines, which no card has, are not compared. */
const MOST_LINES = 10;
/** Units of one line that are compared, of which some may have no width. */
const MOST_UNITS = 120;
/** Kerning between two words may widen a line by this share. */
const ROUNDING = 1.001;
/** A longer one may be divided before "@", and a longer part of it before a point. UTF-16 units. */
const LONG_ADDRESS = 20;
/** UTF-16 units on each side of a place that are read to find out what a line costs that ends there. */
const LONGEST_READ = 24;
/** A longer date, amount or name may be torn: it would force small letters. UTF-16 units. */
const LONGEST_KEPT = 24;

/** Splits a text where its lines may end (`lineEndsOf`), and also after hyphens inside long words and inside long addresses. */
export function unitsOf(text: string, language: string): Unit[] {
  const ends = lineEndsOf(text, language, LONGEST_KEPT);
  const { base } = languageOf(language);
  return ends.flatMap((end, index) => {
    const start = ends[index - 1] ?? 0;
    const raw = text.slice(start, end);
    const chunk = raw.trim();
    const spaced = start > 0 && (/^\s/u.test(raw) || /\s/u.test(text.charAt(start - 1)));
    const before = ends[index - 2] ?? 0;
    const beginsLine = text.slice(before, start).trimStart().includes('\n');
    if (chunk === '') return [];
    const endCost = lineEndCost(
      text.slice(Math.max(0, end - LONGEST_READ), end),
      text.slice(end, end + LONGEST_READ),
      base,
    );
    const parts = partsOf(chunk);
    return parts.map(
      (part, at): Unit => ({
        text: part,
        spaced: at === 0 && spaced,
        endCost: at === parts.length - 1 ? endCost : TORN_WORD,
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

/** Lines, and what the places cost at which they end. */
export interface BrokenLines {
  readonly lines: readonly string[];
  readonly cost: number;
}

/** The cheapest lines of the first units: where the last of them begins. */
interface Path {
  readonly cost: number;
  readonly begin: number;
}

/**
 * The same number of lines, but about even, and ended where clauses or phrases end rather than after "the": of all divisions the
 * cheapest. A text with a unit wider than a line is filled greedily.
 */
export function balancedLines(units: readonly Unit[], lineWidth: number, measure: Measure): BrokenLines {
  const loose = breakLines(units, lineWidth, measure);
  const widths = units.map((unit) => measure(unit.text));
  const isNarrow = widths.some((width) => width > lineWidth);
  if (loose.length < 2 || loose.length > MOST_LINES || isNarrow) return { lines: loose, cost: TORN_WORD };
  const { begins, cost } = cheapest(units, widths, { count: loose.length, lineWidth, space: measure(' ') });
  const lines = begins.map((begin, at) => lineOf(units.slice(begin, begins[at + 1])));
  const fits = lines.length === loose.length && lines.every((line) => measure(line) <= lineWidth * ROUNDING);
  return fits ? { lines, cost } : { lines: loose, cost: TORN_WORD };
}

/** Where the lines of the cheapest division into `count` lines begin. */
function cheapest(
  units: readonly Unit[],
  widths: readonly number[],
  { count, lineWidth, space }: { readonly count: number; readonly lineWidth: number; readonly space: number },
): { readonly begins: readonly number[]; readonly cost: number } {
  const gapBefore = (at: number): number => (units[at]?.spaced === true ? space : 0);
  const sums = [0];
  for (const [at, width] of widths.entries()) sums.push((sums[at] ?? 0) + width + gapBefore(at));
  const ended = [0];
  for (const { endCost } of units) ended.push((ended.at(-1) ?? 0) + (endCost === 0 ? 1 : 0));
  const average = (sums.at(-1) ?? 0) / count;
  const lineCost = (begin: number, end: number): number | undefined => {
    const width = (sums[end] ?? 0) - (sums[begin] ?? 0) - gapBefore(begin);
    if (width > lineWidth) return undefined;
    const ending = end === units.length || units[end]?.beginsLine === true ? 0 : (units[end - 1]?.endCost ?? UNKNOWN);
    const inside = (ended[end - 1] ?? 0) - (ended[begin] ?? 0);
    return UNEVEN * ((width - average) / lineWidth) ** 2 + ending + SENTENCE_INSIDE * inside;
  };
  let last: (Path | undefined)[] = [{ cost: 0, begin: 0 }];
  const rounds: (readonly (Path | undefined)[])[] = [];
  for (let line = 0; line < count; line += 1) {
    const next: (Path | undefined)[] = [undefined];
    for (let end = 1; end <= units.length; end += 1) {
      let best: Path | undefined;
      for (let begin = end - 1; begin >= Math.max(0, end - MOST_UNITS); begin -= 1) {
        const own = lineCost(begin, end);
        if (own === undefined) break;
        const before = last[begin];
        if (before !== undefined && (best === undefined || before.cost + own < best.cost))
          best = { cost: before.cost + own, begin };
        if (units[begin]?.beginsLine === true) break;
      }
      next.push(best);
    }
    rounds.push(next);
    last = next;
  }
  const begins: number[] = [];
  let end = units.length;
  for (const round of rounds.toReversed()) {
    end = round[end]?.begin ?? 0;
    begins.unshift(end);
  }
  return { begins, cost: last[units.length]?.cost ?? TORN_WORD };
}

function lineOf(units: readonly Unit[]): string {
  return units.map(({ text, spaced }, at) => (at > 0 && spaced ? ' ' : '') + text).join('');
}
