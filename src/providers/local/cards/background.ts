import { faded } from '../../../drawing/colour.ts';
import type { Box } from '../../../drawing/geometry.ts';
import { glow } from '../../../drawing/shapes.ts';
import { skia } from '../../../drawing/skia.ts';
import type { PaintContext } from './card.ts';
import { isWide } from './composition.ts';

/** Paints a gradient background with a soft light on the picture's side. */
export function paintBackground({ ctx, width, height, scheme, focus }: PaintContext): void {
  const fromLeft = focus.x >= width / 2;
  const slope = ctx.createLinearGradient(fromLeft ? 0 : width, 0, fromLeft ? width : 0, height);
  slope.addColorStop(0, scheme.background);
  slope.addColorStop(1, scheme.backgroundEnd);
  ctx.fillStyle = slope;
  ctx.fillRect(0, 0, width, height);
  glow(ctx, { x: focus.x, y: focus.y * 0.5, radius: Math.max(width, height) * 0.55 }, scheme.accents[0], 0.12);
}

/** Erases the scenery's shapes below the words; they fade towards the words instead of ending at an edge. */
export function eraseUnderWords({ ctx, width, height, focus, words, align }: PaintContext): void {
  const bottom = words.y + words.height;
  // Shapes may be behind the ragged right edge of words, but not behind the straight left edge.
  const [calm, free] = focus.x < width / 2 ? [words.x - width * 0.005, words.x - width * 0.07] : endOf(words, width);
  const [from, to] =
    align === 'center' ? [bottom, bottom + height * 0.12] : [words.y + height * 0.02, words.y - height * 0.06];
  const isBeside = align !== 'center' && isWide({ width, height });
  const veil = isBeside ? ctx.createLinearGradient(calm, 0, free, 0) : ctx.createLinearGradient(0, from, 0, to);
  for (let step = 0; step <= 8; step++) {
    const share = step / 8;
    // Smoothstep: neither end of the fade is visible as a line.
    veil.addColorStop(share, faded('#000000', 1 - share * share * (3 - 2 * share)));
  }
  ctx.save();
  ctx.globalCompositeOperation = 'destination-out';
  ctx.fillStyle = veil;
  ctx.fillRect(0, 0, width, height);
  ctx.restore();
}

function endOf(words: Box, width: number): [number, number] {
  const end = words.x + words.width;
  return [end - width * 0.03, end + width * 0.06];
}

const GRAIN_SIDE = 256;

/** Barely visible film grain: it prevents long gradients from breaking into bands when compressed. */
export function paintGrain({ ctx, width, height, random }: PaintContext): void {
  const tile = skia().createCanvas(GRAIN_SIDE, GRAIN_SIDE);
  const pen = tile.getContext('2d');
  const image = pen.createImageData(GRAIN_SIDE, GRAIN_SIDE);
  for (let at = 0; at < image.data.length; at += 4) {
    const grey = random.below(256);
    image.data.set([grey, grey, grey, 255], at);
  }
  pen.putImageData(image, 0, 0);
  ctx.save();
  ctx.globalCompositeOperation = 'overlay';
  ctx.globalAlpha = 0.055;
  ctx.fillStyle = ctx.createPattern(tile, 'repeat') ?? '#00000000';
  ctx.fillRect(0, 0, width, height);
  ctx.restore();
}
