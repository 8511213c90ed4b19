import type { Pen } from '../../drawing/fit-text.ts';
import type { TextStyle } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import { easedBoth, easedOut, type Presence } from '../animation.ts';
import type { WordsInks } from '../overlay.ts';
import type { PlacedLine } from './words-layout.ts';

/** The height of a mark and of the space below it, which a design leaves free above the words: shares of the frame's shorter side. */
export const MARK_ROOM = 0.17;
const GAP = 0.04;
const MARK_HEIGHT = MARK_ROOM - GAP;
const SIGN = '“';
/** Of the room: a quotation mark is less than half as high as a letter. */
const SHARE = 0.75;

export interface PlacedMark {
  readonly text: string;
  readonly style: TextStyle;
  readonly x: number;
  readonly baseline: number;
  readonly ink: Box;
}

/** A large mark above the first of the lines, at their left edge. */
export function placeMark(
  { ctx, fonts }: Pen,
  lines: readonly { readonly line: PlacedLine }[],
  unit: number,
): PlacedMark {
  const probe: TextStyle = { language: 'en', weight: 900, size: 100 };
  fonts.apply(ctx, probe);
  const measured = ctx.measureText(SIGN);
  const inkHeight = measured.actualBoundingBoxAscent + measured.actualBoundingBoxDescent;
  const scale = (MARK_HEIGHT * SHARE * unit) / inkHeight;
  const left = Math.min(...lines.map(({ line }) => line.ink.x));
  const top = Math.min(...lines.map(({ line }) => line.ink.y));
  const bottom = top - GAP * unit;
  return {
    text: SIGN,
    style: { ...probe, size: 100 * scale },
    x: left + measured.actualBoundingBoxLeft * scale,
    baseline: bottom - measured.actualBoundingBoxDescent * scale,
    ink: {
      x: left,
      y: bottom - inkHeight * scale,
      width: (measured.actualBoundingBoxLeft + measured.actualBoundingBoxRight) * scale,
      height: inkHeight * scale,
    },
  };
}

export function drawMark({ ctx, fonts }: Pen, mark: PlacedMark, { entered, left }: Presence, inks: WordsInks): void {
  ctx.save();
  ctx.globalAlpha = easedOut(entered) * (1 - easedBoth(left));
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  fonts.apply(ctx, mark.style);
  ctx.fillStyle = inks.emphasis ?? inks.headline;
  ctx.fillText(mark.text, mark.x, mark.baseline);
  ctx.restore();
}
