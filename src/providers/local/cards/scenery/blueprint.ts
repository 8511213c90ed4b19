import { faded } from '../../../../drawing/colour.ts';
import { disc, ring } from '../../../../drawing/shapes.ts';
import type { PaintContext, Scenery } from '../card.ts';

/** Squared paper with a technical drawing: circles, axes and a scale. */
export const blueprint: Scenery = {
  name: 'blueprint',
  motifScale: 0.64,
  motifDisc: 0.7,
  motifBackground: (scheme) => scheme.background,
  paint(context) {
    const { ctx, focus, scheme, unit } = context;
    const { x, y, radius } = focus;
    squares(context);
    disc(ctx, { x, y, radius }, scheme.backgroundEnd);
    for (const [share, weight, colour] of [
      [1.3, 0.0025, scheme.soft],
      [1, 0.009, scheme.accents[0]],
      [0.78, 0.004, scheme.accents[1]],
    ] as const)
      ring(ctx, { x, y, radius: radius * share }, colour, unit * weight);
    for (const share of [0.56, 0.36, 0.16])
      ring(ctx, { x, y, radius: radius * share }, scheme.accents[1], unit * 0.004);
    ctx.strokeStyle = faded(scheme.ink, 0.8);
    ctx.lineWidth = unit * 0.003;
    ctx.beginPath();
    for (let tick = 0; tick < 72; tick++) {
      const angle = (tick / 72) * 2 * Math.PI;
      const inner = tick % 6 === 0 ? 1.18 : 1.25;
      ctx.moveTo(x + Math.cos(angle) * radius * inner, y + Math.sin(angle) * radius * inner);
      ctx.lineTo(x + Math.cos(angle) * radius * 1.3, y + Math.sin(angle) * radius * 1.3);
    }
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      ctx.moveTo(x + dx * radius * 0.82, y + dy * radius * 0.82);
      ctx.lineTo(x + dx * radius * 1.48, y + dy * radius * 1.48);
    }
    ctx.stroke();
    for (const [at, angle] of [0.6, 2.3, 3.9, 5.4].entries()) {
      const point = { x: x + Math.cos(angle) * radius, y: y + Math.sin(angle) * radius, radius: unit * 0.02 };
      disc(ctx, point, scheme.accents[at % 3] ?? scheme.accents[0]);
    }
  },
};

function squares({ ctx, focus, scheme, unit, width, height }: PaintContext): void {
  const side = unit * 0.045;
  for (const [every, opacity] of [
    [1, 0.4],
    [4, 0.9],
  ] as const) {
    ctx.strokeStyle = faded(scheme.accents[3], opacity);
    ctx.lineWidth = unit * 0.002;
    ctx.beginPath();
    const step = side * every;
    for (let x = focus.x % step; x < width; x += step) {
      ctx.moveTo(x, 0);
      ctx.lineTo(x, height);
    }
    for (let y = focus.y % step; y < height; y += step) {
      ctx.moveTo(0, y);
      ctx.lineTo(width, y);
    }
    ctx.stroke();
  }
}
