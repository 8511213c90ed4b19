import { mixed } from '../../../../drawing/colour.ts';
import type { Circle } from '../../../../drawing/geometry.ts';
import { disc, glow } from '../../../../drawing/shapes.ts';
import type { PaintContext, Scenery } from '../card.ts';

/** The same in every palette: a sun of rings in a palette's colours looks like a rainbow. */
const SUN = { top: '#ffd65c', foot: '#ff9838', beams: '#ffae3d' };
const BEAMS = 13;
/** Of the room below the words: the sun, and its beams from and to. */
const SIZES = { sun: 0.58, from: 0.68, to: 0.92 };

/** The last card's scenery: a sun with beams rises below centred words. */
export const sunrise: Scenery = {
  name: 'sunrise',
  motifScale: 0.5,
  motifBackground: (scheme) => scheme.background,
  paint(context) {
    const { ctx, scheme, width, height, words } = context;
    const room = Math.min(height - words.y - words.height, width * 0.62);
    const centre = { x: width / 2, y: height };
    const slope = ctx.createLinearGradient(0, height - room * SIZES.sun, 0, height);
    slope.addColorStop(0, mixed(SUN.top, scheme.accents[0], 0.08));
    slope.addColorStop(1, mixed(SUN.foot, scheme.accents[0], 0.08));
    glow(ctx, { ...centre, radius: room * 1.2 }, SUN.foot, 0.5);
    ctx.fillStyle = SUN.beams;
    for (let beam = 0; beam < BEAMS; beam++)
      paintBeam(context, { ...centre, radius: room }, (Math.PI * (beam + 0.5)) / BEAMS);
    disc(ctx, { ...centre, radius: room * SIZES.sun }, slope);
  },
};

/** One that is narrower at its end. */
function paintBeam({ ctx }: PaintContext, { x, y, radius }: Circle, angle: number): void {
  const half = 0.24 / BEAMS;
  const place = (turn: number, reach: number): [number, number] => [
    x - Math.cos(angle + turn * Math.PI) * radius * reach,
    y - Math.sin(angle + turn * Math.PI) * radius * reach,
  ];
  ctx.beginPath();
  ctx.moveTo(...place(-half, SIZES.from));
  ctx.lineTo(...place(-half * 0.4, SIZES.to));
  ctx.lineTo(...place(half * 0.4, SIZES.to));
  ctx.lineTo(...place(half, SIZES.from));
  ctx.closePath();
  ctx.fill();
}
