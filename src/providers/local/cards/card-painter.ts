import type { SKRSContext2D } from '@napi-rs/canvas';
import { releasePixels, skia } from '../../../drawing/skia.ts';
import type { ImageRequest } from '../../ports.ts';
import { eraseUnderWords, paintBackground, paintGrain } from './background.ts';
import type { PaintContext } from './card.ts';
import type { CardDesign } from './card-design.ts';
import { isWide } from './composition.ts';
import { paintLowerPart } from './lower-part.ts';
import { Random } from './random.ts';

/** Paints a scene's picture, without words and motifs, which lie over it. */
export function paintPicture(ctx: SKRSContext2D, design: CardDesign, request: ImageRequest): void {
  const { width, height } = request;
  const context: PaintContext = {
    ...design.composition,
    ctx,
    width,
    height,
    unit: Math.min(width, height),
    scheme: design.scheme,
    random: new Random(`${request.seed}/${request.index}`),
  };
  paintBackground(context);
  paintLowerPart(context, request);
  paintScenery(context, design);
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
