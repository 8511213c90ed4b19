import { mixed } from '../../../../drawing/colour.ts';
import { disc, lit, pebbleCorners, pebblePath, softShadow } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';

/** Rounded stones on top of each other, with shadows for depth. */
export const pebbles: Scenery = {
  name: 'pebbles',
  motifScale: 0.62,
  motifBackground: (scheme) => scheme.accents[0],
  paint({ ctx, focus, scheme, random, unit }) {
    const { x, y, radius } = focus;
    const corners = pebbleCorners(random, 7, 0.16);
    const turn = random.between(0, 2 * Math.PI);
    for (const [index, reach] of [1.38, 1.22].entries()) {
      pebblePath(ctx, { x, y, radius: radius * reach }, corners, turn + 0.25 * (2 - index));
      ctx.fillStyle = index === 0 ? scheme.accents[3] : scheme.body;
      ctx.fill();
    }
    softShadow(ctx, { x, y: y + radius * 0.25, radius: radius * 1.3 }, 0.3);
    pebblePath(ctx, { x, y, radius: radius * 1.08 }, corners, turn);
    const slope = ctx.createLinearGradient(x - radius, y - radius, x + radius, y + radius);
    slope.addColorStop(0, mixed(scheme.accents[0], '#ffffff', 0.24));
    slope.addColorStop(1, mixed(scheme.accents[0], '#100020', 0.2));
    ctx.fillStyle = slope;
    ctx.fill();
    for (const [colour, share, angle] of [
      [scheme.accents[1], 0.2, turn],
      [scheme.accents[2], 0.11, turn + 2.3],
      [scheme.accents[1], 0.06, turn + 3.9],
    ] as const) {
      const stone = {
        x: x + Math.cos(angle) * radius * 1.12,
        y: y + Math.sin(angle) * radius * 1.02,
        radius: radius * share,
      };
      softShadow(ctx, { x: stone.x, y: stone.y + unit * 0.012, radius: stone.radius * 1.35 }, 0.35);
      disc(ctx, stone, lit(ctx, stone, colour));
    }
  },
};
