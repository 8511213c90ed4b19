import { faded, mixed } from '../../../../drawing/colour.ts';
import { disc, glow, lit } from '../../../../drawing/shapes.ts';
import type { PaintContext, Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

/** A city of three rows of houses, the front one with lit windows, in front of a disc. */
export const skyline: Scenery = {
  name: 'skyline',
  motifScale: 0.5,
  motifDisc: 0.66,
  motifBackground: (scheme) => scheme.accents[0],
  floor: 0.74,
  paint(context) {
    const { ctx, align, focus, scheme, width, height, words } = context;
    const sun = { ...focus, y: focus.y - focus.radius * 0.08, radius: focus.radius * 0.74 };
    glow(ctx, { ...sun, radius: sun.radius * 1.9 }, scheme.accents[0], 0.35);
    if (align === 'center') disc(ctx, sun, lit(ctx, sun, scheme.accents[0]));
    const beside = isWide({ width, height });
    const foot = beside ? height : words.y;
    const top = beside ? height * 0.75 : focus.y + focus.radius * 0.4;
    const far = mixed(scheme.body, scheme.background, 0.35);
    houses(context, { top, foot, colour: far, hasWindows: false });
    const middle = mixed(scheme.body, scheme.accents[3], 0.4);
    houses(context, { top: top + (foot - top) * 0.2, foot, colour: middle, hasWindows: false });
    const near = mixed(scheme.accents[3], scheme.background, 0.15);
    houses(context, { top: top + (foot - top) * 0.42, foot, colour: near, hasWindows: true });
  },
};

interface Row {
  readonly top: number;
  readonly foot: number;
  readonly colour: string;
  readonly hasWindows: boolean;
}

function houses({ ctx, random, width, unit, scheme }: PaintContext, { top, foot, colour, hasWindows }: Row): void {
  const pane = unit * 0.014;
  let x = -unit * 0.1 * random.next();
  while (x < width) {
    const wide = unit * random.between(0.07, 0.15);
    const roof = top + random.between(0, 0.4) * (foot - top);
    ctx.fillStyle = colour;
    ctx.fillRect(x, roof, wide, foot - roof);
    if (random.chance(0.3)) ctx.fillRect(x + wide * 0.3, roof - unit * 0.02, wide * 0.4, unit * 0.025);
    if (hasWindows) {
      for (let y = roof + pane * 1.6; y < foot; y += pane * 2.4)
        for (let at = x + pane; at < x + wide - pane * 1.6; at += pane * 2.2) {
          if (!random.chance(0.5)) continue;
          ctx.fillStyle = faded(scheme.accents[random.chance(0.8) ? 1 : 0], 0.9);
          ctx.fillRect(at, y, pane, pane * 1.3);
        }
    }
    x += wide + (random.chance(0.25) ? unit * 0.015 : 0);
  }
}
