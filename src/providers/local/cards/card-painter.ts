import type { Pen } from '../../../drawing/fit-text.ts';
import { releasePixels, skia } from '../../../drawing/skia.ts';
import type { ImageRequest } from '../../ports.ts';
import type { Stage } from './card.ts';
import type { CardDesign } from './card-design.ts';
import { isWide } from './composition.ts';
import { eraseUnderWords, paintEcho, paintGrain, paintGround } from './ground.ts';
import { type LetteredBlock, letter } from './lettering.ts';
import { paintMotif, paintNumeral } from './marks.ts';
import { Random } from './random.ts';

/** Everything but the words. */
export function paintPicture({ ctx, fonts }: Pen, design: CardDesign, request: ImageRequest): void {
  const { width, height } = request;
  const { scenery, motif, numeral } = design;
  const stage: Stage = {
    ...design.composition,
    ctx,
    width,
    height,
    unit: Math.min(width, height),
    tone: design.tone,
    random: new Random(`${request.seed}/${request.index}`),
    hasMotif: motif !== null || numeral !== '',
  };
  paintGround(stage);
  paintEcho(stage);
  paintScenery(stage, design);
  if (motif !== null) paintMotif(stage, fonts, scenery, motif);
  else if (numeral !== '') paintNumeral(stage, fonts, scenery, numeral);
  paintGrain(stage);
}

/** On a sheet of its own, so that shapes can be rubbed out under the words without hurting the ground. */
function paintScenery(stage: Stage, { scenery }: CardDesign): void {
  const sheet = skia().createCanvas(stage.width, stage.height);
  const layer: Stage = { ...stage, ctx: sheet.getContext('2d') };
  scenery.paint(layer);
  const belowWords = scenery.floor !== undefined && isWide(stage);
  if (!belowWords) eraseUnderWords(layer);
  stage.ctx.drawImage(sheet, 0, 0);
  releasePixels(sheet);
}

/** Where each word of the card stands; drawing it is `paintWords`. */
export function letterCard(pen: Pen, design: CardDesign, { width, height }: ImageRequest): LetteredBlock[] {
  return letter(pen, design.wording, design.composition, Math.min(width, height));
}
