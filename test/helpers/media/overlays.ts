import { createCanvas } from '@napi-rs/canvas';
import type { FontBook } from '../../../src/drawing/font-book.ts';
import type { Box } from '../../../src/drawing/geometry.ts';
import type { WordsOverlay } from '../../../src/overlays/overlay.ts';
import type { OverlayOrder, OverlayTrack } from '../../../src/overlays/overlay-track.ts';
import type { SkiaOverlayPainter } from '../../../src/overlays/skia-overlay-painter.ts';
import { layOutWords, type PlacedBlock } from '../../../src/overlays/words/words-layout.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The words of an overlay in a frame of this size. */
export function layOutOverlay({ words, place }: WordsOverlay, size: Size, fonts: FontBook): PlacedBlock[] {
  const pen = { ctx: createCanvas(1, 1).getContext('2d'), fonts };
  return layOutWords(pen, words, { ...place, box: inPixels(place.box, size) }, Math.min(size.width, size.height));
}

/** A box given as shares of a frame. */
export function inPixels({ x, y, width, height }: Box, size: Size): Box {
  return { x: x * size.width, y: y * size.height, width: width * size.width, height: height * size.height };
}

/** A track and all its pictures, one after the other; undefined if nothing is visible. */
export function drawnTrack(
  painter: SkiaOverlayPainter,
  order: OverlayOrder,
): { track: OverlayTrack; pixels: Uint8Array } | undefined {
  const drawn = painter.draw(order);
  return drawn === null
    ? undefined
    : { track: drawn.track, pixels: Buffer.concat(Array.from(drawn.pictures, (picture) => Buffer.from(picture))) };
}
