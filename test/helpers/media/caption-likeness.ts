import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { CaptionPicture } from '../../../src/media/captions/caption-painter.ts';
import type { Frame } from './frames.ts';

/**
 * How well a caption's characters are found in a frame at their expected place: Pearson's correlation of their
 * brightness, 1 for identical pixels, about 0 where something else is shown.
 */
export async function likeness(frame: Frame, caption: CaptionPicture): Promise<number> {
  const letters = await lumaOf(caption);
  const seen = letters.map((_, at) =>
    frame.at(caption.x + (at % caption.width), caption.y + Math.floor(at / caption.width)),
  );
  const [one, other] = [centred(letters), centred(seen)];
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** On black, by the weights of BT.709. */
async function lumaOf({ png, width, height }: CaptionPicture): Promise<number[]> {
  const ctx = createCanvas(width, height).getContext('2d');
  ctx.fillRect(0, 0, width, height);
  ctx.drawImage(await loadImage(Buffer.from(png)), 0, 0);
  const { data } = ctx.getImageData(0, 0, width, height);
  const channel = (at: number) => data[at] ?? 0;
  return Array.from(
    { length: width * height },
    (_, at) => 0.2126 * channel(4 * at) + 0.7152 * channel(4 * at + 1) + 0.0722 * channel(4 * at + 2),
  );
}
