import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Pen } from '../../drawing/fit-text.ts';
import { easedBoth, easedOut, type Presence, presenceAt } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import { inPixels } from '../in-pixels.ts';
import type { FigureOverlay } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { countedTo } from './counted.ts';
import { layOutFigure, type PlacedText } from './figure-layout.ts';

/** Seconds in which a number counts up. */
const COUNT_SECONDS = 0.9;
/** How far it rises while it appears: a share of the frame's shorter side. */
const RISE = 0.022;

interface FigureState extends Presence {
  readonly digits: string;
}

/** A number that counts up from 0, fast at first, and ends as the author writes it; its unit does not move. */
export function figureDrawing(pen: Pen, overlay: FigureOverlay, order: OverlayOrder): Drawing<FigureState> {
  const { size, frames, leaves, frameRate } = order;
  const unit = Math.min(size.width, size.height);
  const layout = layOutFigure(pen, overlay, inPixels(overlay.place, size), unit);
  const { before, digits, counter } = overlay.figure;
  const tail = layout.digits.text.slice(before.length + digits.length);
  const countFrames = Math.floor(COUNT_SECONDS * frameRate);
  const rise = RISE * unit;
  const { box } = layout;
  return {
    box: { x: box.x - 4, y: box.y - rise, width: box.width + 8, height: box.height + 2 * rise },
    stateAt: (frame) => {
      const share = easedOut(Math.min(1, frame / countFrames));
      const isFinal = counter === null || frame >= countFrames;
      const presence = presenceAt(frame, frames.end - frames.start, leaves, frameRate);
      return { ...presence, digits: isFinal ? digits : countedTo(share, counter) };
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
      writeEndingAt(drawing, layout.digits, before + state.digits + tail, ink);
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
