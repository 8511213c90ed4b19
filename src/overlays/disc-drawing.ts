import { disc, lit, softShadow } from '../drawing/shapes.ts';
import { easedBoth, easedOut, type Presence, presenceAt } from './animation.ts';
import type { Drawing } from './drawing.ts';
import type { DiscOverlay } from './overlay.ts';
import type { OverlayOrder } from './overlay-track.ts';

/** Its size when it begins to appear, as a share of its final size. */
const SMALLEST = 0.88;
/** Of its radius: how far below it the middle of its shadow is, and the radius of that. */
const SHADOW_BELOW = 0.14;
const SHADOW = 1.22;

/** A disc with a shadow, which grows a little while it appears. */
export function discDrawing({ centre, radius, colour }: DiscOverlay, order: OverlayOrder): Drawing<Presence> {
  const { size, frames, leaves, frameRate } = order;
  const full = {
    x: centre.x * size.width,
    y: centre.y * size.height,
    radius: radius * Math.min(size.width, size.height),
  };
  const reach = full.radius * (SHADOW_BELOW + SHADOW);
  return {
    box: { x: full.x - reach, y: full.y - reach, width: 2 * reach, height: 2 * reach },
    stateAt: (frame) => presenceAt(frame, frames.end - frames.start, leaves, frameRate),
    draw: (ctx, { entered, left }) => {
      const here = easedOut(entered);
      const shown = { ...full, radius: full.radius * (SMALLEST + (1 - SMALLEST) * here) };
      ctx.save();
      ctx.globalAlpha = here * (1 - easedBoth(left));
      softShadow(ctx, { ...shown, y: shown.y + shown.radius * SHADOW_BELOW, radius: shown.radius * SHADOW }, 0.35);
      disc(ctx, shown, lit(ctx, shown, colour));
      ctx.restore();
    },
  };
}
