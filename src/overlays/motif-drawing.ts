import type { Pen } from '../drawing/fit-text.ts';
import type { Box } from '../drawing/geometry.ts';
import { skia } from '../drawing/skia.ts';
import type { MotifOverlay } from './overlay.ts';
import type { OverlayOrder } from './overlay-track.ts';

/** Pixels per second at a frame whose shorter side has 720. */
const SPEED = 5.5;
/** How far a sign travels while it is shown, at most: a share of its reach. It stays on its disc also for twenty seconds. */
const LONGEST_WAY = 0.36;
/** Most pictures of one round of two pixels. */
const MAX_STEPS = 32;
const FADE_SECONDS = 0.28;

/** A sign that drifts: the pictures of one round, each a fraction of a pixel further. */
export interface MotifPictures {
  readonly box: Box;
  readonly steps: number;
  readonly axis: 'x' | 'y';
  readonly step: 2 | -2;
  readonly fadeFrames: number;
  /** Draws the sign at its first place into a context whose origin is the frame's upper left corner. */
  draw(pen: Pen): void;
}

/** Null for a sign without ink. */
export function motifPictures(pen: Pen, motif: MotifOverlay, order: OverlayOrder): MotifPictures | null {
  const { size, frames, frameRate } = order;
  const unit = Math.min(size.width, size.height);
  const drawn = drawnSign(pen, motif);
  if (drawn.width <= 0 || drawn.height <= 0) return null;
  const share = (2 * motif.reach * unit) / Math.hypot(drawn.width, drawn.height);
  const axis = motif.toward === 'left' || motif.toward === 'right' ? 'x' : 'y';
  const step = motif.toward === 'right' || motif.toward === 'down' ? 2 : -2;
  const seconds = (frames.end - frames.start) / frameRate;
  const speed = Math.min((SPEED * unit) / 720, (LONGEST_WAY * motif.reach * unit) / seconds);
  const steps = Math.max(2, Math.min(MAX_STEPS, Math.round((2 * frameRate) / speed)));
  // In the middle of its time it is at its place.
  const travel = (step * (frames.end - frames.start)) / steps / 2;
  const centre = {
    x: motif.centre.x * size.width - (axis === 'x' ? travel : 0),
    y: motif.centre.y * size.height - (axis === 'y' ? travel : 0),
  };
  const [width, height] = [drawn.width * share, drawn.height * share];
  const hasShadow = motif.sign.kind === 'emoji';
  const around = 4 + (hasShadow ? unit * 0.03 : 0);
  return {
    box: {
      x: centre.x - width / 2 - around,
      y: centre.y - height / 2 - around,
      width: width + 2 * around,
      height: height + 2 * around,
    },
    steps,
    axis,
    step,
    fadeFrames: Math.floor(FADE_SECONDS * frameRate),
    draw: ({ ctx, fonts }) => {
      ctx.save();
      if (hasShadow) {
        // Separates an emoji from a ground of the same colour.
        ctx.shadowColor = '#05051066';
        ctx.shadowBlur = unit * 0.02;
        ctx.shadowOffsetY = unit * 0.012;
      }
      ctx.fillStyle = motif.ink;
      drawn.fill({ ctx, fonts }, { x: centre.x - width / 2, y: centre.y - height / 2, share });
      ctx.restore();
    },
  };
}

/** A sign at the size at which it was measured; `share` enlarges it. */
interface DrawnSign {
  readonly width: number;
  readonly height: number;
  /** Fills it with its ink's upper left corner at a place. */
  fill(pen: Pen, place: { readonly x: number; readonly y: number; readonly share: number }): void;
}

function drawnSign(pen: Pen, { sign }: MotifOverlay): DrawnSign {
  switch (sign.kind) {
    case 'emoji':
    case 'text':
      return drawnText(pen, sign.text, sign.kind === 'emoji' ? 700 : 900);
    case 'icon':
      return drawnIcon(sign.path);
    default:
      return sign satisfies never;
  }
}

function drawnText({ ctx, fonts }: Pen, text: string, weight: 700 | 900): DrawnSign {
  fonts.apply(ctx, { language: 'en', weight, size: 100 });
  const ink = ctx.measureText(text);
  return {
    width: ink.actualBoundingBoxLeft + ink.actualBoundingBoxRight,
    height: ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent,
    fill: (pen, { x, y, share }) => {
      pen.fonts.apply(pen.ctx, { language: 'en', weight, size: 100 * share });
      pen.ctx.textAlign = 'left';
      pen.ctx.textBaseline = 'alphabetic';
      pen.ctx.fillText(text, x + ink.actualBoundingBoxLeft * share, y + ink.actualBoundingBoxAscent * share);
    },
  };
}

function drawnIcon(data: string): DrawnSign {
  const { Path2D } = skia();
  const path = new Path2D(data);
  const [left, top, right, bottom] = path.getBounds();
  return {
    width: right - left,
    height: bottom - top,
    fill: ({ ctx }, { x, y, share }) => {
      ctx.translate(x - left * share, y - top * share);
      ctx.scale(share, share);
      ctx.fill(path);
    },
  };
}
