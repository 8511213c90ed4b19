import type { CaptionArea } from '../../../src/media/captions/caption-area.ts';
import type { CaptionPicture } from '../../../src/media/captions/caption-painter.ts';
import type { Frame } from './frames.ts';

/**
 * How well a caption is found in a frame at its place: Pearson's correlation of the brightness of its pixels, apart from those through
 * which the frame is seen; 1 for identical pixels, about 0 where something else is shown.
 */
export function likeness(frame: Frame, { rgba }: CaptionPicture, { x, y, width }: CaptionArea): number {
  const own = Array.from({ length: rgba.length / 4 }, (_, at) => at).filter((at) => (rgba[4 * at + 3] ?? 0) >= 128);
  const letters = own.map((at) => lumaOf(rgba, 4 * at));
  const seen = own.map((at) => frame.at(x + (at % width), y + Math.floor(at / width)));
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
function lumaOf(rgba: Uint8Array, at: number): number {
  const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(at, at + 4);
  return ((0.2126 * red + 0.7152 * green + 0.0722 * blue) * alpha) / 255;
}
