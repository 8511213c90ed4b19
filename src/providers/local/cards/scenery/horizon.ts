import { faded, mixed } from '../../../../drawing/colour.ts';
import { disc, glow } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

const BEAMS = 22;
const ROWS = 9;

/** A grid in perspective below a striped sun, as in computer graphics of the 1980s. */
export const horizon: Scenery = {
  name: 'horizon',
  motifScale: 0.6,
  motifDisc: 0.72,
  motifBackground: (scheme) => scheme.accents[0],
  floor: 0.74,
  paint({ ctx, focus, scheme, width, height, words, unit }) {
    const beside = isWide({ width, height });
    const level = beside ? height * 0.78 : focus.y + focus.radius * 0.5;
    const foot = beside ? height : words.y;
    const sun = { ...focus, radius: focus.radius * 0.86 };
    glow(ctx, { ...sun, radius: sun.radius * 1.8 }, scheme.accents[0], 0.5);
    const slope = ctx.createLinearGradient(0, sun.y - sun.radius, 0, sun.y + sun.radius);
    slope.addColorStop(0, mixed(scheme.accents[0], scheme.accents[1], 0.75));
    slope.addColorStop(0.4, scheme.accents[0]);
    slope.addColorStop(1, scheme.accents[0]);
    disc(ctx, sun, slope);
    ctx.save();
    ctx.beginPath();
    ctx.arc(sun.x, sun.y, sun.radius, 0, 2 * Math.PI);
    ctx.clip();
    ctx.fillStyle = scheme.background;
    for (let band = 0; band < 6; band++) {
      const thickness = sun.radius * (0.025 + band * 0.012);
      ctx.fillRect(sun.x - sun.radius, sun.y + sun.radius * (0.05 + band * 0.17), sun.radius * 2, thickness);
    }
    ctx.restore();
    ctx.fillStyle = mixed(scheme.background, scheme.accents[3], 0.55);
    ctx.fillRect(0, level, width, foot - level);
    ctx.strokeStyle = faded(scheme.accents[1], 0.75);
    ctx.lineWidth = unit * 0.0035;
    ctx.beginPath();
    for (let beam = -BEAMS; beam <= BEAMS; beam++) {
      ctx.moveTo(focus.x + beam * unit * 0.045, level);
      ctx.lineTo(focus.x + beam * unit * 0.24, foot);
    }
    for (let row = 0; row <= ROWS; row++) {
      const y = level + (foot - level) * (row / ROWS) ** 2;
      ctx.moveTo(0, y);
      ctx.lineTo(width, y);
    }
    ctx.stroke();
  },
};
