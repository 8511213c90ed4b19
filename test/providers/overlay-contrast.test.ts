import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { Box } from '../../src/drawing/geometry.ts';
import type { WordsOverlay } from '../../src/overlays/overlay.ts';
import { inkOf } from '../../src/overlays/words/emphasis.ts';
import { type CardDesign, designCard, groundOf } from '../../src/providers/local/cards/card-design.ts';
import { drawGround } from '../../src/providers/local/cards/card-painter.ts';
import {
  besideComposition,
  centredComposition,
  wordsComposition,
} from '../../src/providers/local/cards/composition.ts';
import type { Tone } from '../../src/providers/local/cards/look/visual-styles.ts';
import { PALETTE_NAMES, paletteAt } from '../../src/providers/local/cards/palettes.ts';
import { inksOf } from '../../src/providers/local/cards/scene-overlays.ts';
import { CLOSINGS, OTHER_CLOSINGS, QUIET_CLOSINGS } from '../../src/providers/local/cards/scene-scenery.ts';
import { SCENERIES } from '../../src/providers/local/cards/scenery/all-sceneries.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { imageRequest } from '../helpers/media/image-request.ts';
import { layOutOverlay } from '../helpers/media/overlays.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';
import { luminance, luminanceOf, ratio } from '../helpers/media/text-contrast.ts';

const fonts = new FontBook();

const SIZES = [
  [854, 480],
  [480, 854],
  [480, 480],
] as const;

function wordsOf(asked: ImageRequest): WordsOverlay[] {
  const overlays = sceneOverlays(asked, constantVoice(asked.narration, asked.language), fonts);
  return overlays.filter((overlay): overlay is WordsOverlay => overlay.kind === 'words');
}

/** The same for every picture: only its place and its colours differ. */
const [FIRST_WORDS = expect.fail('no words')] = wordsOf(imageRequest());

describe('What is written over a picture', () => {
  it.each(
    Array.from({ length: 24 }, (_, at) => ({ seed: `contrast-${at}`, index: at % 5, size: SIZES[at % 3] ?? SIZES[0] })),
  )('stands out from the picture behind it: $seed', ({ seed, index, size: [width, height] }) => {
    const asked = imageRequest({ seed, index, width, height, captionSafeHeight: Math.round(height * 0.24) });
    const ctx = createCanvas(width, height).getContext('2d');
    drawGround(ctx, groundOf(designCard(asked), asked));
    for (const overlay of wordsOf(asked))
      for (const block of layOutOverlay(overlay, { width, height }, fonts))
        for (const [at, line] of block.lines.entries())
          expectClear(lowestContrasts(ctx, line.ink, [inkOf(block, at, overlay.inks), overlay.inks.soft]));
  });

  it.each(
    SCENERIES.flatMap((scenery, at) =>
      (['night', 'paper', 'bold'] as const).flatMap((tone, turn) =>
        [SIZES[0], SIZES[1]].map(([width, height], shape) => {
          const palette = paletteAt((at * 6 + turn * 2 + shape) % PALETTE_NAMES.length);
          return { scenery, name: scenery.name, tone, palette, paletteName: palette.name, width, height, at, shape };
        }),
      ),
    ),
  )('stands out from $name in $tone colours of $paletteName, $width × $height', (one) => {
    const { scenery, width, height, at } = one;
    const asked = imageRequest({ seed: `ground-${at}`, width, height, captionSafeHeight: Math.round(height * 0.24) });
    for (const isAlone of width > height && scenery.floor === undefined ? [false, true] : [false]) {
      const composition = besideComposition(asked, at % 2 === 0, { floor: scenery.floor, isAlone });
      expectClearWords(asked, { ...one, composition });
    }
  });

  it.each(
    [SIZES[0], SIZES[1]].flatMap(([width, height]) =>
      [...CLOSINGS[width > height ? 'wide' : 'tall'], ...QUIET_CLOSINGS, ...OTHER_CLOSINGS].flatMap((scenery, at) =>
        (['night', 'paper', 'bold'] as const).map((tone, turn) => {
          const palette = paletteAt((at * 3 + turn) % PALETTE_NAMES.length);
          return { scenery, name: scenery.name, tone, palette, paletteName: palette.name, width, height };
        }),
      ),
    ),
  )('of the last scene stands out from $name in $tone colours of $paletteName, $width × $height', (one) => {
    const { width, height } = one;
    const asked = imageRequest({ seed: 'closing', width, height, captionSafeHeight: Math.round(height * 0.24) });
    expectClearWords(asked, { ...one, composition: centredComposition(asked) });
  });
});

function expectClearWords(
  asked: ImageRequest,
  {
    scenery,
    palette,
    tone,
    composition,
  }: Pick<CardDesign, 'scenery' | 'palette' | 'composition'> & { readonly tone: Tone },
): void {
  const { width, height } = asked;
  const scheme = palette[tone];
  const ctx = createCanvas(width, height).getContext('2d');
  const design = { kind: 'middle', style: null, palette, scheme, scenery, composition, part: 0 } as const;
  drawGround(ctx, groundOf(design, asked));
  const inks = inksOf(scheme);
  const overlay = { ...FIRST_WORDS, place: wordsComposition(asked, composition), inks };
  const blocks = layOutOverlay(overlay, { width, height }, fonts);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks)
    for (const [row, line] of block.lines.entries())
      expectClear(lowestContrasts(ctx, line.ink, [inkOf(block, row, inks), inks.soft]));
}

function expectClear(contrasts: readonly number[]): void {
  for (const one of contrasts) expect(one).toBeGreaterThanOrEqual(4.5);
}

/**
 * Contrast of each colour to the 1 % of pixels behind the line whose colour is nearest to its own, averaged over 4 × 4 to
 * exclude grain.
 */
function lowestContrasts(ctx: SKRSContext2D, box: Box, inks: readonly string[]): number[] {
  const columns = Math.max(1, Math.floor(box.width / 4));
  const rows = Math.max(1, Math.floor(box.height / 4));
  const { data, width } = ctx.getImageData(Math.round(box.x), Math.round(box.y), 4 * columns, 4 * rows);
  const luminances: number[] = [];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const mean = [0, 0, 0];
      for (let y = 4 * row; y < 4 * row + 4; y += 1)
        for (let x = 4 * column; x < 4 * column + 4; x += 1)
          for (let part = 0; part < 3; part += 1)
            mean[part] = (mean[part] ?? 0) + (data[4 * (y * width + x) + part] ?? 0) / 16;
      luminances.push(luminance(mean[0] ?? 0, mean[1] ?? 0, mean[2] ?? 0));
    }
  return inks.map((ink) => {
    const own = luminanceOf(ink);
    const found = Float64Array.from(luminances, (behind) => ratio(behind, own)).toSorted();
    return found[Math.floor(found.length * 0.01)] ?? 0;
  });
}
