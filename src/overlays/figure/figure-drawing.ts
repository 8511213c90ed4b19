import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Pen } from '../../drawing/fit-text.ts';
import { easedBoth, easedOut, type Presence, presenceAt } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import { inPixels } from '../in-pixels.ts';
import type { FigureOverlay } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { numbersBefore } from './counted.ts';
import { layOutFigure, type PlacedText } from './figure-layout.ts';

/** Seconds for which each number before the author's is shown, at most: too short to be read. */
const STEP_SECONDS = 0.08;
/** How far it rises while it appears: a share of the frame's shorter side. */
const RISE = 0.022;

interface FigureState extends Presence {
  readonly digits: string;
}

/**
 * A number that appears as the author writes it. A whole number of things counts up in its last steps while it appears:
 * for half a second, from 80 % of it or more, with no other number for more than two frames of 25 a second. So a viewer
 * never reads a wrong one. Its unit does not move.
 */
export function figureDrawing(pen: Pen, overlay: FigureOverlay, order: OverlayOrder): Drawing<FigureState> {
  const { size, frames, leaves, frameRate } = order;
  const unit = Math.min(size.width, size.height);
  const layout = layOutFigure(pen, overlay, inPixels(overlay.place, size), unit);
  const { before: sign, digits, counter } = overlay.figure;
  const tail = layout.digits.text.slice(sign.length + digits.length);
  const stepFrames = Math.max(1, Math.floor(STEP_SECONDS * frameRate));
  const before = counter === null ? [] : numbersBefore(counter);
  const rise = RISE * unit;
  const { box } = layout;
  return {
    box: { x: box.x - 4, y: box.y - rise, width: box.width + 8, height: box.height + 2 * rise },
    stateAt: (frame) => {
      const presence = presenceAt(frame, frames.end - frames.start, leaves, frameRate);
      return { ...presence, digits: before[Math.floor(frame / stepFrames)] ?? digits };
    },
    draw: (ctx, state) => {
      const here = easedOut(state.entered);
      const gone = easedBoth(state.left);
      ctx.save();
      ctx.globalAlpha = here * (1 - gone);
      ctx.translate(0, (1 - here) * rise - gone * rise * 0.6);
      const drawing = { ctx, fonts: pen.fonts };
      const ink = overlay.inks.emphasis ?? overlay.inks.headline;
      if (layout.lead !== null) write(drawing, layout.lead, layout.lead.text, overlay.inks.soft);
      writeEndingAt(drawing, layout.digits, sign + state.digits + tail, ink);
      if (layout.unit !== null) write(drawing, layout.unit, layout.unit.text, overlay.inks.headline);
      ctx.restore();
    },
  };
}

function write({ ctx, fonts }: Pen, { style, x, baseline }: PlacedText, text: string, ink: string): void {
  prepare(ctx, ink);
  fonts.apply(ctx, style);
  ctx.fillText(text, x, baseline);
}

/** A shorter number ends where the final one ends. */
function writeEndingAt(
  { ctx, fonts }: Pen,
  { style, x, baseline, width }: PlacedText,
  text: string,
  ink: string,
): void {
  prepare(ctx, ink);
  fonts.apply(ctx, style);
  ctx.fillText(text, x + Math.max(0, width - ctx.measureText(text).width), baseline);
}

function prepare(ctx: SKRSContext2D, ink: string): void {
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = ink;
}
