import { faded, mixed } from '../../../../drawing/colour.ts';
import { disc, glow, ring } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';

const LIGHTS = 34;

/** Lights out of focus: transparent discs with a brighter rim, large in front and small behind. */
export const bokeh: Scenery = {
  name: 'bokeh',
  motifScale: 0.6,
  motifDisc: 0.74,
  motifBackground: (scheme) => mixed(scheme.background, scheme.accents[0], 0.82),
  paint({ ctx, focus, scheme, random, unit, width, height }) {
    glow(ctx, { ...focus, radius: focus.radius * 2.4 }, scheme.accents[0], 0.45);
    for (let index = 0; index < LIGHTS; index++) {
      const angle = random.between(0, 6.28);
      const distance = focus.radius * (0.55 + 1.75 * random.next());
      const nearness = index / LIGHTS;
      const light = {
        x: Math.min(width, Math.max(0, focus.x + Math.cos(angle) * distance)),
        y: Math.min(height, Math.max(0, focus.y + Math.sin(angle) * distance)),
        radius: unit * (0.022 + nearness * random.between(0.04, 0.12)),
      };
      const colour = scheme.accents[index % 3] ?? scheme.accents[0];
      disc(ctx, light, faded(colour, 0.5 - nearness * 0.2));
      ring(ctx, light, faded(mixed(colour, '#ffffff', 0.35), 0.55), unit * 0.004);
    }
  },
};
