import { columnsOf } from '../../drawing/columns.ts';
import { type FittedText, fitText, type Pen } from '../../drawing/fit-text.ts';
import { MONOSPACED_ADVANCE, type TextStyle } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import type { CodeOverlay, WordsPlace } from '../overlay.ts';

/** Shares of the frame's shorter side: 26 px at 1080. */
const LARGEST = 0.066;
const SMALLEST = 0.0241;
/** em of the code's size. */
const LINE = 1.45;
const PADDING = { x: 1.2, y: 0.95 };
const LEAD_SIZE = 1.25;
const LEAD_LINE = 1.25;
const LEAD_GAP = 0.7;
const LEAD_LINES = 2;

export interface CodeLayout {
  readonly panel: Box;
  readonly size: number;
  readonly style: TextStyle;
  readonly lines: readonly PlacedText[];
  readonly lead: { readonly style: TextStyle; readonly lines: readonly PlacedText[] } | null;
}

interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
}

/**
 * The size at which code and the line above it surely fit a box, in pixels, without a line being broken; null if it is not
 * legible. `unit` is the frame's shorter side.
 */
export function codeSize(
  { code, lead }: Pick<CodeOverlay, 'code' | 'lead'>,
  box: { readonly width: number; readonly height: number },
  unit: number,
): number | null {
  const lines = code.split('\n');
  const width = Math.max(...lines.map(columnsOf)) * MONOSPACED_ADVANCE + 2 * PADDING.x;
  const above = lead === '' ? 0 : LEAD_LINES * LEAD_LINE * LEAD_SIZE + LEAD_GAP;
  const height = lines.length * LINE + above + 2 * PADDING.y;
  const size = Math.min(LARGEST * unit, box.width / width, box.height / height);
  return size < SMALLEST * unit ? null : size;
}

/** Places code and the line above it on a panel in the box, in pixels; null if they do not fit. */
export function layOutCode(pen: Pen, overlay: CodeOverlay, place: WordsPlace, unit: number): CodeLayout | null {
  const { code, language } = overlay;
  const { box, align, anchor } = place;
  const size = codeSize(overlay, box, unit);
  if (size === null) return null;
  const texts = code.split('\n');
  const padding = { x: PADDING.x * size, y: PADDING.y * size };
  const lead = fittedLead(pen, overlay, box.width - 2 * padding.x, size);
  const leadHeight = lead === null ? 0 : lead.fit.lines.length * lead.fit.lineStep + LEAD_GAP * size;
  const inner = Math.max(Math.max(...texts.map(columnsOf)) * MONOSPACED_ADVANCE * size, lead?.width ?? 0);
  const [width, height] = [inner + 2 * padding.x, leadHeight + texts.length * LINE * size + 2 * padding.y];
  const panel = {
    x: box.x + (align === 'center' ? (box.width - width) / 2 : 0),
    y: box.y + (box.height - height) * { top: 0, middle: 0.5, bottom: 1 }[anchor],
    width,
    height,
  };
  const x = panel.x + padding.x;
  const placed = (lines: readonly string[], top: number, step: number, em: number): PlacedText[] =>
    lines.map((text, index) => ({ text, x, baseline: top + (index + 0.5) * step + em * 0.34 }));
  const top = panel.y + padding.y;
  return {
    panel,
    size,
    style: { language, weight: 500, size, isMonospaced: true },
    lines: placed(texts, top + leadHeight, LINE * size, size),
    lead:
      lead === null
        ? null
        : { style: lead.style, lines: placed(lead.fit.lines, top, lead.fit.lineStep, lead.fit.size) },
  };
}

/** The line above the code in at most two lines, and the width of the wider one. */
function fittedLead(
  pen: Pen,
  { lead, language }: CodeOverlay,
  width: number,
  size: number,
): { readonly fit: FittedText; readonly style: TextStyle; readonly width: number } | null {
  if (lead === '') return null;
  const largest = LEAD_SIZE * size;
  const fit = fitText(pen, {
    text: lead,
    language,
    weight: 700,
    width,
    height: LEAD_LINES * LEAD_LINE * largest,
    largest,
    smallest: largest * 0.7,
    maxLines: LEAD_LINES,
    lineHeight: LEAD_LINE,
  });
  const style: TextStyle = { language, weight: 700, size: fit.size };
  pen.fonts.apply(pen.ctx, style);
  return { fit, style, width: Math.max(...fit.lines.map((line) => pen.ctx.measureText(line).width)) };
}
