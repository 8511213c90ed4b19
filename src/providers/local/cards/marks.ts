import type { FontBook, FontWeight } from '../../../drawing/font-book.ts';
import type { PaintContext, Scenery } from './card.ts';
import { contrast } from './colour.ts';

interface Mark {
  readonly text: string;
  readonly weight: FontWeight;
  /** Pixels from the focus to a corner of the ink. */
  readonly reach: number;
}

/** Paints an emoji into the picture's focus, with a shadow that separates it from the background. */
export function paintMotif(context: PaintContext, fonts: FontBook, scenery: Scenery, motif: string): void {
  const { ctx, unit, focus } = context;
  ctx.save();
  ctx.shadowColor = '#05051066';
  ctx.shadowBlur = unit * 0.02;
  ctx.shadowOffsetY = unit * 0.012;
  // An emoji's outline is round, so the corners of its box may be slightly outside.
  paintMark(context, fonts, { text: motif, weight: 700, reach: focus.radius * scenery.motifScale * 1.15 });
  ctx.restore();
}

/** Paints the scene's number there instead, in the scheme's colour with the highest contrast to its background. */
export function paintNumeral(context: PaintContext, fonts: FontBook, scenery: Scenery, numeral: string): void {
  const { ctx, scheme, focus } = context;
  const motifBackground = scenery.motifBackground(scheme);
  const [clearest = scheme.ink] = [scheme.background, scheme.ink, scheme.accents[0]].toSorted(
    (a, b) => contrast(b, motifBackground) - contrast(a, motifBackground),
  );
  ctx.fillStyle = clearest;
  paintMark(context, fonts, { text: numeral, weight: 900, reach: focus.radius * scenery.motifScale * 0.82 });
}

/** Draws a mark so that its ink, not its advance box, is centred on the focus. */
function paintMark({ ctx, focus }: PaintContext, fonts: FontBook, { text, weight, reach }: Mark): void {
  fonts.apply(ctx, { language: 'en', weight, size: 100 });
  const probe = ctx.measureText(text);
  const inkWidth = probe.actualBoundingBoxLeft + probe.actualBoundingBoxRight;
  const inkHeight = probe.actualBoundingBoxAscent + probe.actualBoundingBoxDescent;
  const share = (2 * reach) / Math.max(1, Math.hypot(inkWidth, inkHeight));
  fonts.apply(ctx, { language: 'en', weight, size: 100 * share });
  const x = focus.x - (inkWidth / 2 - probe.actualBoundingBoxLeft) * share;
  const y = focus.y + (inkHeight / 2 - probe.actualBoundingBoxDescent) * share;
  ctx.fillText(text, x, y);
}
