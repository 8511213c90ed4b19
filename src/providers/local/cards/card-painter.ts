import { writeFile } from 'node:fs/promises';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { releasePixels, skia } from '../../../drawing/skia.ts';
import { AppError } from '../../../errors.ts';
import type { Ground, GroundPainter } from '../../../overlays/ground.ts';
import { eraseUnderWords, paintBackground, paintGrain } from './background.ts';
import type { PaintContext, Scenery } from './card.ts';
import { isWide } from './composition.ts';
import { paintLowerPart } from './lower-part.ts';
import { Random } from './random.ts';
import { sceneryNamed } from './scenery/all-sceneries.ts';

/** JPEG instead of PNG: 40 ms instead of 410 ms for 1280 × 720, without a visible difference because of the grain. */
const JPEG_QUALITY = 95;

/** Draws the grounds of a scene after its first, which is a picture of the image provider. */
export class CardPainter implements GroundPainter {
  async paint(ground: Ground, path: string): Promise<void> {
    await writeFile(path, await groundBytes(ground));
  }
}

/** A ground as a JPEG. Throws LOCAL_API_ERROR if it cannot be encoded. */
export async function groundBytes(ground: Ground): Promise<Uint8Array> {
  const canvas = skia().createCanvas(ground.width, ground.height);
  drawGround(canvas.getContext('2d'), ground);
  return await canvas
    .encode('jpeg', JPEG_QUALITY)
    .catch((cause: unknown) => {
      throw new AppError('LOCAL_API_ERROR', 'The picture could not be saved as a JPEG.', { cause, retriable: true });
    })
    .finally(() => releasePixels(canvas));
}

/** Paints a scene's picture, without words and motifs, which lie over it. */
export function drawGround(ctx: SKRSContext2D, ground: Ground): void {
  const { width, height, scheme, composition, seed } = ground;
  const unit = Math.min(width, height);
  const context: PaintContext = { ...composition, ctx, width, height, unit, scheme, random: new Random(seed) };
  paintBackground(context);
  paintLowerPart(context, ground);
  paintScenery(context, sceneryNamed(ground.scenery));
  paintGrain(context);
}

/** Painted on a separate canvas, so that shapes below the words can be erased without damaging the background. */
function paintScenery(context: PaintContext, scenery: Scenery): void {
  const sheet = skia().createCanvas(context.width, context.height);
  const layer: PaintContext = { ...context, ctx: sheet.getContext('2d') };
  scenery.paint(layer);
  const belowWords = scenery.floor !== undefined && isWide(context);
  if (!belowWords) eraseUnderWords(layer);
  context.ctx.drawImage(sheet, 0, 0);
  releasePixels(sheet);
}
