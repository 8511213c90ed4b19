import { faded } from '../../../../drawing/colour.ts';
import { disc, glow } from '../../../../drawing/shapes.ts';
import type { PaintContext, Scenery } from '../card.ts';

const STARS = 130;

/** A sky of stars of different sizes, some joined to a constellation, around the focus. */
export const stars: Scenery = {
  name: 'stars',
  motifScale: 0.5,
  motifDisc: 0.66,
  motifBackground: (scheme) => scheme.accents[1],
  paint(context) {
    const { ctx, focus, scheme, random, width, height, unit } = context;
    glow(
      ctx,
      { x: focus.x + focus.radius, y: focus.y - focus.radius, radius: focus.radius * 2 },
      scheme.accents[2],
      0.4,
    );
    glow(ctx, { x: focus.x - focus.radius, y: focus.y + focus.radius, radius: focus.radius * 2 }, scheme.body, 0.45);
    for (let index = 0; index < STARS; index++) {
      const star = { x: random.next() * width, y: random.next() * height, radius: unit * 0.006 * random.next() ** 2 };
      disc(ctx, { ...star, radius: star.radius + unit * 0.0012 }, faded(scheme.ink, random.between(0.35, 0.9)));
    }
    for (let index = 0; index < 7; index++) {
      const angle = (index / 7 + random.between(0, 0.1)) * 2 * Math.PI;
      const distance = focus.radius * random.between(1.05, 1.5);
      const at = { x: focus.x + Math.cos(angle) * distance, y: focus.y + Math.sin(angle) * distance };
      twinkle(context, { ...at, radius: unit * random.between(0.02, 0.05) }, scheme.accents[index % 3] ?? scheme.ink);
    }
    const moon = { ...focus, radius: focus.radius * 0.76 };
    glow(ctx, { ...moon, radius: moon.radius * 1.6 }, scheme.accents[1], 0.6);
  },
};

/** A star with four points. */
function twinkle(
  { ctx }: PaintContext,
  { x, y, radius }: { x: number; y: number; radius: number },
  colour: string,
): void {
  ctx.beginPath();
  ctx.moveTo(x, y - radius);
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const)
    ctx.quadraticCurveTo(x, y, x + dx * radius, y + dy * radius);
  ctx.fillStyle = colour;
  ctx.fill();
}
