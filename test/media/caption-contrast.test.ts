import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/drawing/colour.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import { captionMetrics } from '../../src/media/captions/caption-area.ts';
import { cuesFor } from '../../src/media/captions/cues.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import type { CaptionStyle } from '../../src/media/film/film.ts';
import { STYLE_NAMES } from '../../src/providers/local/cards/look/visual-styles.ts';
import { PALETTE_NAMES, paletteAt } from '../../src/providers/local/cards/palettes.ts';
import { highlightOf } from '../../src/providers/local/cards/video-palette.ts';
import { byClause, byWord } from '../helpers/media/spoken-units.ts';
import { type Ground, letterContrast, outlined, type Rgb } from '../helpers/media/text-contrast.ts';

const WHITE: Rgb = [255, 255, 255];
const DARK: Rgb = [10, 12, 20];

function rgbOf(hex: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red, green, blue];
}

/** Pixels without any relation, the worst that a photo can be; the same ones each time. */
const noise: Ground = (x, y) => {
  const at = (index: number) =>
    Math.floor(256 * Math.abs(Math.sin(x * 12.9898 + y * 78.233 + index * 37.719) * 43758.5453)) % 256;
  return [at(0), at(1), at(2)];
};

const PALETTES = PALETTE_NAMES.map((_, at) => paletteAt(at));
/** Eight of them, because each colour takes long. */
const COLOURS = PALETTES.filter((_, at) => at % 5 === 0).flatMap(({ night, paper, bold }) =>
  [night, paper, bold].flatMap((scheme) => [scheme.background, scheme.backgroundEnd, scheme.body, ...scheme.accents]),
);
const GROUNDS: readonly Ground[] = ['#ffffff', '#000000', ...new Set(COLOURS)]
  .map((colour): Ground => {
    const rgb = rgbOf(colour);
    return () => rgb;
  })
  .concat(noise);

const TEXTS = { en: 'Look at the sea', 'zh-TW': '大海每天兩次爬上沙灘' } as const;

async function paint(style: CaptionStyle, language: keyof typeof TEXTS, at = 0) {
  const size = { width: 480, height: 854 };
  const { area, fontSize } = captionMetrics(size, style);
  const text = TEXTS[language];
  const [cue] = cuesFor(language === 'en' ? byWord(text) : byClause(text), text, language);
  if (!cue) throw new Error('There is no cue.');
  const look = { style, highlight: '#ffcc00' };
  const pictures = await new SkiaCaptionPainter(new FontBook()).paint({ cue, size, language, look });
  const picture = pictures[at];
  if (!picture) throw new Error('There is no picture.');
  // The plate reaches 0.16 em beyond the letters at least; of its outermost pixel a part is the ground.
  return { letters: { ...picture, ...area }, reach: Math.floor(0.15 * fontSize) };
}

describe('The letters of captions', () => {
  it.each([
    ['BLOCK', 'en'],
    ['BLOCK', 'zh-TW'],
    ['WORD_HIGHLIGHT', 'en'],
    ['WORD_HIGHLIGHT', 'zh-TW'],
  ] as const)('have a contrast of 4.5 on every ground: %s, %s', async (style, language) => {
    const { letters, reach } = await paint(style, language);
    const white = outlined(letters, WHITE, reach);
    for (const ground of GROUNDS) expect(letterContrast(white, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('are whole beside the mark, where no space parts them from it', async () => {
    // Three words, of which each is marked once.
    const pictures = await Promise.all(
      [0, 1, 2].map(async (at) => {
        const { rgba } = (await paint('WORD_HIGHLIGHT', 'zh-TW', at)).letters;
        return Array.from({ length: rgba.length / 4 }, (_, pixel) => rgba.subarray(4 * pixel, 4 * pixel + 3));
      }),
    );
    const [first = [], second = [], third = []] = pictures;
    const isWhite = (colours: Uint8Array = new Uint8Array(3)): boolean => Math.min(...colours) > 240;
    const neighbours = second.filter((_, at) => isWhite(first[at]) !== isWhite(third[at]));
    const cut = neighbours.filter(([red = 0, , blue = 0]) => red > 200 && blue < 128);
    expect(neighbours.length).toBeGreaterThan(500);
    expect(cut).toHaveLength(0);
  });

  it('have a contrast of 4.5 on the mark', async () => {
    const { letters } = await paint('WORD_HIGHLIGHT', 'en');
    const { rgba } = letters;
    // Only the mark and what is on it: the outlines of the other words are as dark as the letters on it.
    const onMark = rgba.slice();
    for (let row = 0; row < letters.height; row += 1) {
      const marked = Array.from({ length: letters.width }, (_, x) => (row * letters.width + x) * 4).filter(
        (at) => (rgba[at] ?? 0) > 250 && (rgba[at + 1] ?? 0) === 204 && (rgba[at + 2] ?? 0) < 5,
      );
      const [first = Number.POSITIVE_INFINITY, last = -1] = [marked[0], marked.at(-1)];
      for (let x = 0; x < letters.width; x += 1) {
        const at = (row * letters.width + x) * 4;
        if (at < first || at > last) onMark.set([255, 204, 0, 255], at);
      }
    }
    const dark = outlined({ ...letters, rgba: onMark }, DARK, 3);
    expect(letterContrast(dark, () => WHITE)).toBeGreaterThanOrEqual(4.5);
  });

  it('have a contrast of 7 on the mark of every palette', () => {
    const styles = [undefined, ...STYLE_NAMES];
    const marks = new Set(
      styles.flatMap((style) => Array.from({ length: 60 }, (_, at) => highlightOf(`video ${at}`, style))),
    );
    expect(marks.size).toBeGreaterThanOrEqual(PALETTES.length * 0.8);
    for (const mark of marks) expect(contrast(mark, '#0a0c14')).toBeGreaterThanOrEqual(7);
  });
});
