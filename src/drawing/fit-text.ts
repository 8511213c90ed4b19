import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontBook, FontWeight } from './font-book.ts';
import { type BrokenLines, balancedLines, type Measure, type Unit, unitsOf } from './line-break.ts';
import { withLongWordsDivided } from './long-words.ts';

/** A drawing context with its fonts. */
export interface Pen {
  readonly ctx: SKRSContext2D;
  readonly fonts: FontBook;
}

/** The text and the box it must fit. All lengths in pixels. */
export interface FitRequest {
  readonly text: string;
  readonly language: string;
  readonly weight: FontWeight;
  readonly tracking?: number;
  readonly width: number;
  readonly height: number;
  readonly largest: number;
  readonly smallest: number;
  readonly maxLines: number;
  /** Distance between two baselines, in em. */
  readonly lineHeight: number;
  /** The share of the largest possible size to which it may become smaller to have better lines. */
  readonly smaller?: number;
}

/** Text laid out in lines; `size` and `lineStep` in pixels. Never wider or higher than requested. */
export interface FittedText {
  readonly lines: readonly string[];
  readonly size: number;
  readonly lineStep: number;
}

/** Widths are measured once at this size and scaled: glyphs are not hinted, so width is proportional to size. */
const REFERENCE_SIZE = 100;
const STEP = 0.95;
/** UTF-16 units. No card holds more; only the beginning of a longer text is tried. */
const LONGEST = 1_000;

/** The shortest line of a text with even lines, as a share of its widest. */
const EVEN = 0.42;
/** How much smaller a text may become to have better lines, as a share of the largest possible size, where a request does not say it. */
const SMALLER = 0.8;
/** What a text costs whose letters are smaller, times the share that is lost, and one with uneven lines (`BrokenLines`). */
const SMALLER_COST = 6;
const UNEVEN_COST = 2;
/** A long word is divided where that makes the letters so much larger. */
const MUCH_LARGER = 1.3;
/** What the end of a line usually costs: a text of fewer lines is not better for that. */
const USUAL_END = 0.3;

/**
 * The largest size at which the text fits its box without breaking a word; a somewhat smaller one if its lines then end at
 * better places, or are more even, so that no word is left alone on a line. A long word that would make all letters small is
 * divided. If even the smallest size is too large, words are broken, and finally the text is cut with an ellipsis.
 */
export function fitText(pen: Pen, request: FitRequest): FittedText {
  const units = unitsOf(request.text.slice(0, LONGEST), request.language);
  const measure = measurer(pen, request);
  const whole = bestFit(units, request, measure);
  const divided = withLongWordsDivided(units);
  if (divided === units) return whole ?? smallestFit(units, request, measure);
  const parted = bestFit(divided, request, measure);
  if (whole === undefined || parted === undefined) return whole ?? parted ?? smallestFit(units, request, measure);
  return parted.size > whole.size * MUCH_LARGER ? parted : whole;
}

/** The best fit without breaking a unit; undefined if even the smallest size is too large. */
function bestFit(units: readonly Unit[], request: FitRequest, measure: Measure): FittedText | undefined {
  const widest = Math.max(1, ...units.map((unit) => measure(unit.text)));
  let largest: number | undefined;
  let best: { readonly fit: FittedText; readonly cost: number } | undefined;
  for (let size = request.largest; size > request.smallest; size *= STEP) {
    if (largest !== undefined && size < largest * (request.smaller ?? SMALLER)) break;
    if ((widest * size) / REFERENCE_SIZE > request.width || size * request.lineHeight > request.height) continue;
    const { lines, cost } = linesAt(units, size, request, measure);
    if (lines.length > lineLimit(size, request)) continue;
    largest ??= size;
    const places = cost - USUAL_END * (lines.length - 1);
    const whole = places + SMALLER_COST * (1 - size / largest) + (isEven(lines, measure) ? 0 : UNEVEN_COST);
    if (best === undefined || whole < best.cost) best = { fit: fitted(lines, size, request), cost: whole };
  }
  return best?.fit;
}

function smallestFit(units: readonly Unit[], request: FitRequest, measure: Measure): FittedText {
  const limit = lineLimit(request.smallest, request);
  const { lines } = linesAt(units, request.smallest, request, measure);
  return fitted(cutShort(lines, limit, atSize(request.width, request.smallest), measure), request.smallest, request);
}

function isEven(lines: readonly string[], measure: Measure): boolean {
  const widths = lines.map(measure);
  return Math.min(...widths) >= Math.max(...widths) * EVEN;
}

/**
 * A measuring function at the reference size with a cache: the search for a size measures the same words repeatedly.
 */
function measurer({ ctx, fonts }: Pen, request: FitRequest): Measure {
  const { language, weight, tracking = 0 } = request;
  fonts.apply(ctx, { language, weight, tracking, size: REFERENCE_SIZE });
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? ctx.measureText(text).width;
    known.set(text, width);
    return width;
  };
}

function linesAt(units: readonly Unit[], size: number, request: FitRequest, measure: Measure): BrokenLines {
  return balancedLines(units, atSize(request.width, size), measure);
}

function atSize(pixels: number, size: number): number {
  return (pixels / size) * REFERENCE_SIZE;
}

function lineLimit(size: number, request: FitRequest): number {
  return Math.max(1, Math.min(request.maxLines, Math.floor(request.height / (size * request.lineHeight))));
}

function cutShort(lines: readonly string[], limit: number, width: number, measure: Measure): string[] {
  if (lines.length <= limit) return [...lines];
  const shown = lines.slice(0, limit);
  const graphemes = Array.from(new Intl.Segmenter().segment(shown.at(-1) ?? ''), (part) => part.segment);
  while (graphemes.length > 0 && measure(`${graphemes.join('').trimEnd()}…`) > width) graphemes.pop();
  return [...shown.slice(0, -1), `${graphemes.join('').trimEnd()}…`];
}

function fitted(lines: readonly string[], size: number, request: FitRequest): FittedText {
  return { lines, size, lineStep: size * request.lineHeight };
}
