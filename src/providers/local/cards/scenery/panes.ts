import { faded, mixed } from '../../../../drawing/colour.ts';
import { disc, glow, lit, softShadow } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';

/** Tilted panes of tinted glass in front of two lamps. */
export const panes: Scenery = {
  name: 'panes',
  motifScale: 0.6,
  motifBackground: (scheme) => scheme.accents[0],
  paint({ ctx, focus, scheme, random, unit }) {
    const { x, y, radius } = focus;
    const tilt = random.between(0.1, 0.2) * (random.chance(0.5) ? 1 : -1);
    glow(ctx, { x, y, radius: radius * 2.2 }, scheme.accents[2], 0.3);
    for (const [share, dx, dy, colour] of [
      [0.62, 0.72, -0.62, scheme.accents[1]],
      [0.42, -0.82, 0.7, scheme.accents[2]],
    ] as const) {
      const lamp = { x: x + radius * dx, y: y + radius * dy, radius: radius * share };
      softShadow(ctx, { x: lamp.x, y: lamp.y + lamp.radius * 0.2, radius: lamp.radius * 1.25 }, 0.25);
      disc(ctx, lamp, lit(ctx, lamp, colour));
    }
    for (const [index, side] of [1.72, 1.5].entries()) {
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(index === 0 ? tilt : -tilt * 0.55);
      const half = (radius * side) / 2;
      ctx.beginPath();
      ctx.roundRect(-half, -half, half * 2, half * 2, radius * 0.2);
      const glass = ctx.createLinearGradient(-half, -half, half, half);
      const tint = scheme.accents[0];
      glass.addColorStop(0, faded(mixed(tint, '#ffffff', 0.25), index === 0 ? 0.5 : 0.97));
      glass.addColorStop(1, faded(tint, index === 0 ? 0.3 : 0.9));
      ctx.fillStyle = glass;
      ctx.fill();
      ctx.lineWidth = unit * 0.003;
      ctx.strokeStyle = faded('#ffffff', 0.45);
      ctx.stroke();
      ctx.restore();
    }
  },
};
