import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { CaptionPicture } from '../../src/media/captions/caption-painter.ts';
import { captionSafeHeight, SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import type { FrameSize } from '../../src/media/film/film.ts';

const painter = new SkiaCaptionPainter(new FontBook());

const SIZES: readonly FrameSize[] = [480, 720, 1080].flatMap((short) => {
  const long = 2 * Math.round((short * 8) / 9);
  return [
    { width: long, height: short },
    { width: short, height: long },
    { width: short, height: short },
  ];
});

const TEXTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['one short word', 'en', ['Yes.']],
  [
    'two full lines',
    'en',
    ['They weigh less than a paper clip, yet they', 'cross four thousand kilometres every year.'],
  ],
  ['42 of the widest capitals', 'en', ['W'.repeat(42), 'M'.repeat(42)]],
  [
    '21 Chinese characters and emoji',
    'zh-TW',
    ['粉圓來自樹薯煮熟以後又軟又彈大家都愛這種口感', '珍珠奶茶 🧋👩‍💻 好喝！'],
  ],
  ['an unbroken line of 200 characters', 'en', ['x'.repeat(200)]],
];

function paint(lines: readonly string[], size: FrameSize, language = 'en'): Promise<CaptionPicture> {
  return painter.paint({ startSeconds: 0, endSeconds: 1, lines }, size, language);
}

async function pixelsOf({ png, width, height }: CaptionPicture): Promise<Uint8ClampedArray> {
  const ctx = createCanvas(width, height).getContext('2d');
  ctx.drawImage(await loadImage(png), 0, 0);
  return ctx.getImageData(0, 0, width, height).data;
}

describe('A caption picture', () => {
  const cases = TEXTS.flatMap(([name, language, lines]) => SIZES.map((size) => ({ name, language, lines, ...size })));

  it.each(cases)(
    'is inside the frame on even pixels: $name, $width × $height',
    async ({ language, lines, width, height }) => {
      const picture = await paint(lines, { width, height }, language);
      for (const value of [picture.x, picture.y, picture.width, picture.height]) expect(value % 2).toBe(0);
      expect(picture.width).toBeLessThanOrEqual(width * 0.9);
      expect(picture.x).toBeGreaterThanOrEqual(width * 0.045);
      expect(picture.x + picture.width).toBeLessThanOrEqual(width * 0.955);
      expect(picture.y + picture.height).toBeLessThanOrEqual(height * 0.945);
      expect(picture.y).toBeGreaterThanOrEqual(height - captionSafeHeight({ width, height }));
      const image = await loadImage(picture.png);
      expect([image.width, image.height]).toEqual([picture.width, picture.height]);
    },
  );

  it('has a margin around its words on the plate: no letter is cut off', async () => {
    const picture = await paint(['W'.repeat(42), 'gjpqÅÄ Ñ'], { width: 720, height: 1280 });
    const pixels = await pixelsOf(picture);
    const isWhite = (x: number, y: number): boolean => (pixels[(y * picture.width + x) * 4] ?? 0) > 128;
    const columns = [0, 1, 2, picture.width - 3, picture.width - 2, picture.width - 1];
    for (let y = 0; y < picture.height; y++) for (const x of columns) expect(isWhite(x, y)).toBe(false);
    for (let x = 0; x < picture.width; x++)
      for (const y of [0, 1, picture.height - 2, picture.height - 1]) expect(isWhite(x, y)).toBe(false);
  });

  it('is transparent around the plate, dark on it, and white at the words', async () => {
    const picture = await paint(['Hello'], { width: 1280, height: 720 });
    const pixels = await pixelsOf(picture);
    expect(pixels[3]).toBeLessThan(30);
    const middle = (Math.floor(picture.height / 2) * picture.width + 4) * 4;
    expect(pixels[middle + 3]).toBeGreaterThan(170);
    expect(pixels[middle]).toBeLessThan(30);
    expect(pixels.some((value, at) => at % 4 === 0 && value > 250)).toBe(true);
  });

  it('is only as large as its words', async () => {
    const [short, long] = [
      await paint(['Hi'], { width: 1280, height: 720 }),
      await paint(['Hi there, all of you'], { width: 1280, height: 720 }),
    ];
    expect(short.width).toBeLessThan(long.width);
    expect(short.height).toBe(long.height);
  });

  it('is higher in a tall frame, above a phone’s buttons', async () => {
    const picture = await paint(['Hello'], { width: 1080, height: 1920 });
    expect(picture.y + picture.height).toBeLessThanOrEqual(1920 * 0.8);
  });

  it('keeps emoji in colour', async () => {
    const pixels = await pixelsOf(await paint(['🎉'], { width: 1280, height: 720 }));
    expect(pixels.some((red, at) => at % 4 === 0 && red > 200 && (pixels[at + 2] ?? 0) < 90)).toBe(true);
  });

  it('is the same for the same cue', async () => {
    const size = { width: 1280, height: 720 };
    expect(await paint(['Same'], size)).toEqual(await paint(['Same'], size));
  });

  it('is refused without words', async () => {
    await expect(paint(['  '], { width: 1280, height: 720 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
