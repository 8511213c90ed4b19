import { mixed } from '../../../../drawing/colour.ts';
import type { PaintContext, Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

/** Broad bands that flow through the picture behind a disc. */
export const ribbons: Scenery = {
  name: 'ribbons',
  motifScale: 0.68,
  motifDisc: 0.76,
  motifBackground: (scheme) => scheme.accents[1],
  paint(context) {
    const { scheme } = context;
    for (const [index, colour] of [scheme.body, scheme.accents[2], scheme.accents[1], scheme.accents[0]].entries())
      ribbon(context, index, colour);
  },
};

function ribbon({ ctx, focus, width, height, scheme, random }: PaintContext, index: number, colour: string): void {
  const beside = isWide({ width, height });
  const { x, y, radius } = focus;
  const spread = radius * 0.42;
  const offset = (index - 1.5) * spread;
  const sway = random.between(0.75, 0.95) * radius;
  const slope = beside ? ctx.createLinearGradient(0, 0, 0, height) : ctx.createLinearGradient(0, 0, width, 0);
  slope.addColorStop(0, mixed(colour, scheme.background, 0.35));
  slope.addColorStop(0.5, colour);
  slope.addColorStop(1, mixed(colour, scheme.background, 0.55));
  ctx.strokeStyle = slope;
  ctx.lineWidth = spread * 1.02;
  ctx.beginPath();
  if (beside) {
    ctx.moveTo(x + offset + sway * 0.9, -spread);
    ctx.bezierCurveTo(
      x + offset + sway,
      y - radius * 0.3,
      x + offset - sway,
      y + radius * 0.3,
      x + offset - sway * 0.6,
      height + spread,
    );
  } else {
    ctx.moveTo(-spread, y + offset + sway * 0.5);
    ctx.bezierCurveTo(
      x - radius * 0.3,
      y + offset + sway,
      x + radius * 0.3,
      y + offset - sway,
      width + spread,
      y + offset - sway * 0.5,
    );
  }
  ctx.stroke();
}
