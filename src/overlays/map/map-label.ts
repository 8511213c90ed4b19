import { fitText, type Pen } from '../../drawing/fit-text.ts';
import type { TextStyle } from '../../drawing/font-book.ts';
import type { Box, Circle } from '../../drawing/geometry.ts';

/** Shares of the frame's shorter side. */
const LARGEST = 0.062;
const SMALLEST = 0.03;
/** Shares of the circle's radius. */
const LARGEST_IN_CIRCLE = 0.3;
const DOWN = 0.66;
const WIDTH = 1.8;
const HEIGHT = 0.62;
/** em */
const PADDING = { x: 0.55, y: 0.28 };
const LINE_HEIGHT = 1.16;

/** A name on a plate, in pixels. */
export interface PlacedLabel {
  readonly lines: readonly { readonly text: string; readonly x: number; readonly baseline: number }[];
  readonly style: TextStyle;
  readonly plate: Box;
}

/** Places a name in the lower part of a circle, in one line or two. */
export function placeLabel(
  pen: Pen,
  text: string,
  language: string,
  { x, y, radius }: Circle,
  unit: number,
): PlacedLabel {
  const largest = Math.min(LARGEST * unit, LARGEST_IN_CIRCLE * radius);
  const fit = fitText(pen, {
    text,
    language,
    weight: 700,
    tracking: 0,
    width: WIDTH * radius - 2 * PADDING.x * largest,
    height: HEIGHT * radius,
    largest,
    smallest: Math.min(largest, SMALLEST * unit),
    maxLines: 2,
    lineHeight: LINE_HEIGHT,
  });
  const style: TextStyle = { language, weight: 700, size: fit.size };
  pen.fonts.apply(pen.ctx, style);
  const widths = fit.lines.map((line) => pen.ctx.measureText(line).width);
  const width = Math.max(0, ...widths) + 2 * PADDING.x * fit.size;
  const height = fit.lines.length * fit.lineStep + 2 * PADDING.y * fit.size;
  const top = Math.min(y + DOWN * radius - height / 2, y + radius - height);
  const lines = fit.lines.map((line, index) => ({
    text: line,
    x: x - (widths[index] ?? 0) / 2,
    baseline: top + PADDING.y * fit.size + (index + 0.5) * fit.lineStep + fit.size * 0.35,
  }));
  return { lines, style, plate: { x: x - width / 2, y: top, width, height } };
}

export function drawLabel(
  { ctx, fonts }: Pen,
  { lines, style, plate }: PlacedLabel,
  inks: { readonly plate: string; readonly label: string },
): void {
  ctx.fillStyle = inks.plate;
  ctx.beginPath();
  ctx.roundRect(plate.x, plate.y, plate.width, plate.height, Math.min(plate.height, style.size * 1.6) / 2);
  ctx.fill();
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  fonts.apply(ctx, style);
  ctx.fillStyle = inks.label;
  for (const { text, x, baseline } of lines) ctx.fillText(text, x, baseline);
}
