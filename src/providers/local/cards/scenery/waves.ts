import { faded, mixed } from '../../../../drawing/colour.ts';
import { disc, glow, lit } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

const ROWS = 4;

/** Rows of pointed waves, each with a bright crest; below centred words with a sun, which is the disc of a motif elsewhere. */
export const waves: Scenery = {
  name: 'waves',
  motifScale: 0.5,
  motifDisc: 0.66,
  motifBackground: (scheme) => scheme.accents[0],
  floor: 0.74,
  paint({ ctx, align, focus, scheme, random, width, height, words, unit }) {
    const sun = { ...focus, radius: focus.radius * 0.78 };
    glow(ctx, { ...sun, radius: sun.radius * 1.8 }, scheme.accents[0], 0.4);
    if (align === 'center') disc(ctx, sun, lit(ctx, sun, scheme.accents[0]));
    const beside = isWide({ width, height });
    const surface = beside ? height * 0.8 : focus.y + focus.radius * 0.5;
    const depth = ((beside ? height : words.y + height * 0.04) - surface) / ROWS;
    for (let row = 0; row < ROWS; row++) {
      const length = unit * (0.17 + row * 0.05);
      const crest = Math.min(unit * 0.05, depth * 0.8);
      const top = surface + row * depth;
      const start = -length * random.next();
      const colour = mixed(scheme.body, scheme.accents[3], row / (ROWS - 1));
      ctx.beginPath();
      ctx.moveTo(start, top);
      for (let x = start; x < width; x += length) {
        ctx.quadraticCurveTo(x + length * 0.45, top + crest * 0.35, x + length * 0.72, top - crest);
        ctx.quadraticCurveTo(x + length * 0.74, top + crest * 0.1, x + length, top);
      }
      ctx.strokeStyle = faded(mixed(colour, '#ffffff', 0.55), 0.85);
      ctx.lineWidth = unit * 0.006;
      ctx.stroke();
      ctx.lineTo(width + length, height);
      ctx.lineTo(start, height);
      ctx.closePath();
      ctx.fillStyle = colour;
      ctx.fill();
    }
  },
};
