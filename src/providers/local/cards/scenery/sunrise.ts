import { mixed } from '../../../../drawing/colour.ts';
import { disc, glow } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';

/** The last card's scenery: a large sun rises below centred words. */
export const sunrise: Scenery = {
  name: 'sunrise',
  motifScale: 0.5,
  motifBackground: (scheme) => scheme.background,
  paint({ ctx, scheme, width, height, words, focus }) {
    const top = words.y + words.height;
    const reach = Math.hypot(width / 2, height - top) * 1.02;
    const centre = { x: width / 2, y: Math.max(height * 1.02, top + reach * 0.72) };
    const largest = centre.y - top - focus.radius * 0.08;
    glow(ctx, { ...centre, radius: largest * 1.45 }, scheme.accents[0], 0.5);
    for (const [index, colour] of [
      scheme.accents[3],
      scheme.body,
      scheme.accents[2],
      scheme.accents[0],
      scheme.accents[1],
    ].entries()) {
      const circle = { ...centre, radius: largest * (1 - index * 0.13) };
      const slope = ctx.createLinearGradient(0, circle.y - circle.radius, 0, height);
      slope.addColorStop(0, mixed(colour, '#ffffff', 0.08));
      slope.addColorStop(1, mixed(colour, scheme.background, 0.2));
      disc(ctx, circle, slope);
    }
  },
};
