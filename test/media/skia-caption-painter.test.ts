import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { captionMetrics } from '../../src/media/captions/caption-area.ts';
import type { CaptionPicture } from '../../src/media/captions/caption-painter.ts';
import { cuesFor } from '../../src/media/captions/cues.ts';
import { isEastAsian } from '../../src/media/captions/glyph-width.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import type { CaptionLook, Cue, FrameSize } from '../../src/media/film/film.ts';
import { BLOCK, cueOf, WORD_HIGHLIGHT } from '../helpers/media/media-fixtures.ts';
import { byClause, byWord } from '../helpers/media/spoken-units.ts';

const painter = new SkiaCaptionPainter(new FontBook());
const LANDSCAPE = { width: 1280, height: 720 };
const PORTRAIT = { width: 720, height: 1280 };

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
  ['long compounds', 'de', ['Donaudampfschifffahrtsgesellschaft und', 'Geschwindigkeitsbegrenzung.']],
  [
    '21 Chinese characters and emoji',
    'zh-TW',
    ['粉圓來自樹薯煮熟以後又軟又彈大家都愛這種口感', '珍珠奶茶 🧋👩‍💻 好喝！'],
  ],
  ['Arabic and Latin', 'ar', ['البحر يصعد الشاطئ مرتين كل يوم ثم يعود', 'وقد اشترى Apple iPhone 15 أمس.']],
  ['stacked accents', 'vi', ['Nguyễn Ấ Ổ Ữ ằẳẵ', 'gjpqy ÅÄÖ Ñ']],
  ['an unbroken line of 200 characters', 'en', ['x'.repeat(200)]],
];

const LOOKS: readonly CaptionLook[] = [BLOCK, WORD_HIGHLIGHT];

function paint(
  lines: readonly string[],
  size: FrameSize,
  look: CaptionLook,
  language = 'en',
): Promise<CaptionPicture[]> {
  return painter.paint({ cue: cueOf({ startSeconds: 1, endSeconds: 5, lines }), size, language, look });
}

/** Calls back for each pixel that is not transparent: its place, and its red, green and blue. */
function eachPixel(
  { rgba }: CaptionPicture,
  width: number,
  visit: (x: number, y: number, red: number, green: number, blue: number) => void,
): void {
  for (let at = 0; at < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) < 8) continue;
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    visit(x, y, rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0);
  }
}

const isWhite = (red: number, green: number, blue: number) => Math.min(red, green, blue) > 200;
/** Of #ffcc00, and its mixtures with dark letters. */
const isHighlight = (red: number, green: number, blue: number) => red > 200 && green > 160 && blue < 60;

describe('The pictures of a caption', () => {
  const cases = TEXTS.flatMap(([name, language, lines]) =>
    LOOKS.flatMap((look) => SIZES.map((size) => ({ name, language, lines, look, ...size, style: look.style }))),
  );

  it.each(cases)(
    'have the size of their place, and cut off no letter: $name, $style, $width × $height',
    async ({ language, lines, look, width, height }) => {
      const size = { width, height };
      const { area } = captionMetrics(size, look.style);
      const pictures = await paint(lines, size, look, language);
      expect(pictures[0]?.startSeconds).toBe(1);
      for (const picture of pictures) {
        expect(picture.rgba).toHaveLength(4 * area.width * area.height);
        let seen = 0;
        eachPixel(picture, area.width, (x, y, red, green, blue) => {
          if (isWhite(red, green, blue) || isHighlight(red, green, blue)) seen += 1;
          if (!isWhite(red, green, blue)) return;
          if (x < 2 || x >= area.width - 2 || y < 2 || y >= area.height - 2) expect.fail(`a letter at ${x}, ${y}`);
        });
        expect(seen).toBeGreaterThan(0);
      }
    },
  );

  it.each(LOOKS)('are the same for the same cue: $style', async (look) => {
    expect(await paint(['Same again'], PORTRAIT, look)).toEqual(await paint(['Same again'], PORTRAIT, look));
  });

  it.each(LOOKS)('keep emoji in colour: $style', async (look) => {
    const [picture = expect.fail()] = await paint(['🎉 Well'], LANDSCAPE, look);
    let blue = 0;
    eachPixel(picture, captionMetrics(LANDSCAPE, look.style).area.width, (_x, _y, r, _g, b) => {
      if (b > 150 && r < 100) blue += 1;
    });
    expect(blue).toBeGreaterThan(5);
  });

  it.each(LOOKS)('are refused without words: $style', async (look) => {
    for (const size of [LANDSCAPE, PORTRAIT])
      await expect(paint(['  '], size, look)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('A caption as a block', () => {
  it('is one picture in a wide frame, only as large as its words, at the bottom of its place', async () => {
    const { area } = captionMetrics(LANDSCAPE, 'BLOCK');
    const extentOf = async (lines: readonly string[]) => {
      const pictures = await paint(lines, LANDSCAPE, BLOCK);
      expect(pictures).toHaveLength(1);
      const [xs, ys]: [number[], number[]] = [[], []];
      eachPixel(pictures[0] ?? expect.fail(), area.width, (x, y) => {
        xs.push(x);
        ys.push(y);
      });
      const [first, last] = [xs, ys].map((values) => [
        values.reduce((a, b) => Math.min(a, b)),
        values.reduce((a, b) => Math.max(a, b)),
      ]);
      return { left: first?.[0] ?? 0, right: first?.[1] ?? 0, top: last?.[0] ?? 0, bottom: last?.[1] ?? 0 };
    };
    const [short, long, two] = [
      await extentOf(['Hi']),
      await extentOf(['Hi there, all of you']),
      await extentOf(['Hi', 'there']),
    ];
    expect(short.right - short.left).toBeLessThan(long.right - long.left);
    for (const { left, right, bottom } of [short, long, two]) {
      expect(Math.abs(left + right - area.width + 1)).toBeLessThanOrEqual(2);
      expect(bottom).toBe(area.height - 1);
    }
    expect(short.top).toBe(long.top);
    expect(two.top).toBeLessThan(short.top);
  });

  it('shows its words a few at a time in a tall frame, each when they are spoken', async () => {
    const text = 'Twice a day, on most coasts of the world, the sea climbs the shore.';
    const [cue = expect.fail()] = cuesFor(byWord(text), text, 'en');
    const pictures = await painter.paint({ cue, size: PORTRAIT, language: 'en', look: BLOCK });
    expect(pictures.length).toBeGreaterThan(1);
    const starts = cue.words.map((word) => word.startSeconds);
    for (const { startSeconds } of pictures) expect(starts).toContain(startSeconds);
  });
});

describe('A caption that marks its words', () => {
  const TALKS: readonly (readonly [language: string, text: string])[] = [
    ['en', 'Twice a day, on most coasts of the world, the sea climbs the shore and draws back.'],
    ['de', 'Die Donaudampfschifffahrtsgesellschaft meldet ca. 14 Mio. € Umsatz.'],
    ['zh-TW', '大海每天兩次爬上沙灘，停一會兒，再退回去。'],
    ['he', 'פעמיים ביום, ברוב חופי העולם, הים עולה על החוף ואז נסוג.'],
  ];
  const cuesIn = (language: string, text: string): Cue[] =>
    cuesFor(isEastAsian(language) ? byClause(text) : byWord(text), text, language);

  it.each(TALKS)('has a new picture when a word begins to be spoken, within a frame: %s', async (language, text) => {
    for (const cue of cuesIn(language, text)) {
      const pictures = await painter.paint({ cue, size: PORTRAIT, language, look: WORD_HIGHLIGHT });
      for (const word of cue.words.filter(({ startSeconds, endSeconds }) => endSeconds > startSeconds)) {
        const nearest = Math.min(...pictures.map(({ startSeconds }) => Math.abs(startSeconds - word.startSeconds)));
        expect(nearest).toBeLessThan(0.04);
      }
    }
  });

  it.each([...TALKS])('moves the mark in the direction of reading: %s', async (language, text) => {
    const { area } = captionMetrics(LANDSCAPE, 'WORD_HIGHLIGHT');
    const [cue = expect.fail()] = cuesIn(language, text);
    const pictures = await painter.paint({ cue, size: LANDSCAPE, language, look: WORD_HIGHLIGHT });
    const middles = pictures.map((picture) => {
      let [sum, count] = [0, 0];
      eachPixel(picture, area.width, (x, _y, red, green, blue) => {
        if (!isHighlight(red, green, blue)) return;
        sum += x;
        count += 1;
      });
      return sum / count;
    });
    const [first = 0, second = 0] = middles;
    if (language === 'he') expect(second).toBeLessThan(first);
    else expect(second).toBeGreaterThan(first);
  });

  it('marks one word at a time', async () => {
    const { area } = captionMetrics(PORTRAIT, 'WORD_HIGHLIGHT');
    const pictures = await paint(['Five small words are here'], PORTRAIT, WORD_HIGHLIGHT);
    expect(pictures).toHaveLength(5);
    const whites = pictures.map((picture) => {
      let count = 0;
      eachPixel(picture, area.width, (_x, _y, red, green, blue) => {
        if (isWhite(red, green, blue)) count += 1;
      });
      return count;
    });
    // Each picture lacks the white letters of another word.
    expect(new Set(whites).size).toBe(5);
  });
});
