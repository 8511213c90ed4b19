import type { Pen } from '../../drawing/fit-text.ts';
import type { TextStyle } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import { easedBoth, easedOut } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import { inPixels } from '../in-pixels.ts';
import type { Bar, BarsOverlay, WordsPlace } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { type Growth, growthAt } from './growth.ts';

/** Seconds in which a bar grows. */
const GROW_SECONDS = 0.7;
/** Shares of the frame's shorter side. */
const TALLEST_ROW = 0.15;
const LARGEST_TEXT = 0.06;
/** Shares of a row's height. */
const TEXT = 0.52;
const BASELINE = 0.42;
const BAR = 0.58;
const THICKNESS = 0.28;
/** em */
const GAP = 0.35;

interface PlacedBar {
  readonly bar: Bar;
  readonly label: TextStyle;
  readonly amount: TextStyle;
  readonly x: number;
  readonly amountX: number;
  readonly baseline: number;
  /** At its full length. */
  readonly box: Box;
}

/** Horizontal bars with their labels and amounts above them, each of which grows when it is spoken. */
export function barsDrawing(pen: Pen, overlay: BarsOverlay, order: OverlayOrder): Drawing<Growth> {
  const { size } = order;
  const place = inPixels(overlay.place, size);
  const placed = layOutBars(pen, overlay, place, Math.min(size.width, size.height));
  return {
    box: { x: place.box.x - 2, y: place.box.y, width: place.box.width + 4, height: place.box.height },
    stateAt: (frame) => growthAt(frame, overlay, order, GROW_SECONDS),
    draw: (ctx, state) => {
      const presence = easedOut(state.entered) * (1 - easedBoth(state.left));
      for (const [index, one] of placed.entries()) {
        ctx.save();
        ctx.globalAlpha = presence * (state.appeared[index] ?? 1);
        drawBar({ ctx, fonts: pen.fonts }, one, overlay, easedOut(state.grown[index] ?? 1));
        ctx.restore();
      }
    },
  };
}

/** Where the bars are, in pixels, inside the box of the place. */
export function layOutBars(pen: Pen, overlay: BarsOverlay, { box, anchor }: WordsPlace, unit: number): PlacedBar[] {
  const { language, bars } = overlay;
  const row = Math.min(TALLEST_ROW * unit, box.height / bars.length);
  const styles = (size: number): [TextStyle, TextStyle] => [
    { language, weight: 700, size },
    { language, weight: 900, size },
  ];
  const wanted = Math.min(LARGEST_TEXT * unit, row * TEXT);
  const widest = Math.max(...bars.map((bar) => rowWidth(pen, bar, styles(wanted))));
  const size = wanted * Math.min(1, box.width / widest);
  const [label, amount] = styles(size);
  const spare = box.height - row * bars.length;
  const top = box.y + { top: 0, middle: spare / 2, bottom: spare }[anchor];
  return bars.map((bar, index) => {
    const y = top + index * row;
    const barBox = { x: box.x, y: y + row * BAR, width: Math.max(2, box.width * bar.share), height: row * THICKNESS };
    const amountX = box.x + labelWidth(pen, bar, label);
    return { bar, label, amount, x: box.x, amountX, baseline: y + row * BASELINE, box: barBox };
  });
}

function rowWidth(pen: Pen, bar: Bar, [label, amount]: readonly [TextStyle, TextStyle]): number {
  const before = labelWidth(pen, bar, label);
  pen.fonts.apply(pen.ctx, amount);
  return before + pen.ctx.measureText(bar.amount).width;
}

function labelWidth({ ctx, fonts }: Pen, { label }: Bar, style: TextStyle): number {
  if (label === '') return 0;
  fonts.apply(ctx, style);
  return ctx.measureText(label).width + GAP * style.size;
}

function drawBar({ ctx, fonts }: Pen, one: PlacedBar, { inks }: BarsOverlay, grown: number): void {
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  fonts.apply(ctx, one.label);
  ctx.fillStyle = inks.soft;
  ctx.fillText(one.bar.label, one.x, one.baseline);
  fonts.apply(ctx, one.amount);
  ctx.fillStyle = inks.headline;
  ctx.fillText(one.bar.amount, one.amountX, one.baseline);
  const { x, y, width, height } = one.box;
  ctx.fillStyle = inks.emphasis ?? inks.headline;
  ctx.beginPath();
  ctx.roundRect(x, y, Math.max(1, width * grown), height, Math.min(height / 3, (width * grown) / 2));
  ctx.fill();
}
