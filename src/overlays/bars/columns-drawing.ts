import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Pen } from '../../drawing/fit-text.ts';
import type { TextStyle } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import { easedBoth, easedOut } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import { inPixels } from '../in-pixels.ts';
import type { Bar, BarsOverlay, WordsInks } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { type Growth, growthAt } from './growth.ts';

/** Seconds in which a column grows: each frame of it is a picture. */
const GROW_SECONDS = 0.5;
/** Shares of the frame's shorter side. */
const LARGEST_TEXT = 0.055;
const USUAL_TEXT = 0.048;
const WIDEST_COLUMN = 0.16;
const AXIS = 0.004;
/** Of the height of the whole chart. */
const TEXT_SHARE = 0.18;
/** Shares of the place of one column. */
const FILLED = 0.62;
const TEXT_FILLED = 0.94;
/** em */
const TEXT_HEIGHT = 1.4;

export interface PlacedColumn {
  readonly bar: Bar;
  /** The middle, where the label and the amount are. */
  readonly centre: number;
  /** At its full height. */
  readonly box: Box;
}

export interface ColumnsLayout {
  readonly columns: readonly PlacedColumn[];
  readonly label: TextStyle;
  readonly amount: TextStyle;
  readonly labelBaseline: number;
  /** The line at 0. */
  readonly axis: Box;
}

/** Columns on a line at 0, each of which grows when it is spoken, with its amount on top. */
export function columnsDrawing(pen: Pen, overlay: BarsOverlay, order: OverlayOrder): Drawing<Growth> {
  const { size } = order;
  const place = inPixels(overlay.place, size);
  const layout = layOutColumns(pen, overlay, place.box, Math.min(size.width, size.height));
  const { box } = place;
  return {
    box: { x: box.x - 2, y: box.y, width: box.width + 4, height: box.height },
    stateAt: (frame) => growthAt(frame, overlay, order, GROW_SECONDS),
    draw: (ctx, state) => {
      const presence = easedOut(state.entered) * (1 - easedBoth(state.left));
      const { axis } = layout;
      ctx.save();
      ctx.globalAlpha = presence;
      ctx.fillStyle = overlay.inks.soft;
      ctx.fillRect(axis.x, axis.y, axis.width, axis.height);
      for (const [index, column] of layout.columns.entries()) {
        ctx.globalAlpha = presence * (state.appeared[index] ?? 1);
        drawColumn({ ctx, fonts: pen.fonts }, layout, column, overlay.inks, easedOut(state.grown[index] ?? 1));
      }
      ctx.restore();
    },
  };
}

/** Where the columns are, in pixels, inside the box. */
export function layOutColumns(pen: Pen, { language, bars }: BarsOverlay, box: Box, unit: number): ColumnsLayout {
  const slot = box.width / bars.length;
  const styles = (size: number): [TextStyle, TextStyle] => [
    { language, weight: 700, size },
    { language, weight: 900, size },
  ];
  const wanted = Math.max(USUAL_TEXT * unit, Math.min(LARGEST_TEXT * unit, TEXT_SHARE * box.height));
  const [wantedLabel, wantedAmount] = styles(wanted);
  const widest = Math.max(
    ...bars.flatMap((bar) => [widthAt(pen, bar.label, wantedLabel), widthAt(pen, bar.amount, wantedAmount)]),
  );
  const size = wanted * Math.min(1, (slot * TEXT_FILLED) / widest);
  const [label, amount] = styles(size);
  const zero = box.y + box.height - size * TEXT_HEIGHT;
  const tallest = zero - box.y - size * TEXT_HEIGHT;
  const width = Math.min(slot * FILLED, WIDEST_COLUMN * unit);
  return {
    columns: bars.map((bar, index) => {
      const centre = box.x + slot * (index + 0.5);
      const height = Math.max(2, tallest * bar.share);
      return { bar, centre, box: { x: centre - width / 2, y: zero - height, width, height } };
    }),
    label,
    amount,
    labelBaseline: zero + size * 1.08,
    axis: { x: box.x, y: zero, width: box.width, height: Math.max(1, AXIS * unit) },
  };
}

function widthAt({ ctx, fonts }: Pen, text: string, style: TextStyle): number {
  fonts.apply(ctx, style);
  return ctx.measureText(text).width;
}

function drawColumn(
  { ctx, fonts }: Pen,
  { label, amount, labelBaseline, axis }: ColumnsLayout,
  { bar, centre, box }: PlacedColumn,
  { headline, emphasis, soft }: WordsInks,
  grown: number,
): void {
  const top = axis.y - box.height * grown;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  fonts.apply(ctx, label);
  ctx.fillStyle = soft;
  ctx.fillText(bar.label, centre, labelBaseline);
  fonts.apply(ctx, amount);
  ctx.fillStyle = headline;
  ctx.fillText(bar.amount, centre, top - amount.size * 0.3);
  fillColumn(ctx, { ...box, y: top, height: axis.y - top }, emphasis ?? headline);
}

function fillColumn(ctx: SKRSContext2D, { x, y, width, height }: Box, ink: string): void {
  const radius = Math.min(width / 6, height / 2);
  ctx.fillStyle = ink;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, [radius, radius, 0, 0]);
  ctx.fill();
}
