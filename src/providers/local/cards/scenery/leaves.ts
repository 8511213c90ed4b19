import { faded, mixed } from '../../../../drawing/colour.ts';
import type { PaintContext, Scenery } from '../card.ts';

/** A wreath of large leaves with veins around a disc. */
export const leaves: Scenery = {
  name: 'leaves',
  motifScale: 0.64,
  motifDisc: 0.78,
  motifBackground: (scheme) => scheme.accents[0],
  paint(context) {
    const { focus, scheme, random } = context;
    for (const [ring, { count, length, colour }] of [
      { count: 11, length: 1.22, colour: scheme.accents[3] },
      { count: 10, length: 0.92, colour: scheme.body },
      { count: 9, length: 0.62, colour: scheme.accents[1] },
    ].entries())
      for (let index = 0; index < count; index++) {
        const angle = ((index + ring * 0.5 + random.between(-0.15, 0.15)) / count) * 2 * Math.PI;
        leaf(
          context,
          angle,
          focus.radius * length * random.between(0.9, 1.1),
          mixed(colour, '#000018', random.between(0, 0.14)),
        );
      }
  },
};

function leaf({ ctx, focus, unit }: PaintContext, angle: number, length: number, colour: string): void {
  const start = focus.radius * 0.6;
  const half = length * 0.27;
  const end = start + length;
  ctx.save();
  ctx.translate(focus.x, focus.y);
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(start, 0);
  ctx.bezierCurveTo(start + length * 0.3, -half * 1.3, start + length * 0.75, -half, end, 0);
  ctx.bezierCurveTo(start + length * 0.75, half, start + length * 0.3, half * 1.3, start, 0);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.beginPath();
  ctx.moveTo(start, 0);
  ctx.lineTo(end - length * 0.06, 0);
  for (const share of [0.35, 0.5, 0.65, 0.78])
    for (const way of [-1, 1]) {
      ctx.moveTo(start + length * share, 0);
      ctx.lineTo(start + length * (share + 0.12), way * half * (1 - share) * 1.05);
    }
  ctx.lineWidth = unit * 0.003;
  ctx.strokeStyle = faded(mixed(colour, '#ffffff', 0.45), 0.6);
  ctx.stroke();
  ctx.restore();
}
