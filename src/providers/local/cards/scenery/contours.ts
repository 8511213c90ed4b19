import { faded, mixed } from '../../../../drawing/colour.ts';
import { pebbleCorners, pebblePath } from '../../../../drawing/shapes.ts';
import type { Scenery } from '../card.ts';

const LINES = 15;
/** Inside the smallest one beside a motif, as shares of it: without them, an empty middle looks like a moon. */
const INNER = [0.8, 0.62, 0.45, 0.28, 0.12];

/** Contour lines of a map around a hill. */
export const contours: Scenery = {
  name: 'contours',
  motifScale: 0.6,
  motifDisc: 0.76,
  motifBackground: (scheme) => scheme.accents[0],
  paint({ ctx, focus, scheme, random, unit }) {
    const { x, y, radius } = focus;
    const [inner, outer] = [pebbleCorners(random, 11, 0.07), pebbleCorners(random, 11, 0.34)];
    const turn = random.between(0, 6.28);
    for (let line = LINES; line >= 0; line--) {
      const share = line / LINES;
      const corners = inner.map((corner, index) => corner + ((outer[index] ?? 1) - corner) * share);
      pebblePath(ctx, { x, y, radius: radius * (0.95 + share * 1.7) }, corners, turn);
      ctx.fillStyle = faded(mixed(scheme.body, scheme.accents[3], share), 0.16);
      ctx.fill();
      const isIndex = line % 5 === 0;
      ctx.lineWidth = unit * (isIndex ? 0.005 : 0.0022);
      ctx.strokeStyle = faded(isIndex ? scheme.accents[1] : scheme.soft, isIndex ? 0.9 : 0.5);
      ctx.stroke();
    }
    for (const share of INNER) {
      pebblePath(ctx, { x, y, radius: radius * 0.95 * share }, inner, turn + share);
      ctx.fillStyle = faded(scheme.body, 0.12);
      ctx.fill();
      ctx.lineWidth = unit * 0.0022;
      ctx.strokeStyle = faded(scheme.soft, 0.5);
      ctx.stroke();
    }
  },
};
