import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/drawing/colour.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import { layOutColumns } from '../../src/overlays/bars/columns-drawing.ts';
import type { BarsOverlay, Overlay } from '../../src/overlays/overlay.ts';
import type { OverlayTrack } from '../../src/overlays/overlay-track.ts';
import { layOutRows } from '../../src/overlays/rows/rows-layout.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { designCard } from '../../src/providers/local/cards/card-design.ts';
import { paintPicture } from '../../src/providers/local/cards/card-painter.ts';
import { sceneOverlays } from '../../src/providers/local/cards/scene-overlays.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { drawnTrack, inPixels } from '../helpers/media/overlays.ts';

const fonts = new FontBook();
const painter = new SkiaOverlayPainter(fonts);
const RATE = 25;

const SIZES = [
  [854, 480],
  [480, 854],
  [480, 480],
] as const;

/** One narration for each kind of content. */
const CONTENTS = [
  ['a number', 'en', 'Monarchs fly more than 4,000 kilometres to reach their winter home.'],
  ['a number in Chinese', 'zh-TW', '每年有超過四萬五千人來到這座城市。'],
  ['a year', 'en', 'In 1969 two people walked on the moon for the first time.'],
  ['bars', 'en', 'It was 12 percent in 1990, 25 percent in 2000 and 40 percent in 2010.'],
  ['a series', 'en', 'It was 10 % in 2000, 20 % in 2010 and 45 % in 2020.'],
  ['a series in Chinese', 'zh-TW', '2000年是10%，2010年是20%，2020年是45%。'],
  ['a list', 'en', 'What can you do? Plant native flowers. Do not use pesticides. Leave some wild corners.'],
  ['steps', 'de', 'Zuerst kocht das Wasser. Dann kommt der Reis in den Topf. Schließlich ruht alles zehn Minuten.'],
  ['an enumeration', 'fr', 'Il faut trois choses : de la farine, de l’eau et du sel.'],
  ['a quotation', 'en', '“A reef is a city under water,” says the biologist Anna Weber.'],
  [
    'a timeline',
    'en',
    'In 1903 two brothers flew for twelve seconds. Lindbergh crossed the ocean in 1927. In 1969, people walked on the Moon.',
  ],
  ['a timeline of clauses', 'en', 'The bridge was built in 1903, rebuilt in 1950 and closed in 1999.'],
  ['a timeline in Chinese', 'zh-TW', '1903年，萊特兄弟第一次飛行。1969年，人類登上月球。'],
  ['a definition', 'en', 'Photosynthesis is the process by which plants turn light, water and air into sugar.'],
  ['a definition in Chinese', 'zh-TW', '珊瑚礁是一種由許多小珊瑚蟲慢慢形成的海底結構。'],
  ['a question', 'en', 'Why do monarch butterflies fly so far south?'],
] as const;

const IN_TWO_PARTS = new Set<string>([
  'a number',
  'a number in Chinese',
  'a year',
  'bars',
  'a series',
  'a series in Chinese',
  'a definition',
  'a definition in Chinese',
]);

function request(narration: string, language: string, changes: Partial<ImageRequest> = {}): ImageRequest {
  const scene = { prompt: '', narration, title: 'A title', language, index: 1, count: 5, seed: 'content' };
  return { ...scene, width: 854, height: 480, captionSafeHeight: 0, ...changes };
}

function overlaysOf(asked: ImageRequest): readonly Overlay[] {
  return sceneOverlays(asked, constantVoice(asked.narration, asked.language), fonts).filter(
    ({ kind }) => kind !== 'motif',
  );
}

interface PaintedTrack extends OverlayTrack {
  readonly pixels: Uint8Array;
}

/** An overlay in a clip that begins with this frame of it and ends with the overlay; all of it by default. */
function trackOf(overlay: Overlay, size: { width: number; height: number }, first = 0): PaintedTrack {
  const end = framesOf(overlay) - first;
  const order = { overlay, frames: { start: -first, end }, leaves: false, clipFrames: end, size, frameRate: RATE };
  const { track, pixels } = drawnTrack(painter, order) ?? expect.fail('nothing is drawn');
  return { ...track, pixels };
}

/** Its last frame, which shows all of it. */
const endOf = (overlay: Overlay, size: { width: number; height: number }): PaintedTrack =>
  trackOf(overlay, size, framesOf(overlay) - 1);

function framesOf({ startSeconds, endSeconds }: Overlay): number {
  return Math.round((endSeconds - startSeconds) * RATE);
}

function kindsOf(narration: string, language = 'en'): string[] {
  return overlaysOf(request(narration, language)).map((one) =>
    one.kind === 'words' ? (one.mark ?? 'words') : one.kind,
  );
}

describe('What a beat is shown as', () => {
  it.each([
    ['a number', ['figure', 'words']],
    ['a number in Chinese', ['figure', 'words']],
    ['a year', ['figure', 'words']],
    ['bars', ['bars', 'words']],
    ['a series', ['bars', 'words']],
    ['a series in Chinese', ['bars', 'words']],
    ['a list', ['rows']],
    ['steps', ['rows']],
    ['an enumeration', ['rows']],
    ['a quotation', ['quotation']],
    ['a timeline', ['rows']],
    ['a timeline of clauses', ['rows']],
    ['a timeline in Chinese', ['rows']],
    ['a definition', ['words', 'words']],
    ['a definition in Chinese', ['words', 'words']],
    ['a question', ['question']],
  ])('follows from its content: %s', (name, kinds) => {
    const [, language, narration] = CONTENTS.find(([one]) => one === name) ?? expect.fail();
    expect(kindsOf(narration, language)).toEqual(kinds);
  });

  it('is a large number at most once in two consecutive beats', () => {
    const narration =
      'Farmers lost 40 percent of their hives in a single winter. A healthy hive holds about 50,000 bees in the summer. ' +
      'Each of the 20,000 species of bees needs its own flowers.';
    expect(kindsOf(narration)).toEqual(['figure', 'words', 'words', 'figure', 'words']);
  });

  it('is a list below the author’s heading, which stays', () => {
    const narration = 'Heat the pan. Stir the flour and the eggs. Turn the pancake once. Never turn it twice.';
    const [only, ...others] = overlaysOf(request(narration, 'en', { heading: 'How to make them' }));
    if (only?.kind !== 'rows') expect.fail('no rows');
    expect([only.lead, only.rows.length, only.startSeconds, others.length]).toEqual(['How to make them', 4, 0, 0]);
  });

  it('is steps below the author’s heading, which stays', () => {
    const [only, ...others] = overlaysOf(
      request(CONTENTS.find(([one]) => one === 'steps')?.[2] ?? '', 'de', { heading: 'Reis kochen' }),
    );
    if (only?.kind !== 'rows') expect.fail('no rows');
    expect([only.lead, only.isNumbered, only.startSeconds, others.length]).toEqual(['Reis kochen', true, 0, 0]);
  });

  it('is a sentence where its words are not covered by a font, or do not fit', () => {
    expect(kindsOf('Il faut trois choses : สวัสดี, du pain et du sel.', 'fr')).not.toContain('rows');
    const flat = request(CONTENTS[0][2], 'en', { width: 480, height: 480, captionSafeHeight: 260 });
    expect(overlaysOf(flat).map(({ kind }) => kind)).toEqual(['words']);
  });
});

describe('A number', () => {
  it('counts up from 0 in less than a second and ends as the author writes it', async () => {
    const [overlay = expect.fail()] = overlaysOf(request(CONTENTS[0][2], 'en'));
    const { play, frames } = trackOf(overlay, { width: 854, height: 480 });
    if (play.kind !== 'sequence') expect.fail('it does not move');
    expect(play.begins.length).toBeGreaterThan(15);
    expect(play.begins.at(-1)).toBeLessThanOrEqual(RATE);
    expect(frames.end - (play.begins.at(-1) ?? 0)).toBeGreaterThan(RATE / 2);
  });
});

describe('A series', () => {
  const [, language, narration] = CONTENTS.find(([one]) => one === 'a series') ?? expect.fail();

  function seriesOf(width: number, height: number): BarsOverlay {
    const [overlay] = overlaysOf(request(narration, language, { width, height }));
    return overlay?.kind === 'bars' ? overlay : expect.fail('no bars');
  }

  it('is columns with the amounts as they are written, each of which appears with its words', () => {
    const { form, bars } = seriesOf(854, 480);
    expect([form, ...bars.map(({ label, amount }) => `${label} ${amount}`)]).toEqual([
      'columns',
      '2000 10 %',
      '2010 20 %',
      '2020 45 %',
    ]);
    const { timings } = constantVoice(narration, language);
    for (const { amount, startSeconds } of bars) {
      const word = timings.find(({ textStart }) => textStart === narration.indexOf(amount));
      expect(Math.abs(startSeconds - (word?.startSeconds ?? Number.NaN))).toBeLessThan(0.51);
    }
  });

  it('is also one of several statements, each of which is below it while it is spoken', () => {
    const text = 'In 2000 the share was 10 percent. In 2010 it was 20 percent. In 2020 it was 45 percent.';
    const [chart, ...words] = overlaysOf(request(text, 'en'));
    if (chart?.kind !== 'bars') expect.fail('no bars');
    const statements = words.map((one) => (one.kind === 'words' ? one.words.headline : one.kind));
    expect(statements).toEqual([
      'In 2000 the share was 10 percent',
      'In 2010 it was 20 percent',
      'In 2020 it was 45 percent',
    ]);
    const { timings } = constantVoice(text, 'en');
    const spoken = timings.filter((one) => one.text === 'In').map(({ startSeconds }) => startSeconds);
    for (const [index, { startSeconds }] of words.entries()) {
      expect(Math.abs(startSeconds - (spoken[index] ?? Number.NaN))).toBeLessThan(0.11);
      expect(Math.abs((chart.bars[index]?.startSeconds ?? Number.NaN) - startSeconds)).toBeLessThan(0.01);
      expect(words[index + 1]?.startSeconds ?? chart.endSeconds).toBe(words[index]?.endSeconds);
    }
  });

  it('has its heights to scale from 0, inside its place, and no text over another', () => {
    for (const [width, height] of SIZES) {
      const overlay = seriesOf(width, height);
      const ctx = createCanvas(1, 1).getContext('2d');
      const box = inPixels(overlay.place.box, { width, height });
      const { columns, axis, amount } = layOutColumns({ ctx, fonts }, overlay, box, Math.min(width, height));
      const heights = columns.map((one) => one.box.height);
      expect(heights[0]).toBeCloseTo((10 / 45) * (heights[2] ?? 0), 3);
      expect(heights[1]).toBeCloseTo((20 / 45) * (heights[2] ?? 0), 3);
      for (const one of columns) expect(one.box.y + one.box.height).toBeCloseTo(axis.y, 3);
      expect(heights[2]).toBeGreaterThan(0.08 * Math.min(width, height));
      fonts.apply(ctx, amount);
      const widths = overlay.bars.map((bar) => ctx.measureText(bar.amount).width);
      const distance = (columns[1]?.centre ?? 0) - (columns[0]?.centre ?? 0);
      expect(Math.max(...widths)).toBeLessThan(distance);
    }
  });

  it.each([
    'It was 10 % in 2020, 20 % in 2010 and 45 % in 2000.',
    'It was 10 % in 2000 and 45 % in 2020.',
    'It had 1,200,000 visitors in 2000, 2,400,000 visitors in 2010 and 3,600,000 visitors in 2020.',
  ])('is bars below one another where columns do not fit or have no order: %s', (text) => {
    const bars = overlaysOf(request(text, 'en', { width: 854, height: 480 })).find(({ kind }) => kind === 'bars');
    expect(bars?.kind === 'bars' && bars.form).toBe('rows');
  });
});

describe('A timeline', () => {
  it('has a year and its words in each row, which appears when its first word is spoken', () => {
    const [, language, narration] = CONTENTS.find(([one]) => one === 'a timeline') ?? expect.fail();
    const [overlay] = overlaysOf(request(narration, language));
    if (overlay?.kind !== 'rows') expect.fail('no rows');
    expect(overlay.rows.map(({ label, text }) => `${label} ${text}`)).toEqual([
      '1903 two brothers flew for twelve seconds',
      '1927 Lindbergh crossed the ocean',
      '1969 people walked on the Moon',
    ]);
    const { timings } = constantVoice(narration, language);
    const spoken = ['In', 'Lindbergh', 'In'].map((word, index) => {
      const from = index === 2 ? narration.lastIndexOf(word) : narration.indexOf(word);
      return timings.find(({ textStart }) => textStart === from)?.startSeconds ?? Number.NaN;
    });
    for (const [index, { startSeconds }] of overlay.rows.entries())
      expect(Math.abs(startSeconds - (spoken[index] ?? Number.NaN))).toBeLessThan(0.11);
  });

  it('has its rows beside one another’s years, not over them', () => {
    const [, language, narration] = CONTENTS.find(([one]) => one === 'a timeline') ?? expect.fail();
    for (const [width, height] of SIZES) {
      const [overlay] = overlaysOf(request(narration, language, { width, height }));
      if (overlay?.kind !== 'rows') expect.fail('no rows');
      const ctx = createCanvas(1, 1).getContext('2d');
      const place = { ...overlay.place, box: inPixels(overlay.place.box, { width, height }) };
      const { labels, rows, fits } = layOutRows({ ctx, fonts }, overlay, place, Math.min(width, height));
      if (labels === null) expect.fail('no years');
      fonts.apply(ctx, labels.style);
      const widest = Math.max(...overlay.rows.map(({ label }) => ctx.measureText(label ?? '').width));
      expect([fits, rows.every(({ x }) => x > labels.x + widest)]).toEqual([true, true]);
    }
  });
});

describe('A statement whose parts appear one after the other', () => {
  it('is not joined with a short one beside it', () => {
    expect(kindsOf(`${CONTENTS.find(([one]) => one === 'a timeline of clauses')?.[2]} It still stands there.`)).toEqual(
      ['rows', 'words'],
    );
  });
});

describe('A definition', () => {
  it('follows its term when it is spoken, and both stay', () => {
    const [, language, narration] = CONTENTS.find(([one]) => one === 'a definition') ?? expect.fail();
    const [term, meaning] = overlaysOf(request(narration, language));
    if (term?.kind !== 'words' || meaning?.kind !== 'words') expect.fail('no words');
    expect([term.words.headline, term.startSeconds]).toEqual(['Photosynthesis', 0]);
    expect(meaning.words.headline).toBe('the process by which plants turn light, water and air into sugar');
    const word = constantVoice(narration, language).timings.find(({ text }) => text === 'the');
    expect(Math.abs(meaning.startSeconds - (word?.startSeconds ?? Number.NaN))).toBeLessThan(0.11);
    expect(term.endSeconds).toBe(meaning.endSeconds);
  });

  it('is one beat also where a sentence of its length would be divided', () => {
    const narration =
      'A glacier is a large mass of ice that lies on land for many years, moves slowly downhill, and carries rocks from the mountains.';
    const shown = overlaysOf(request(narration, 'en'));
    expect(shown.map((one) => one.kind === 'words' && one.words.headline)).toEqual([
      'A glacier',
      'a large mass of ice that lies on land for many years, moves slowly downhill, and carries rocks from the mountains',
    ]);
    const [, meaning] = shown;
    if (meaning?.kind !== 'words') expect.fail('no words');
    const times = [
      meaning.startSeconds,
      ...meaning.clauses.slice(1).map((one) => one.startSeconds),
      meaning.endSeconds,
    ];
    expect(Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toBeLessThan(6);
  });
});

describe('The rows of a list', () => {
  it('appear when they are spoken', () => {
    const [, language, narration] = CONTENTS.find(([one]) => one === 'a list') ?? expect.fail();
    const [overlay] = overlaysOf(request(narration, language));
    if (overlay?.kind !== 'rows') expect.fail('no rows');
    const { timings } = constantVoice(narration, language);
    for (const { text, startSeconds } of overlay.rows) {
      const word = timings.find(({ textStart }) => textStart === narration.indexOf(text));
      expect(Math.abs(startSeconds - (word?.startSeconds ?? Number.NaN))).toBeLessThan(0.11);
    }
  });
});

describe.each(SIZES)('In a frame of %i × %i', (width, height) => {
  const cases = CONTENTS.flatMap(([name, language, narration]) =>
    [0, 0.24].map((share) => ({ name, language, narration, share })),
  );

  it.each(cases)('$name stays 5 % from the edges and above captions of $share', async (one) => {
    const asked = request(one.narration, one.language, {
      width,
      height,
      captionSafeHeight: Math.round(height * one.share),
    });
    for (const overlay of overlaysOf(asked)) {
      const track = endOf(overlay, { width, height });
      expect(track.x).toBeGreaterThanOrEqual(width * 0.05 - 4);
      expect(track.y).toBeGreaterThanOrEqual(height * 0.05 - 4);
      expect(track.x + track.width).toBeLessThanOrEqual(width * 0.95 + 4);
      expect(track.y + track.height).toBeLessThanOrEqual(height * (one.share > 0 ? 1 - one.share : 0.95) + 4);
    }
  });

  it.each(cases.filter(({ name, share }) => IN_TWO_PARTS.has(name) && (share === 0 || width !== height)))(
    '$name has its parts apart, with captions of $share',
    async (one) => {
      const asked = request(one.narration, one.language, {
        width,
        height,
        captionSafeHeight: Math.round(height * one.share),
      });
      const [first, second] = overlaysOf(asked);
      if (first === undefined || second === undefined) expect.fail('one part');
      const [above, below] = [endOf(first, { width, height }), endOf(second, { width, height })];
      const inks = [inkRows(above), inkRows(below)];
      expect(inks[0]?.at(-1)).toBeLessThan(inks[1]?.[0] ?? 0);
    },
  );

  it.each(CONTENTS)('%s stands out from the picture behind it', async (_, language, narration) => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const asked = request(narration, language, { width, height, seed, captionSafeHeight: Math.round(height * 0.24) });
      const ctx = createCanvas(width, height).getContext('2d');
      paintPicture(ctx, designCard(asked), asked);
      for (const overlay of overlaysOf(asked)) {
        const track = endOf(overlay, { width, height });
        const ground = ctx.getImageData(track.x, track.y, track.width, track.height).data;
        expect(lowestContrast(lastPicture(track), ground)).toBeGreaterThanOrEqual(4.4);
      }
    }
  });
});

function lastPicture({ pixels, width, height }: PaintedTrack): Uint8Array {
  return pixels.subarray(pixels.length - 4 * width * height);
}

/** The rows of the frame in which the last picture has ink. */
function inkRows(track: PaintedTrack): number[] {
  const picture = lastPicture(track);
  const rows: number[] = [];
  for (let y = 0; y < track.height; y++) {
    const line = picture.subarray(4 * y * track.width, 4 * (y + 1) * track.width);
    if (line.some((value, at) => at % 4 === 3 && value > 128)) rows.push(track.y + y);
  }
  return rows;
}

/** Contrast of the opaque pixels to those below them, without the 2 % that are lowest, which are grain. */
function lowestContrast(picture: Uint8Array, ground: Uint8ClampedArray): number {
  const found: number[] = [];
  for (let at = 0; at < picture.length; at += 4 * 3)
    if (picture[at + 3] === 255) found.push(contrast(hexAt(picture, at), hexAt(ground, at)));
  return found.toSorted((a, b) => a - b)[Math.floor(found.length * 0.02)] ?? 0;
}

function hexAt(data: Uint8Array | Uint8ClampedArray, at: number): string {
  return `#${[0, 1, 2].map((part) => (data[at + part] ?? 0).toString(16).padStart(2, '0')).join('')}`;
}
