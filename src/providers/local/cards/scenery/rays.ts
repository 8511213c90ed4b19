import { faded } from '../../../../drawing/colour.ts';
import { glow } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';

const RAYS = 20;

/** Rays from the focus, fading before they reach the words. */
export const rays: Scenery = {
  name: 'rays',
  motifScale: 0.64,
  motifDisc: 0.84,
  motifBackground: (scheme) => scheme.accents[1],
  paint({ ctx, focus, scheme, random, width, height, unit }) {
    const { x, y, radius } = focus;
    const reach = Math.hypot(width, height);
    const fade = ctx.createRadialGradient(x, y, radius * 0.8, x, y, Math.max(radius * 3.1, unit * 0.9));
    fade.addColorStop(0, faded(scheme.body, 0.95));
    fade.addColorStop(0.5, faded(scheme.body, 0.5));
    fade.addColorStop(1, faded(scheme.body, 0));
    const start = random.between(0, Math.PI);
    ctx.fillStyle = fade;
    ctx.beginPath();
    for (let ray = 0; ray < RAYS; ray++) {
      const from = start + (ray / RAYS) * 2 * Math.PI;
      ctx.moveTo(x, y);
      ctx.arc(x, y, reach, from, from + Math.PI / RAYS);
      ctx.closePath();
    }
    ctx.fill();
    glow(ctx, { x, y, radius: radius * 1.7 }, scheme.accents[1], 0.5);
  },
};
