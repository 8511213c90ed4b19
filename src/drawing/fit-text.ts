import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontBook, FontWeight } from './font-book.ts';
import { balancedLines, type Measure, type Unit, unitsOf } from './line-break.ts';

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
/** How much smaller a text may become to have even lines, as a share of the largest possible size. */
const SMALLER = 0.8;

/**
 * The largest size at which the text fits its box without breaking a word; a somewhat smaller one if its lines are then
 * more even, so that no word is left alone on a line. If even the smallest size is too large, words are broken, and
 * finally the text is cut with an ellipsis.
 */
export function fitText(pen: Pen, request: FitRequest): FittedText {
  const units = unitsOf(request.text.slice(0, LONGEST), request.language);
  const measure = measurer(pen, request);
  const widest = Math.max(1, ...units.map((unit) => measure(unit.text)));
  let first: FittedText | undefined;
  for (let size = request.largest; size > request.smallest; size *= STEP) {
    if (first && size < first.size * SMALLER) break;
    if ((widest * size) / REFERENCE_SIZE > request.width || size * request.lineHeight > request.height) continue;
    const lines = linesAt(units, size, request, measure);
    if (lines.length > lineLimit(size, request)) continue;
    if (isEven(lines, measure)) return fitted(lines, size, request);
    first ??= fitted(lines, size, request);
  }
  if (first) return first;
  const limit = lineLimit(request.smallest, request);
  const lines = linesAt(units, request.smallest, request, measure);
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

function linesAt(units: readonly Unit[], size: number, request: FitRequest, measure: Measure): string[] {
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
