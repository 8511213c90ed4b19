import type { WordsPlace } from './overlay.ts';

/** A place given as shares of a frame, in pixels of the frame. */
export function inPixels(
  { box, ...place }: WordsPlace,
  { width, height }: { readonly width: number; readonly height: number },
): WordsPlace {
  const pixels = { x: box.x * width, y: box.y * height, width: box.width * width, height: box.height * height };
  return { ...place, box: pixels };
}
