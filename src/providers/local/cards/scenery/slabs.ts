import { mixed } from '../../../../drawing/colour.ts';
import type { Scenery } from '../card.ts';

/** Slanted slabs of strong colour, as in the titles of a news programme. */
export const slabs: Scenery = {
  name: 'slabs',
  motifScale: 0.66,
  motifDisc: 0.8,
  motifBackground: (scheme) => scheme.accents[1],
  paint({ ctx, focus, scheme, random, height }) {
    const { x, y, radius } = focus;
    const slant = radius * 0.34 * (random.chance(0.5) ? 1 : -1);
    const slab = (from: number, to: number, top: number, bottom: number, colour: string): void => {
      const at = (level: number): number => ((y - level) / radius) * slant;
      const slope = ctx.createLinearGradient(0, top, 0, bottom);
      slope.addColorStop(0, mixed(colour, '#ffffff', 0.08));
      slope.addColorStop(1, mixed(colour, scheme.background, 0.3));
      ctx.fillStyle = slope;
      ctx.beginPath();
      ctx.moveTo(x + from * radius + at(top), top);
      ctx.lineTo(x + to * radius + at(top), top);
      ctx.lineTo(x + to * radius + at(bottom), bottom);
      ctx.lineTo(x + from * radius + at(bottom), bottom);
      ctx.fill();
    };
    slab(-1.25, 3, 0, height, scheme.accents[3]);
    slab(-0.85, 0.95, 0, height, scheme.body);
    slab(-0.62, 0.35, 0, y + radius * 0.75, scheme.accents[0]);
    slab(0.5, 0.72, y - radius * 1.1, height, scheme.accents[2]);
    slab(0.82, 0.9, 0, height, scheme.accents[1]);
    slab(-1.06, -0.98, 0, height, scheme.accents[1]);
  },
};
