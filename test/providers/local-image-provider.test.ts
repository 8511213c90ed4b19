import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Pen } from '../../src/drawing/fit-text.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { Box } from '../../src/providers/local/cards/card.ts';
import { type CardDesign, designCard } from '../../src/providers/local/cards/card-design.ts';
import { layOutCardWords, paintPicture } from '../../src/providers/local/cards/card-painter.ts';
import { contrast } from '../../src/providers/local/cards/colour.ts';
import { safeArea } from '../../src/providers/local/cards/composition.ts';
import { LocalImageProvider } from '../../src/providers/local/cards/local-image-provider.ts';
import { inkOf, paintWords } from '../../src/providers/local/cards/words-painter.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';

const fonts = new FontBook();
const provider = new LocalImageProvider(fonts);
const never = new AbortController().signal;

const SIZES = [
  [854, 480],
  [480, 854],
  [480, 480],
  [1280, 720],
] as const;

function request(changes: Partial<ImageRequest> = {}): ImageRequest {
  return {
    prompt: 'Monarch butterflies over a milkweed field',
    narration: 'Along the route they drink nectar from milkweed, a plant that is disappearing.',
    title: 'The long journey of the monarch butterfly',
    language: 'en',
    index: 1,
    count: 5,
    seed: 'video-1',
    width: 854,
    height: 480,
    captionSafeHeight: 0,
    ...changes,
  };
}

const AWKWARD: readonly (readonly [string, Partial<ImageRequest>])[] = [
  [
    'a title of 200 characters',
    { index: 0, title: 'The wonderful and slightly exaggerated history '.repeat(5).slice(0, 200) },
  ],
  ['a title of 200 letters without a space', { index: 0, title: 'x'.repeat(200) }],
  [
    'a title of 200 Chinese characters',
    { index: 0, language: 'zh-TW', title: '臺灣珍珠奶茶的故事'.repeat(23).slice(0, 200) },
  ],
  [
    'a very long word',
    { narration: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', language: 'de' },
  ],
  ['no narration', { narration: '' }],
  ['nothing at all', { narration: '', title: '', prompt: '' }],
  ['only emoji', { narration: '🎉👩‍💻🇹🇼' }],
  ['only punctuation', { narration: '… !? —' }],
  ['mixed Chinese and English', { language: 'zh-TW', narration: '用 GraphQL 訂閱，就能看到 MP4 的即時進度 🎬。' }],
  ['Hebrew', { language: 'he', narration: 'שלום עולם, זה סרטון קצר' }],
  ['Vietnamese capitals with stacked accents', { language: 'vi', narration: 'ẤN ĐỘ ẨM THỰC' }],
  ['the closing card', { index: 4, narration: 'If you plant milkweed in your garden, the journey goes on.' }],
];

function textCanvas({ width, height }: ImageRequest): { pen: Pen; ctx: SKRSContext2D } {
  const ctx = createCanvas(width, height).getContext('2d');
  return { pen: { ctx, fonts }, ctx };
}

/** The bounding box of everything that is not transparent. */
function inkBox(ctx: SKRSContext2D, width: number, height: number): Box | null {
  const { data } = ctx.getImageData(0, 0, width, height);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < 40) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function expectInside(inner: Box, outer: Box): void {
  expect(inner.x).toBeGreaterThanOrEqual(outer.x - 1);
  expect(inner.y).toBeGreaterThanOrEqual(outer.y - 1);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 1);
  expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + 1);
}

describe('The fonts', () => {
  it('have names that no installed font has, and load quickly', async () => {
    const script = `
      import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
      import { FontBook } from './src/drawing/font-book.ts';
      const fonts = new FontBook();
      const ctx = createCanvas(10, 10).getContext('2d');
      const before = GlobalFonts.families.length;
      const started = performance.now();
      fonts.apply(ctx, { language: 'zh-TW', weight: 900, size: 100 });
      const milliseconds = performance.now() - started;
      const families = GlobalFonts.families.map((font) => font.family);
      console.log(JSON.stringify({ font: ctx.font, before, milliseconds, families }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { NODE_NO_WARNINGS: '1' },
    });
    const seen = z
      .object({ font: z.string(), milliseconds: z.number(), families: z.array(z.string()) })
      .parse(JSON.parse(stdout));
    const families = Array.from(seen.font.matchAll(/"([^"]+)"/gu), ([, family]) => family);
    expect(families).toEqual([
      'Auto Video Latin',
      'Auto Video Traditional',
      'Auto Video Simplified',
      'Auto Video Emoji',
    ]);
    expect(seen.families).toEqual(expect.arrayContaining(families));
    expect(seen.milliseconds).toBeLessThan(500);
  });

  it('report characters that they cannot draw', () => {
    expect(fonts.covers('Hello, 臺灣 台湾 かな Ελλάδα Việt 🎉👩‍💻🇹🇼👍🏽')).toBe(true);
    expect(fonts.covers('ไทย')).toBe(false);
    expect(fonts.covers('\u{10ffff}')).toBe(false);
  });

  it('draw real glyphs for Chinese and emoji, not an empty box', () => {
    const box = glyph('\u{10ffff}', 'en');
    for (const text of ['臺', '灣', '湾', '🎉', '👩‍💻', '🇹🇼', 'ấ']) expect(glyph(text, 'en')).not.toBe(box);
  });

  it('draw an emoji of several code points as one coloured picture', () => {
    const ctx = createCanvas(120, 120).getContext('2d');
    fonts.apply(ctx, { language: 'en', weight: 700, size: 60 });
    expect(ctx.measureText('👩‍💻').width).toBe(ctx.measureText('👩').width);
    expect(ctx.measureText('🇹🇼').width).toBe(ctx.measureText('👩').width);
    ctx.fillText('👩‍💻', 10, 80);
    const { data } = ctx.getImageData(0, 0, 120, 120);
    const colourful = data.some((red, at) => at % 4 === 0 && Math.abs(red - (data[at + 2] ?? 0)) > 100);
    expect(colourful).toBe(true);
  });

  it('draw the same character in its Taiwanese and its mainland form', () => {
    expect(glyph('骨', 'zh-TW')).not.toBe(glyph('骨', 'zh-CN'));
    expect(glyph('骨', 'zh-TW')).toBe(glyph('骨', 'zh-Hant'));
    expect(glyph('骨', 'zh-CN')).toBe(glyph('骨', 'zh-Hans'));
    expect(glyph('骨', 'zh-HK')).toBe(glyph('骨', 'zh-TW'));
  });

  function glyph(text: string, language: string): string {
    const canvas = createCanvas(120, 120);
    const ctx = canvas.getContext('2d');
    fonts.apply(ctx, { language, weight: 700, size: 80 });
    ctx.fillText(text, 10, 90);
    return canvas.data().toString('base64');
  }
});

describe('The words on a card', () => {
  const cases = AWKWARD.flatMap(([name, changes]) =>
    SIZES.flatMap(([width, height]) => [0, 0.26].map((share) => ({ name, changes, width, height, share }))),
  );

  it.each(cases)(
    'stay inside the safe area: $name, $width × $height, captions $share',
    ({ changes, width, height, share }) => {
      const cardRequest = request({ ...changes, width, height, captionSafeHeight: Math.round(height * share) });
      const { pen, ctx } = textCanvas(cardRequest);
      const design = designCard(cardRequest, fonts);
      const blocks = layOutCardWords(pen, design, cardRequest);
      const safe = safeArea(cardRequest);
      const lines = blocks.flatMap((block) => block.lines);
      for (const line of lines) expectInside(line.ink, safe);
      paintWords(pen, blocks, design.scheme);
      const ink = inkBox(ctx, width, height);
      expect(Boolean(ink)).toBe(lines.length > 0);
      if (ink) expectInside(ink, safe);
    },
  );

  it('are never fewer than the title on a title card', () => {
    const design = designCard(request({ index: 0 }), fonts);
    expect(design.wording.headline).toBe('The long journey of the monarch butterfly');
  });

  it('are the author’s heading, and a sentence of the narration below it', () => {
    const narration = 'Plants need light. They do not need soil.';
    const { headline, secondary } = designCard(request({ heading: 'What plants need', narration }), fonts).wording;
    expect([headline, secondary]).toEqual([
      'What plants need',
      'Plants need light. They do not need soil.'.slice(0, -1),
    ]);
  });

  it('are a whole sentence of the author, without the emoji around it', () => {
    const worded = (narration: string) => designCard(request({ narration }), fonts).wording.headline;
    expect(worded('🎉 Do not drink it. 🎉')).toBe('Do not drink it');
    expect(worded('I ❤️ New York.')).toBe('I ❤️ New York');
    expect(worded('🚫 Smoking in the garden')).toBe('🚫 Smoking in the garden');
  });

  it('are never a sentence with a word left out that no bundled font has', () => {
    const narration = 'This is ไม่ dangerous. The tree has apples.';
    expect(designCard(request({ narration }), fonts).wording.headline).toBe('The tree has apples');
  });

  it('are left out if no bundled font can draw them, rather than drawn as boxes', () => {
    expect(designCard(request({ language: 'th', narration: 'สวัสดีชาวโลก' }), fonts).wording.headline).toBe('');
  });

  it('are set large: a short headline takes more than a tenth of the height', () => {
    const cardRequest = request({ narration: 'Drink nectar.' });
    const { pen } = textCanvas(cardRequest);
    const blocks = layOutCardWords(pen, designCard(cardRequest, fonts), cardRequest);
    expect(blocks.find((block) => block.role === 'headline')?.style.size).toBeGreaterThan(48);
  });

  it.each(
    Array.from({ length: 24 }, (_, at) => ({ seed: `contrast-${at}`, index: at % 5, size: SIZES[at % 3] ?? SIZES[0] })),
  )('stand out from the picture behind them: $seed', ({ seed, index, size: [width, height] }) => {
    const cardRequest = request({ seed, index, width, height, captionSafeHeight: Math.round(height * 0.24) });
    const { pen, ctx } = textCanvas(cardRequest);
    const design = designCard(cardRequest, fonts);
    paintPicture(pen, design, cardRequest);
    for (const block of layOutCardWords(pen, design, cardRequest))
      for (const [at, line] of block.lines.entries())
        expect(lowestContrast(ctx, line.ink, inkOf(block, at, design.scheme))).toBeGreaterThanOrEqual(4.5);
  });

  /**
   * Contrast to the 1 % of pixels behind the line whose colour is nearest to its own, averaged over 4 × 4 to exclude
   * grain.
   */
  function lowestContrast(ctx: SKRSContext2D, box: Box, ink: string): number {
    const small = createCanvas(Math.max(1, Math.round(box.width / 4)), Math.max(1, Math.round(box.height / 4)));
    const pen = small.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(ctx.canvas, box.x, box.y, box.width, box.height, 0, 0, small.width, small.height);
    const { data } = pen.getImageData(0, 0, small.width, small.height);
    const found: number[] = [];
    for (let at = 0; at < data.length; at += 4) {
      const colour = [0, 1, 2].map((part) => (data[at + part] ?? 0).toString(16).padStart(2, '0')).join('');
      found.push(contrast(`#${colour}`, ink));
    }
    return found.toSorted((a, b) => a - b)[Math.floor(found.length * 0.01)] ?? 0;
  }
});

describe('The cards of one video', () => {
  function designs(seed: string, count: number): CardDesign[] {
    return Array.from({ length: count }, (_, index) => designCard(request({ seed, index, count }), fonts));
  }

  it('have different layouts in consecutive scenes, and use at least six layouts', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const names = designs(seed, 25).map((design) => design.scenery.name);
      for (const [index, name] of names.entries()) expect(name).not.toBe(names[index + 1]);
      expect(new Set(names).size).toBeGreaterThanOrEqual(6);
    }
  });

  it('share one palette', () => {
    expect(new Set(designs('one', 12).map((design) => design.palette.name)).size).toBe(1);
  });

  it('differ in palette from video to video', () => {
    const names = Array.from({ length: 40 }, (_, at) => designs(`video ${at}`, 1)[0]?.palette.name);
    expect(new Set(names).size).toBeGreaterThanOrEqual(6);
  });

  it('show the subject of the scene: its emoji, or the thing that it names', () => {
    expect(designCard(request({ narration: 'Volunteers count them 🎉 each year.' }), fonts).motif).toBe('🎉');
    expect(designCard(request({ narration: 'Hungry birds wait.' }), fonts).motif).toBe('🐦');
  });

  it('show nothing that the text denies', () => {
    const motif = (narration: string) => designCard(request({ narration, prompt: '' }), fonts).motif;
    expect(motif('There was no fire.')).toBeNull();
    expect(motif('The bee does not sleep.')).toBe('🐝');
  });
});

describe('The local image provider', () => {
  it('draws the same bytes for the same request, and different bytes for another scene', async () => {
    const first = await provider.draw(request(), never);
    expect(await provider.draw(request(), never)).toEqual(first);
    expect(Buffer.from((await provider.draw(request({ index: 2 }), never)).bytes).equals(first.bytes)).toBe(false);
  });

  it('draws a JPEG of the requested size', async () => {
    const { bytes, ...rest } = await provider.draw(request({ width: 720, height: 1280 }), never);
    expect(rest).toEqual({ contentType: 'image/jpeg', width: 720, height: 1280 });
    const image = await loadImage(bytes);
    expect([image.width, image.height]).toEqual([720, 1280]);
  });

  it('draws nothing once it is canceled', async () => {
    await expect(provider.draw(request(), AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELED' });
  });
});
