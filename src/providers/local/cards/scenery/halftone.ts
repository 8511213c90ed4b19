import { contrast } from '../../../../drawing/colour.ts';
import type { Scenery } from '../card.ts';

/** Halftone dots that grow towards the focus, and one disc among them. */
export const halftone: Scenery = {
  name: 'halftone',
  motifScale: 0.66,
  motifDisc: 0.8,
  motifBackground: (scheme) => scheme.accents[0],
  paint({ ctx, focus, scheme, unit, width, height, random }) {
    const pitch = unit * 0.042;
    const reach = focus.radius * 2.05;
    const slant = random.between(0.2, 0.6);
    const [cos, sin] = [Math.cos(slant), Math.sin(slant)];
    const count = Math.ceil(reach / pitch);
    const [, second, third] = scheme.accents;
    // A colour over the whole card may be that of an accent.
    ctx.fillStyle = contrast(third, scheme.background) < 1.3 ? second : third;
    ctx.beginPath();
    for (let row = -count; row <= count; row++) {
      for (let column = -count; column <= count; column++) {
        const x = focus.x + (column * cos - row * sin) * pitch;
        const y = focus.y + (column * sin + row * cos) * pitch;
        const nearness = 1 - Math.hypot(x - focus.x, y - focus.y) / reach;
        const size = pitch * 0.58 * Math.max(0, nearness) ** 0.75;
        if (size < pitch * 0.05 || x < -pitch || y < -pitch || x > width + pitch || y > height + pitch) continue;
        ctx.moveTo(x + size, y);
        ctx.arc(x, y, size, 0, 2 * Math.PI);
      }
    }
    ctx.fill();
  },
};
