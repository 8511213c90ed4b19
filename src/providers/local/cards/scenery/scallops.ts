import { mixed } from '../../../../drawing/colour.ts';
import type { Scenery } from '../card.ts';
import { disc, lit, ring, softShadow } from '../shapes.ts';

/** Overlapping scales of concentric arcs, a Japanese pattern of waves, behind a disc. */
export const scallops: Scenery = {
  name: 'scallops',
  motifScale: 0.64,
  motifBackground: (scheme) => scheme.accents[1],
  paint({ ctx, focus, scheme, width, height, unit, hasMotif }) {
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
    if (!hasMotif) return;
    const body = { ...focus, radius: focus.radius * 0.8 };
    softShadow(ctx, { ...body, y: body.y + body.radius * 0.2, radius: body.radius * 1.35 }, 0.45);
    disc(ctx, body, lit(ctx, body, scheme.accents[1]));
    ring(ctx, { ...body, radius: body.radius * 1.12 }, scheme.accents[1], unit * 0.006);
  },
};
