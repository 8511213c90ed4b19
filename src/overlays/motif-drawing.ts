import type { Pen } from '../drawing/fit-text.ts';
import type { Box } from '../drawing/geometry.ts';
import type { MotifOverlay } from './overlay.ts';
import type { OverlayOrder } from './overlay-track.ts';

/** Pixels per second at a frame whose shorter side has 720. */
const SPEED = 5.5;
/** Most pictures of one round of two pixels. */
const MAX_STEPS = 16;
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
  const weight = motif.ink === null ? 700 : 900;
  pen.fonts.apply(pen.ctx, { language: 'en', weight, size: 100 });
  const probe = pen.ctx.measureText(motif.text);
  const inkWidth = probe.actualBoundingBoxLeft + probe.actualBoundingBoxRight;
  const inkHeight = probe.actualBoundingBoxAscent + probe.actualBoundingBoxDescent;
  if (inkWidth <= 0 || inkHeight <= 0) return null;
  const share = (2 * motif.reach * unit) / Math.hypot(inkWidth, inkHeight);
  const axis = motif.toward === 'left' || motif.toward === 'right' ? 'x' : 'y';
  const step = motif.toward === 'right' || motif.toward === 'down' ? 2 : -2;
  const steps = Math.max(2, Math.min(MAX_STEPS, Math.round((2 * frameRate * 720) / (SPEED * unit))));
  // In the middle of its time it is at its place.
  const travel = (step * (frames.end - frames.start)) / steps / 2;
  const centre = {
    x: motif.centre.x * size.width - (axis === 'x' ? travel : 0),
    y: motif.centre.y * size.height - (axis === 'y' ? travel : 0),
  };
  const [width, height] = [inkWidth * share, inkHeight * share];
  const shadow = motif.ink === null ? unit * 0.03 : 0;
  const around = 4 + shadow;
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
      fonts.apply(ctx, { language: 'en', weight, size: 100 * share });
      ctx.textAlign = 'left';
      ctx.textBaseline = 'alphabetic';
      if (motif.ink === null) {
        // Separates an emoji from a ground of the same colour.
        ctx.shadowColor = '#05051066';
        ctx.shadowBlur = unit * 0.02;
        ctx.shadowOffsetY = unit * 0.012;
      }
      ctx.fillStyle = motif.ink ?? '#000000';
      ctx.fillText(
        motif.text,
        centre.x - (inkWidth / 2 - probe.actualBoundingBoxLeft) * share,
        centre.y + (inkHeight / 2 - probe.actualBoundingBoxDescent) * share,
      );
      ctx.restore();
    },
  };
}
