import { mixed } from '../../../../drawing/colour.ts';
import { disc, glow, lit } from '../../../../drawing/shapes.ts';
import type { PaintContext, Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

/** Pointed mountains with a lit and a shaded side and snow on the highest, in front of a disc. */
export const mountains: Scenery = {
  name: 'mountains',
  motifScale: 0.5,
  motifDisc: 0.66,
  motifBackground: (scheme) => scheme.accents[1],
  floor: 0.74,
  paint(context) {
    const { ctx, align, focus, scheme, random, width, height, words } = context;
    const moon = { ...focus, y: focus.y - focus.radius * 0.08, radius: focus.radius * 0.74 };
    glow(ctx, { ...moon, radius: moon.radius * 1.8 }, scheme.accents[1], 0.35);
    if (align === 'center') disc(ctx, moon, lit(ctx, moon, scheme.accents[1]));
    const beside = isWide({ width, height });
    const foot = beside ? height : words.y;
    const top = beside ? height * 0.76 : focus.y + focus.radius * 0.42;
    const rows = [
      { colour: scheme.body, peaks: 5, highest: top },
      { colour: mixed(scheme.body, scheme.accents[3], 0.6), peaks: 4, highest: top + (foot - top) * 0.25 },
      { colour: mixed(scheme.accents[3], scheme.background, 0.35), peaks: 6, highest: top + (foot - top) * 0.55 },
    ];
    for (const [row, { colour, peaks, highest }] of rows.entries())
      for (let index = 0; index <= peaks; index++) {
        const x = ((index + (row % 2) * 0.5 + random.between(-0.15, 0.15)) / peaks) * width;
        const y = highest + random.between(0, 0.22) * (foot - top);
        mountain(
          context,
          { x, y, half: (width / peaks) * random.between(0.62, 0.8), foot, hasSnow: row === 0 },
          colour,
        );
      }
  },
};

interface Mountain {
  readonly x: number;
  readonly y: number;
  readonly half: number;
  readonly foot: number;
  readonly hasSnow: boolean;
}

function mountain({ ctx, scheme }: PaintContext, peak: Mountain, colour: string): void {
  const { x, y, half, foot, hasSnow } = peak;
  const side = (way: number, share: number, fill: string): void => {
    const [edge, base] = [x + way * half * share, y + (foot - y) * share];
    const fold = x + half * 0.14 * share;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(edge, base);
    if (share < 1) ctx.lineTo((edge + fold) / 2, base - (foot - y) * 0.08);
    ctx.lineTo(fold, base);
    ctx.closePath();
    ctx.fillStyle = fill;
    ctx.fill();
  };
  side(1, 1, mixed(colour, '#000018', 0.16));
  side(-1, 1, mixed(colour, '#ffffff', 0.1));
  if (!hasSnow) return;
  side(1, 0.3, mixed(scheme.body, '#ffffff', 0.55));
  side(-1, 0.3, mixed(scheme.body, '#ffffff', 0.85));
}
