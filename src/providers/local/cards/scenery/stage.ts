import { faded, mixed } from '../../../../drawing/colour.ts';
import type { PaintContext, Scenery } from '../card.ts';

/** Two beams of light that cross on a round backdrop above a podium. */
export const stage: Scenery = {
  name: 'stage',
  motifScale: 0.62,
  motifDisc: 0.8,
  motifBackground: (scheme) => scheme.accents[1],
  paint(context) {
    const { ctx, focus, scheme } = context;
    const { x, y, radius } = focus;
    beam(context, -1.25, scheme.accents[0]);
    beam(context, 1.25, scheme.accents[2]);
    for (const [index, colour] of [scheme.accents[3], scheme.body, scheme.accents[0]].entries()) {
      const [half, top] = [radius * (1.35 - index * 0.17), y + radius * (1.12 - index * 0.13)];
      const slope = ctx.createLinearGradient(x - half, 0, x + half, 0);
      slope.addColorStop(0, mixed(colour, '#000018', 0.25));
      slope.addColorStop(0.5, mixed(colour, '#ffffff', 0.12));
      slope.addColorStop(1, mixed(colour, '#000018', 0.25));
      ctx.fillStyle = slope;
      ctx.beginPath();
      ctx.ellipse(x, top + radius * 0.13, half, half * 0.16, 0, 0, Math.PI);
      ctx.lineTo(x - half, top);
      ctx.lineTo(x + half, top);
      ctx.fill();
      ctx.fillStyle = mixed(colour, '#ffffff', 0.2);
      ctx.beginPath();
      ctx.ellipse(x, top, half, half * 0.16, 0, 0, 2 * Math.PI);
      ctx.fill();
    }
  },
};

function beam({ ctx, focus, height, unit }: PaintContext, from: number, colour: string): void {
  const { x, y, radius } = focus;
  const start = x + from * radius;
  const slope = ctx.createLinearGradient(start, -unit * 0.05, x - from * radius * 0.4, y + radius);
  slope.addColorStop(0, faded(colour, 0.85));
  slope.addColorStop(1, faded(colour, 0.12));
  ctx.fillStyle = slope;
  ctx.beginPath();
  ctx.moveTo(start - radius * 0.1, -height * 0.02);
  ctx.lineTo(start + radius * 0.1, -height * 0.02);
  ctx.lineTo(x - from * radius * 0.35 + radius * 0.95, y + radius * 1.1);
  ctx.lineTo(x - from * radius * 0.35 - radius * 0.95, y + radius * 1.1);
  ctx.fill();
}
