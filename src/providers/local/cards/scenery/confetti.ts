import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Scenery } from '../card.ts';

const RINGS = [
  { count: 13, distance: 1.08, size: 0.1 },
  { count: 17, distance: 1.42, size: 0.125 },
  { count: 20, distance: 1.82, size: 0.15 },
  { count: 22, distance: 2.3, size: 0.17 },
];

/** Triangles, squares, circles and wavy lines strewn around a disc. */
export const confetti: Scenery = {
  name: 'confetti',
  motifScale: 0.68,
  motifDisc: 0.86,
  motifBackground: (scheme) => scheme.accents[0],
  paint({ ctx, focus, scheme, random }) {
    const colours = [scheme.accents[1], scheme.accents[2], scheme.body, scheme.accents[0], scheme.accents[3]];
    let drawn = random.below(5);
    for (const { count, distance, size } of RINGS)
      for (let index = 0; index < count; index++) {
        const angle = ((index + random.between(-0.25, 0.25)) / count) * 2 * Math.PI;
        const reach = focus.radius * (distance + random.between(-0.08, 0.08));
        ctx.save();
        ctx.translate(focus.x + Math.cos(angle) * reach, focus.y + Math.sin(angle) * reach);
        ctx.rotate(random.between(0, 6.28));
        piece(
          ctx,
          focus.radius * size * random.between(0.7, 1.1),
          random.below(5),
          colours[drawn++ % 5] ?? scheme.body,
        );
        ctx.restore();
      }
  },
};

function piece(ctx: SKRSContext2D, half: number, kind: number, colour: string): void {
  ctx.fillStyle = colour;
  ctx.strokeStyle = colour;
  ctx.lineWidth = half * 0.42;
  ctx.lineCap = 'round';
  ctx.beginPath();
  if (kind === 0) ctx.arc(0, 0, half * 0.7, 0, 2 * Math.PI);
  else if (kind === 1) ctx.roundRect(-half * 0.65, -half * 0.65, half * 1.3, half * 1.3, half * 0.2);
  else if (kind === 2) {
    ctx.moveTo(0, -half * 0.85);
    ctx.lineTo(half * 0.8, half * 0.6);
    ctx.lineTo(-half * 0.8, half * 0.6);
    ctx.closePath();
  } else if (kind === 3) {
    ctx.arc(0, 0, half * 0.65, 0, 2 * Math.PI);
    ctx.stroke();
    return;
  } else {
    ctx.moveTo(-half * 1.2, 0);
    ctx.bezierCurveTo(-half * 0.5, -half, half * 0.5, half, half * 1.2, 0);
    ctx.stroke();
    return;
  }
  ctx.fill();
}
