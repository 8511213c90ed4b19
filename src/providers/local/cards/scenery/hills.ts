import { mixed } from '../../../../drawing/colour.ts';
import { disc, glow, lit, ridgePath } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

const RIDGES = 5;

/** Rolling hills that get darker towards the front; below centred words with a sun, which is the disc of a motif elsewhere. */
export const hills: Scenery = {
  name: 'hills',
  motifScale: 0.5,
  motifDisc: 0.66,
  motifBackground: (scheme) => scheme.accents[1],
  floor: 0.74,
  paint({ ctx, align, focus, scheme, random, width, height, words }) {
    const sun = { ...focus, radius: focus.radius * 0.78 };
    glow(ctx, { ...sun, radius: sun.radius * 1.7 }, scheme.accents[1], 0.45);
    if (align === 'center') disc(ctx, sun, lit(ctx, sun, scheme.accents[1]));
    // In a tall frame the words are low: there the hills begin below them and keep close to the background colour.
    const beside = isWide({ width, height });
    const horizon = beside ? height * 0.78 : focus.y + focus.radius * 0.45;
    const far = scheme.body;
    const near = beside ? mixed(scheme.accents[3], scheme.background, 0.55) : scheme.background;
    const lowest = beside ? height : words.y + words.height * 0.2;
    for (let index = 0; index < RIDGES; index++) {
      const share = index / (RIDGES - 1);
      const base = horizon + (lowest - horizon) * share * (beside ? 0.84 : 0.7);
      const ridge = {
        base,
        swing: height * (0.05 - share * 0.02),
        waves: 0.8 + share * 0.7,
        phase: random.between(0, 6.28),
      };
      ridgePath(ctx, width, height, ridge);
      const slope = ctx.createLinearGradient(0, base - height * 0.06, 0, base + height * 0.3);
      const colour = mixed(far, near, share);
      slope.addColorStop(0, mixed(colour, '#ffffff', 0.1));
      slope.addColorStop(1, colour);
      ctx.fillStyle = slope;
      ctx.fill();
    }
  },
};
