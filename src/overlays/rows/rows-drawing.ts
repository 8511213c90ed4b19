import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Pen } from '../../drawing/fit-text.ts';
import { easedBoth, easedOut, type Presence, presenceAt } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import { inPixels } from '../in-pixels.ts';
import type { RowsOverlay, WordsInks } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { layOutRows, type PlacedRow, type RowsLayout } from './rows-layout.ts';

/** Seconds in which a row appears. */
const APPEAR_SECONDS = 0.25;
/** How far a row moves while it appears: a share of the frame's shorter side. */
const SLIDE = 0.02;
/** Shares of the text's size. */
const DOT_RADIUS = 0.16;
const DOT_PLACE = DOT_RADIUS + 0.06;
const LINE_WIDTH = 0.07;

interface RowsState extends Presence {
  /** 0 to 1 for each row. */
  readonly appeared: readonly number[];
}

/** A list whose rows appear one after the other, when they are spoken; those before them stay. */
export function rowsDrawing(pen: Pen, overlay: RowsOverlay, order: OverlayOrder): Drawing<RowsState> {
  const { size, frames, leaves, frameRate } = order;
  const place = inPixels(overlay.place, size);
  const unit = Math.min(size.width, size.height);
  const layout = layOutRows(pen, overlay, place, unit);
  const appearFrames = Math.round(APPEAR_SECONDS * frameRate);
  const slide = SLIDE * unit;
  const { box } = place;
  return {
    box: { x: box.x - slide, y: box.y - 2, width: box.width + slide + 2, height: box.height + 4 },
    stateAt: (frame) => ({
      ...presenceAt(frame, frames.end - frames.start, leaves, frameRate),
      appeared: overlay.rows.map(({ startSeconds }) => {
        const begins = Math.round((startSeconds - overlay.startSeconds) * frameRate);
        return Math.max(0, Math.min(1, (frame - begins + 1) / appearFrames));
      }),
    }),
    draw: (ctx, state) => {
      const drawing = { ctx, fonts: pen.fonts };
      const gone = 1 - easedBoth(state.left);
      ctx.textAlign = 'left';
      ctx.textBaseline = 'alphabetic';
      ctx.save();
      ctx.globalAlpha = easedOut(state.entered) * gone;
      if (layout.lead !== null) writeRow(drawing, layout.lead, overlay.inks.headline);
      ctx.restore();
      for (const [index, row] of layout.rows.entries()) {
        const here = easedOut(state.appeared[index] ?? 1);
        if (here === 0) continue;
        ctx.save();
        ctx.globalAlpha = here * gone;
        if (layout.labels !== null) drawLine(ctx, layout, index, here, overlay.inks);
        ctx.translate((1 - here) * -slide, 0);
        drawMark(drawing, layout, row, index, overlay);
        writeLabel(drawing, layout, row, overlay.rows[index]?.label ?? '', overlay.inks);
        writeRow(drawing, row, overlay.inks.headline);
        ctx.restore();
      }
    },
  };
}

function writeRow({ ctx, fonts }: Pen, { lines, style, x }: PlacedRow, ink: string): void {
  fonts.apply(ctx, style);
  ctx.fillStyle = ink;
  for (const { text, baseline } of lines) ctx.fillText(text, x, baseline);
}

function writeLabel(
  { ctx, fonts }: Pen,
  { labels }: RowsLayout,
  { lines }: PlacedRow,
  label: string,
  { emphasis, headline }: WordsInks,
): void {
  if (labels === null) return;
  fonts.apply(ctx, labels.style);
  ctx.fillStyle = emphasis ?? headline;
  ctx.fillText(label, labels.x, lines[0]?.baseline ?? 0);
}

/** The part of a timeline's line from the dot before, which grows with the row. */
function drawLine(
  ctx: SKRSContext2D,
  { rows, markX, size }: RowsLayout,
  index: number,
  share: number,
  { soft }: WordsInks,
): void {
  const [from, to] = [rows[index - 1], rows[index]].map((row) => row?.lines[0]?.baseline);
  if (from === undefined || to === undefined) return;
  const [top, bottom] = [from, to].map((baseline) => baseline - size * 0.34);
  const gap = size * (DOT_RADIUS + 0.12);
  const length = (bottom ?? 0) - (top ?? 0) - 2 * gap;
  ctx.fillStyle = soft;
  ctx.fillRect(markX + size * (DOT_PLACE - LINE_WIDTH / 2), (top ?? 0) + gap, size * LINE_WIDTH, length * share);
}

/** The row's number, or a dot before its first line. */
function drawMark(
  { ctx, fonts }: Pen,
  { markX, size }: RowsLayout,
  { lines, style }: PlacedRow,
  index: number,
  { inks, isNumbered, firstNumber = 1 }: RowsOverlay,
): void {
  const baseline = lines[0]?.baseline ?? 0;
  ctx.fillStyle = inks.emphasis ?? inks.headline;
  if (isNumbered) {
    fonts.apply(ctx, { ...style, weight: 900 });
    ctx.fillText(String(index + firstNumber), markX, baseline);
    return;
  }
  ctx.beginPath();
  ctx.arc(markX + size * DOT_PLACE, baseline - size * 0.34, size * DOT_RADIUS, 0, 2 * Math.PI);
  ctx.fill();
}
