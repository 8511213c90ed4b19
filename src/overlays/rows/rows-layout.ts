import type { Pen } from '../../drawing/fit-text.ts';
import type { FontWeight, TextStyle } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import { balancedLines, type Measure, unitsOf } from '../../drawing/line-break.ts';
import { WIDE_SCRIPT } from '../../language/language.ts';
import type { RowsOverlay, WordsPlace } from '../overlay.ts';

/** UTF-16 units. No row holds more; only the beginning of a longer text is tried. */
const LONGEST = 400;
/** Shares of the frame's shorter side. */
const LARGEST = 0.08;
const SMALLEST = 0.036;
const STEP = 0.95;
const REFERENCE_SIZE = 100;
/** em */
const INDENT = { dot: 0.85, number: 1.25 };
const LABEL_GAP = 0.45;
const ROW_GAP = 0.36;
const LEAD_GAP = 0.5;
/** Of the usual distances between lines and between rows, where letters of the largest size do not fit with those. */
const CLOSE = { lines: 0.9, rows: 0.8 };
const USUAL = { lines: 1, rows: 1 };
/** The lead's size, as a share of that of the rows. */
const LEAD_SHARE = 0.9;

export interface PlacedRow {
  readonly lines: readonly { readonly text: string; readonly baseline: number }[];
  readonly style: TextStyle;
  readonly x: number;
}

/** Of the years beside the rows. */
export interface PlacedLabels {
  readonly style: TextStyle;
  readonly x: number;
}

export interface RowsLayout {
  readonly lead: PlacedRow | null;
  readonly rows: readonly PlacedRow[];
  /** Null if the rows have none. */
  readonly labels: PlacedLabels | null;
  /** em of a row's text; where the mark of a row is. */
  readonly size: number;
  readonly markX: number;
  /** False if the rows are higher than the box also at the smallest size. */
  readonly fits: boolean;
}

interface Broken {
  readonly lines: readonly string[];
  readonly size: number;
  readonly weight: FontWeight;
  /** Of its widest line. */
  readonly width: number;
}

/** What a list says, without its times and colours. */
export type RowsText = Pick<RowsOverlay, 'language' | 'lead' | 'isNumbered'> & {
  readonly rows: readonly Pick<RowsOverlay['rows'][number], 'label' | 'text'>[];
};

/** All rows in one size, and how high they are. */
interface Setting {
  readonly size: number;
  readonly spacing: typeof USUAL;
  readonly parts: readonly Broken[];
  readonly head: Broken | null;
  readonly height: number;
  /** Of the widest line, as a share of the room that it has. */
  readonly filled: number;
}

/** True if all rows fit the box in letters of this size, all in pixels. */
export function doRowsFit(pen: Pen, text: RowsText, box: Box, size: number): boolean {
  const { height, filled } = settingOf(pen, text, box.width).at(size);
  return height <= box.height && filled <= 1;
}

/**
 * Places all rows in one size, the largest at which they fit the box, in pixels: rows are closer together before their letters
 * become smaller.
 */
export function layOutRows(pen: Pen, overlay: RowsOverlay, { box, anchor }: WordsPlace, unit: number): RowsLayout {
  const { language } = overlay;
  const { at, indent, labelWidth, lineHeight } = settingOf(pen, overlay, box.width);
  let best = at(LARGEST * unit);
  while (best.height > box.height) {
    const isClose = best.spacing === CLOSE;
    if (isClose && best.size * STEP < SMALLEST * unit) break;
    best = at(isClose ? best.size * STEP : best.size, CLOSE);
  }
  const spare = Math.max(0, box.height - best.height);
  let top = box.y + { top: 0, middle: spare / 2, bottom: spare }[anchor];
  const { lines: close, rows: closeRows } = best.spacing;
  const placeAt = (part: Broken, x: number, gap: number): PlacedRow => {
    const step = lineHeight * close * part.size;
    const lines = part.lines.map((text, index) => ({ text, baseline: top + (index + 0.5) * step + part.size * 0.35 }));
    top += part.lines.length * step + gap;
    return { lines, x, style: { language, weight: part.weight, size: part.size } };
  };
  const placedLead = best.head === null ? null : placeAt(best.head, box.x, LEAD_GAP * closeRows * best.size);
  return {
    lead: placedLead,
    rows: best.parts.map((part) => placeAt(part, box.x + indent * best.size, ROW_GAP * closeRows * best.size)),
    labels:
      labelWidth === 0
        ? null
        : { style: { language, weight: 900, size: best.size }, x: box.x + INDENT.dot * best.size },
    size: best.size,
    markX: box.x,
    fits: best.height <= box.height,
  };
}

/** How the rows are set at any size; lengths in em, except the width of all. */
function settingOf(
  pen: Pen,
  overlay: RowsText,
  boxWidth: number,
): {
  readonly at: (size: number, spacing?: typeof USUAL) => Setting;
  readonly indent: number;
  readonly labelWidth: number;
  readonly lineHeight: number;
} {
  const { language, lead, rows, isNumbered } = overlay;
  const labelWidth = widestLabel(pen, overlay);
  const indent = (isNumbered ? INDENT.number : INDENT.dot) + (labelWidth === 0 ? 0 : labelWidth + LABEL_GAP);
  const lineHeight = rows.some(({ text }) => WIDE_SCRIPT.test(text)) ? 1.32 : 1.2;
  const breaker = (weight: FontWeight) => {
    const measure = measurer(pen, language, weight);
    return (text: string, width: number, size: number): Broken => {
      const units = unitsOf(text.slice(0, LONGEST), language);
      const { lines } = balancedLines(units, (width / size) * REFERENCE_SIZE, measure);
      return { lines, size, weight, width: (Math.max(...lines.map(measure)) * size) / REFERENCE_SIZE };
    };
  };
  const [breakLead, breakRow] = [breaker(900), breaker(700)];
  const at = (size: number, spacing = USUAL): Setting => {
    const lineStep = lineHeight * spacing.lines;
    const room = boxWidth - indent * size;
    const parts = rows.map(({ text }) => breakRow(text, room, size));
    const head = lead === '' ? null : breakLead(lead, boxWidth, size * LEAD_SHARE);
    const heights = parts.map(({ lines }) => lines.length * lineStep * size);
    const headHeight = head === null ? 0 : head.lines.length * lineStep * head.size + LEAD_GAP * spacing.rows * size;
    const height =
      headHeight + heights.reduce((sum, one) => sum + one, 0) + ROW_GAP * spacing.rows * size * (parts.length - 1);
    const filled = Math.max(head === null ? 0 : head.width / boxWidth, ...parts.map(({ width }) => width / room));
    return { size, spacing, parts, head, height, filled };
  };
  return { at, indent, labelWidth, lineHeight };
}

/** In em; 0 if the rows have no labels. */
function widestLabel(pen: Pen, { rows, language }: RowsText): number {
  const measure = measurer(pen, language, 900);
  const widths = rows.flatMap(({ label }) => (label === undefined ? [] : [measure(label)]));
  return Math.max(0, ...widths) / REFERENCE_SIZE;
}

function measurer({ ctx, fonts }: Pen, language: string, weight: FontWeight): Measure {
  const known = new Map<string, number>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    fonts.apply(ctx, { language, weight, size: REFERENCE_SIZE });
    const { width } = ctx.measureText(text);
    known.set(text, width);
    return width;
  };
}
