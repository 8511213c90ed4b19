import { mixed } from '../../../../drawing/colour.ts';
import { pebbleCorners, pebblePath } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

/** Sheets of paper over one another, each with a larger hole than the one below it. */
export const cutouts: Scenery = {
  name: 'cutouts',
  motifScale: 0.66,
  motifDisc: 0.8,
  motifBackground: (scheme) => scheme.background,
  paint({ ctx, focus, scheme, random, width, height, unit }) {
    const { x, y, radius } = focus;
    const [first, second, third, quiet] = scheme.accents;
    const sheets = [quiet, scheme.body, third, second, first];
    const edge = isWide({ width, height }) ? (x > width / 2 ? -0.35 : 0.35) : 0;
    ctx.fillStyle = sheets[0] ?? quiet;
    ctx.fillRect(0, 0, width, height);
    for (const [index] of sheets.slice(1).entries()) {
      // A hole shows the next sheet; its shadow falls from the upper edge, below the sheet above.
      const hole = { x: x + edge * radius * (1 - index * 0.2) * 0.4, y, radius: radius * (1.62 - index * 0.195) };
      const corners = pebbleCorners(random, 9, 0.11 - index * 0.015);
      const turn = random.between(0, 6.28);
      const below = sheets[index + 1] ?? scheme.background;
      pebblePath(ctx, hole, corners, turn);
      ctx.fillStyle = mixed(below, '#060614', 0.42);
      ctx.fill();
      ctx.save();
      pebblePath(ctx, hole, corners, turn);
      ctx.clip();
      for (const [step, shade] of [0.24, 0.12, 0].entries()) {
        const offset = unit * (0.006 + step * 0.007);
        pebblePath(ctx, { ...hole, x: hole.x + offset * 0.5, y: hole.y + offset }, corners, turn);
        ctx.fillStyle = mixed(below, '#060614', shade);
        ctx.fill();
      }
      ctx.restore();
    }
  },
};
