import { mixed } from '../../../../drawing/colour.ts';
import { glow, softShadow } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

/** Nested arches, like a gate; a motif is in the innermost. */
export const arches: Scenery = {
  name: 'arches',
  motifScale: 0.56,
  motifDisc: 0.66,
  motifBackground: (scheme) => scheme.background,
  paint({ ctx, focus, scheme, width, height }) {
    const beside = isWide({ width, height });
    const foot = beside ? height + 2 : focus.y + focus.radius * 1.02;
    const colours = [
      scheme.accents[3],
      scheme.accents[2],
      scheme.accents[0],
      scheme.accents[1],
      mixed(scheme.background, scheme.backgroundEnd, 0.5),
      scheme.accents[2],
      scheme.accents[0],
      scheme.accents[1],
    ];
    glow(ctx, { ...focus, radius: focus.radius * 2.2 }, scheme.accents[0], 0.22);
    for (const [index, colour] of colours.entries()) {
      const radius = focus.radius * (1.16 - index * 0.145);
      const top = focus.y - focus.radius * 0.05;
      if (index > 0) softShadow(ctx, { x: focus.x, y: top, radius: radius * 1.22 }, 0.16);
      const slope = ctx.createLinearGradient(0, top - radius, 0, foot);
      slope.addColorStop(0, mixed(colour, '#ffffff', 0.1));
      slope.addColorStop(1, mixed(colour, scheme.background, 0.3));
      ctx.fillStyle = slope;
      ctx.beginPath();
      ctx.arc(focus.x, top, radius, Math.PI, 2 * Math.PI);
      ctx.lineTo(focus.x + radius, foot);
      ctx.lineTo(focus.x - radius, foot);
      ctx.closePath();
      ctx.fill();
    }
  },
};
