import { faded } from '../../../../drawing/colour.ts';
import type { Circle } from '../../../../drawing/geometry.ts';
import { disc, glow, lit, ring, softShadow } from '../../../../drawing/shapes.ts';
import type { PaintContext, Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

/** A planet with thin rings and small moons. */
export const orbits: Scenery = {
  name: 'orbits',
  motifScale: 0.62,
  motifDisc: 0.76,
  motifBackground: (scheme) => scheme.accents[0],
  paint(context) {
    const { ctx, focus, scheme, unit } = context;
    const planet = { ...focus, radius: focus.radius * 0.66 };
    glow(ctx, { ...focus, radius: focus.radius * 2.1 }, scheme.accents[0], 0.34);
    for (let lap = 0; lap < 5; lap++)
      ring(
        ctx,
        { ...focus, radius: focus.radius * (0.98 + lap * 0.32) },
        faded(scheme.ink, 0.3 - lap * 0.05),
        unit * 0.0025,
      );
    softShadow(ctx, { x: planet.x, y: planet.y + planet.radius * 0.3, radius: planet.radius * 1.25 }, 0.35);
    disc(ctx, planet, lit(ctx, planet, scheme.accents[0]));
    bands(context, planet);
    moons(context);
  },
};

function bands({ ctx, scheme, random }: PaintContext, planet: Circle): void {
  ctx.save();
  ctx.beginPath();
  ctx.arc(planet.x, planet.y, planet.radius, 0, 2 * Math.PI);
  ctx.clip();
  ctx.translate(planet.x, planet.y);
  ctx.rotate(-0.35);
  for (let band = 0; band < 4; band++) {
    const y = planet.radius * (-0.75 + band * 0.42 + random.between(-0.06, 0.06));
    ctx.fillStyle = faded(scheme.accents[band % 2 === 0 ? 1 : 2], 0.42);
    ctx.beginPath();
    ctx.ellipse(0, y, planet.radius * 1.2, planet.radius * random.between(0.05, 0.13), 0, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

function moons({ ctx, focus, scheme, random, unit, width, height }: PaintContext): void {
  // Always on the side away from the words.
  const away = !isWide({ width, height }) ? -Math.PI / 2 : focus.x > width / 2 ? 0 : Math.PI;
  for (let index = 0; index < 4; index++) {
    const distance = focus.radius * (0.98 + index * 0.32);
    const angle = away + (index % 2 === 0 ? 1 : -1) * random.between(0.2, 1.35);
    const moon = {
      x: focus.x + Math.cos(angle) * distance,
      y: focus.y + Math.sin(angle) * distance,
      radius: unit * (index === 0 ? 0.034 : random.between(0.009, 0.02)),
    };
    disc(ctx, moon, lit(ctx, moon, scheme.accents[index === 2 ? 2 : 1]));
  }
}
