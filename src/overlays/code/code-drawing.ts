import type { Pen } from '../../drawing/fit-text.ts';
import { easedBoth, easedOut, type Presence, presenceAt } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import { inPixels } from '../in-pixels.ts';
import type { CodeOverlay } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { layOutCode } from './code-layout.ts';

/** Shares of the frame's shorter side. */
const RISE = 0.02;
const RADIUS = 0.018;
const BAR = 0.008;

/** Code on a panel that rises and fades in as a whole. */
export function codeDrawing(pen: Pen, overlay: CodeOverlay, order: OverlayOrder): Drawing<Presence> {
  const { size, frames, leaves, frameRate } = order;
  const unit = Math.min(size.width, size.height);
  const layout = layOutCode(pen, overlay, inPixels(overlay.place, size), unit);
  const rise = RISE * unit;
  const { panel: inks, inks: around } = overlay;
  return {
    box: layout === null ? null : { ...layout.panel, y: layout.panel.y - rise, height: layout.panel.height + 2 * rise },
    stateAt: (frame) => presenceAt(frame, frames.end - frames.start, leaves, frameRate),
    draw: (ctx, { entered, left }) => {
      if (layout === null) return;
      const [here, gone] = [easedOut(entered), easedBoth(left)];
      const { panel, style, lines, lead } = layout;
      ctx.save();
      ctx.globalAlpha = here * (1 - gone);
      ctx.translate(0, (1 - here) * rise - gone * rise);
      ctx.beginPath();
      ctx.roundRect(panel.x, panel.y, panel.width, panel.height, RADIUS * unit);
      ctx.clip();
      ctx.fillStyle = inks.ground;
      ctx.fillRect(panel.x, panel.y, panel.width, panel.height);
      ctx.fillStyle = around.rule;
      ctx.fillRect(panel.x, panel.y, BAR * unit, panel.height);
      ctx.textAlign = 'left';
      ctx.textBaseline = 'alphabetic';
      if (lead !== null) {
        pen.fonts.apply(ctx, lead.style);
        ctx.fillStyle = inks.lead;
        for (const { text, x, baseline } of lead.lines) ctx.fillText(text, x, baseline);
      }
      pen.fonts.apply(ctx, style);
      ctx.fillStyle = inks.code;
      for (const { text, x, baseline } of lines) ctx.fillText(text, x, baseline);
      ctx.restore();
    },
  };
}
