import type { Pen } from '../../../drawing/fit-text.ts';
import { releasePixels, skia } from '../../../drawing/skia.ts';
import type { ImageRequest } from '../../ports.ts';
import { eraseUnderWords, paintBackground, paintGrain, paintLowerArcs } from './background.ts';
import type { PaintContext } from './card.ts';
import type { CardDesign } from './card-design.ts';
import { isWide } from './composition.ts';
import { paintMotif, paintNumeral } from './marks.ts';
import { Random } from './random.ts';
import { layOutWords, type PlacedBlock } from './words-layout.ts';

/** Paints everything except the words. */
export function paintPicture({ ctx, fonts }: Pen, design: CardDesign, request: ImageRequest): void {
  const { width, height } = request;
  const { scenery, motif, numeral } = design;
  const context: PaintContext = {
    ...design.composition,
    ctx,
    width,
    height,
    unit: Math.min(width, height),
    scheme: design.scheme,
    random: new Random(`${request.seed}/${request.index}`),
    hasMotif: motif !== null || numeral !== '',
  };
  paintBackground(context);
  paintLowerArcs(context);
  paintScenery(context, design);
  if (motif !== null) paintMotif(context, fonts, scenery, motif);
  else if (numeral !== '') paintNumeral(context, fonts, scenery, numeral);
  paintGrain(context);
}

/** Painted on a separate canvas, so that shapes below the words can be erased without damaging the background. */
function paintScenery(context: PaintContext, { scenery }: CardDesign): void {
  const sheet = skia().createCanvas(context.width, context.height);
  const layer: PaintContext = { ...context, ctx: sheet.getContext('2d') };
  scenery.paint(layer);
  const belowWords = scenery.floor !== undefined && isWide(context);
  if (!belowWords) eraseUnderWords(layer);
  context.ctx.drawImage(sheet, 0, 0);
  releasePixels(sheet);
}

/** Positions of all words of the card; `paintWords` draws them. */
export function layOutCardWords(pen: Pen, design: CardDesign, { width, height }: ImageRequest): PlacedBlock[] {
  return layOutWords(pen, design.wording, design.composition, Math.min(width, height));
}
