import { mixed } from '../../../../drawing/colour.ts';
import { disc } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';

/** Overlapping scales of concentric arcs, a Japanese pattern of waves, behind a disc. */
export const scallops: Scenery = {
  name: 'scallops',
  motifScale: 0.64,
  motifDisc: 0.8,
  motifBackground: (scheme) => scheme.accents[1],
  paint({ ctx, scheme, width, height, unit }) {
    const radius = unit * 0.125;
    const colours = [
      mixed(scheme.body, scheme.background, 0.25),
      mixed(scheme.accents[3], scheme.background, 0.2),
      scheme.body,
      scheme.accents[3],
    ];
    for (let row = 0; row * radius * 0.5 < height + radius; row++) {
      const shift = row % 2 === 0 ? 0 : radius;
      for (let x = shift; x < width + radius; x += 2 * radius)
        for (const [index, colour] of colours.entries())
          disc(ctx, { x, y: row * radius * 0.5, radius: radius * (1 - index * 0.23) }, colour);
    }
  },
};
