import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { imageRequest } from '../helpers/media/image-request.ts';
import { layOutOverlay } from '../helpers/media/overlays.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';
import { headlinesOf, overlaysOf, wordsOf } from './overlays-of-scenes.ts';

const fonts = new FontBook();
const painter = new SkiaOverlayPainter(fonts);

const SIZES = [
  [854, 480],
  [480, 854],
  [480, 480],
  [1280, 720],
] as const;

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
  ['an icon', { narration: 'The company raised its prices.' }],
  ['the closing card', { index: 4, narration: 'If you plant milkweed in your garden, the journey goes on.' }],
];

/** Nothing of them can be written, and they name nothing. */
const WITHOUT_WORDS = new Set(['nothing at all', 'only punctuation', 'Hebrew']);

describe('What lies over a picture', () => {
  const cases = AWKWARD.flatMap(([name, changes]) =>
    SIZES.flatMap(([width, height]) => [0, 0.26].map((share) => ({ name, changes, width, height, share }))),
  );

  it.each(cases)(
    'stays 5 % from the edges and above the captions in every frame: $name, $width × $height, captions $share',
    ({ name, changes, width, height, share }) => {
      const asked = imageRequest({ ...changes, width, height, captionSafeHeight: Math.round(height * share) });
      const size = { width, height };
      const overlays = overlaysOf(asked);
      expect(overlays.length === 0).toBe(WITHOUT_WORDS.has(name));
      for (const overlay of overlays) {
        const order = { overlay, frames: { start: 0, end: 30 }, leaves: true, clipFrames: 30, size, frameRate: 25 };
        const track = painter.draw(order)?.track;
        if (track === undefined) continue;
        expect([track.x % 2, track.y % 2, track.width % 2, track.height % 2]).toEqual([0, 0, 0, 0]);
        // Pixels are even, and letters have soft edges.
        const spare = 4;
        expect(track.x).toBeGreaterThanOrEqual(width * 0.05 - spare);
        expect(track.y).toBeGreaterThanOrEqual(height * 0.05 - spare);
        expect(track.x + track.width).toBeLessThanOrEqual(width * 0.95 + spare);
        expect(track.y + track.height).toBeLessThanOrEqual(height * (share > 0 ? 1 - share : 0.95) + spare);
      }
    },
  );

  it('never shows two headlines at once, and something new at least every six seconds', () => {
    const narration =
      'Bees pollinate a third of the food we eat, from the apples in the garden to the almonds of a whole continent. ' +
      'Without them, coffee would be rare! Is that so? It is. In many cities people plant flowers on their balconies, ' +
      'farmers leave strips of meadow between their fields, and schools keep hives so that children can watch them.';
    const shown = wordsOf({ narration });
    expect(shown.length).toBeGreaterThan(4);
    for (const [index, { startSeconds }] of shown.entries())
      if (index > 0)
        expect(startSeconds).toBeGreaterThanOrEqual(shown[index - 1]?.endSeconds ?? Number.POSITIVE_INFINITY);
    const changes = shown.flatMap(({ startSeconds, clauses }) => [
      startSeconds,
      ...clauses.map((one) => one.startSeconds),
    ]);
    const times = [...changes, constantVoice(narration, 'en').durationSeconds].toSorted((a, b) => a - b);
    const longest = Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
    expect(longest).toBeLessThanOrEqual(6);
  });

  it('is the title first on a title card', () => {
    expect(headlinesOf({ index: 0 })[0]).toBe('The long journey of the monarch butterfly');
  });

  it('is the author’s heading first, and the narration after it', () => {
    const narration =
      'Plants need light, water, air and a few minerals. Soil holds their roots and keeps the rain for them.';
    expect(headlinesOf({ heading: 'What plants need', narration })).toEqual([
      'What plants need',
      'Plants need light, water, air and a few minerals',
      'Soil holds their roots and keeps the rain for them',
    ]);
  });

  it('is the author’s whole sentence, without the emoji around it', () => {
    expect(headlinesOf({ narration: '🎉 Do not drink it. 🎉' })).toContain('Do not drink it');
    expect(headlinesOf({ narration: 'I ❤️ New York.' })).toEqual(['I ❤️ New York']);
    expect(headlinesOf({ narration: '🚫 Smoking in the garden' })).toEqual(['🚫 Smoking in the garden']);
  });

  it('is never a sentence with a word left out that no bundled font has', () => {
    expect(headlinesOf({ narration: 'This is ไม่ dangerous. The tree has apples.' })).toEqual(['The tree has apples']);
  });

  it('has no words that no bundled font can draw', () => {
    expect(headlinesOf({ index: 2, language: 'th', narration: 'สวัสดีชาวโลก' }).join('')).toBe('');
  });

  it('is large: a short headline takes more than a tenth of the height', () => {
    const [overlay = expect.fail()] = wordsOf({ narration: 'Drink nectar.' });
    const blocks = layOutOverlay(overlay, { width: 854, height: 480 }, fonts);
    expect(blocks.find((block) => block.role === 'headline')?.style.size).toBeGreaterThan(48);
  });

  it('has the letters and the transitions of the visual style', () => {
    const sized = (visualStyle: string) => {
      const [overlay = expect.fail()] = wordsOf({ narration: 'Drink nectar.', visualStyle });
      const blocks = layOutOverlay(overlay, { width: 854, height: 480 }, fonts);
      const { size = 0, weight } = blocks.find((block) => block.role === 'headline')?.style ?? {};
      return { size, weight, transitions: overlay.transitions };
    };
    const [news, calm] = [sized('bold news'), sized('calm')];
    expect([news.weight, calm.weight]).toEqual([900, 500]);
    expect(news.size).toBeGreaterThan(calm.size * 1.15);
    expect([news.transitions, calm.transitions]).toEqual([
      ['push', 'band'],
      ['fade', 'cover'],
    ]);
    expect(sized('xyzzy').transitions).toBeUndefined();
  });

  it.each([
    [
      'en',
      'Morning',
      'Open all of the windows for ten minutes.',
      'The air of the night leaves all of the rooms, and no guest has a headache at work.',
    ],
    [
      'es',
      'Por la mañana',
      'Abre todas las ventanas diez minutos.',
      'El aire de la noche sale de la casa, y a nadie le duele la cabeza en el trabajo.',
    ],
    ['zh-TW', '早上', '把所有窗戶打開十分鐘。', '夜裡的空氣會離開屋子，這樣大家上班的時候都很有精神。'],
  ])('is a short first statement after its heading: %s', (language, heading, first, second) => {
    const narration = `${first} ${second}`;
    const shown = headlinesOf({ language, heading, narration, captionSafeHeight: 120 });
    expect(shown.slice(0, 2)).toEqual([heading, first.slice(0, -1)]);
  });

  it.each([
    ['en', 'The lighthouse keeper had a goat\nIt would not swim, it had no boat'],
    ['de', 'Der Mond ist aufgegangen\nDie goldnen Sternlein prangen'],
    ['zh-TW', '夏天到了\n知了在樹上唱歌\n阿公搖著扇子'],
  ])('has all lines of a poem that are shown together, each as a line: %s', async (language, narration) => {
    const overlays = wordsOf({ language, narration, heading: '' });
    expect(overlays.map(({ words }) => words.headline).join('\n')).toBe(narration);
  });

  it.each([
    [
      'de',
      '– Komm her, sagte Anna. – Hab keine Angst, flüsterte er.',
      ['Komm her', '– Anna', 'Hab keine Angst', '– flüsterte er'],
    ],
    [
      'fr',
      '— Viens ici, dit Anna. — J’ai peur du noir, dit-il.',
      ['Viens ici', '– Anna', 'J’ai peur du noir', '– dit-il'],
    ],
    ['es', '—Ven aquí —dijo Ana. —Tengo miedo —dijo él.', ['Ven aquí', '– Ana', 'Tengo miedo', '– dijo él']],
    [
      'it',
      '— Vieni qui, — disse Anna. — Ho paura — disse il bambino.',
      ['Vieni qui', '– Anna', 'Ho paura', '– il bambino'],
    ],
    ['pt', '— Vem cá — disse Ana. — Tenho medo — disse ela.', ['Vem cá', '– Ana', 'Tenho medo', '– disse ela']],
  ])(
    'is each line of a dialogue as a quotation with its speaker, also on the last card: %s',
    (language, narration, shown) => {
      for (const index of [2, 4]) {
        const overlays = wordsOf({ language, narration, index });
        const lines = overlays.flatMap(({ words: { headline, secondary } }) => [headline, secondary]);
        // Where there is no room below a large mark, the words are between marks.
        expect(lines.map((line) => line.replace(/^[„«“]\s?|\s?[“»”]$/gu, ''))).toEqual(shown);
        const areMarked = overlays.map(({ mark, words }) => mark === 'quotation' || /^[„«“]/u.test(words.headline));
        expect(areMarked).toEqual([true, true]);
      }
    },
  );

  it('is the author’s heading alone above captions, which show the sentence that is otherwise below it', () => {
    const asked = { narration: 'A bee visits the flowers.', heading: 'In the garden' };
    const linesOf = (captionSafeHeight: number) =>
      wordsOf({ ...asked, captionSafeHeight }).map(({ words }) => [words.headline, words.secondary]);
    expect(linesOf(0)).toEqual([['In the garden', 'A bee visits the flowers']]);
    expect(linesOf(120)).toEqual([['In the garden', '']]);
  });
});

const WIDE = { width: 1280, height: 720 };

describe('A section that begins in the title scene', () => {
  it.each([
    ['pt', 'Segurança na obra', 'Capacete', 'Capacete. Use sempre. Limpe todos os dias. Troque a cada 3 anos.'],
    ['en', 'Safety on site', 'Helmet', 'Helmet. Wear it always. Clean it daily. Replace it every year.'],
    ['zh-TW', '工地安全', '安全帽', '安全帽。進門就要戴好。每天都要擦一擦。每年都要換一頂。'],
  ])('has its heading above its list, after the title: %s', (language, title, heading, narration) => {
    const leads = Array.from({ length: 6 }, (_, seed) => {
      const request = imageRequest({ index: 0, language, title, heading, narration, seed: `${seed}`, ...WIDE });
      const shown = sceneOverlays(request, constantVoice(narration, language), fonts);
      const [first] = shown.filter(({ kind }) => kind === 'words' || kind === 'rows');
      expect(first?.kind === 'words' ? first.words.headline : '').toBe(title);
      return shown.flatMap((one) => (one.kind === 'rows' ? [one.lead] : []));
    });
    expect(leads.flat()).toContain(heading);
  });
});

describe('A title scene', () => {
  const scene = { index: 0, count: 4, width: 1280, height: 720, captionSafeHeight: 118 };

  it.each([
    ['de', 'Omas Suppe', 'Zutaten: 1 kg mehlige Kartoffeln. ½ TL Salz. 1,5 l Brühe. 2 EL Öl, kein Olivenöl.', 4],
    ['en', 'Camping', 'What you need: A tent. A map. Warm socks. A torch.', 4],
  ])('shows a list below its title as a list, in %s: %s', (language, title, narration, rows) => {
    const overlays = overlaysOf({ ...scene, language, title, narration });
    const [heading, list] = overlays.filter(({ kind }) => kind === 'words' || kind === 'rows');
    expect(heading?.kind === 'words' ? heading.words : null).toMatchObject({ headline: title, secondary: '' });
    expect(list?.kind === 'rows' ? list.rows.length : 0).toBe(rows);
    expect(list?.startSeconds).toBeGreaterThan(1.5);
    expect(list?.startSeconds).toBeLessThanOrEqual(2);
  });

  it.each([
    [
      'zh-TW',
      '老橋將封閉',
      '縣府昨（5）日宣布，月牙橋自1月20日起封閉九週，因為檢查人員在兩根吊索上發現裂縫。',
      '縣府昨（5）日宣布…',
    ],
    [
      'en',
      'Bridge to close',
      'The county said on Monday, after a long debate of the council, that the old bridge will be closed to all cars.',
      'The county said on Monday…',
    ],
  ])(
    'shows no part of a sentence below its title, and none for a moment after it, in %s: %s',
    (language, title, narration, part) => {
      const shown = wordsOf({ ...scene, language, title, narration });
      expect(shown[0]?.words).toMatchObject({ headline: title, secondary: '' });
      expect(shown[1]?.words.headline).not.toBe(part);
    },
  );
});

describe('A title that is spoken as the first line of its scene', () => {
  it('is shown once, and what follows it is shown alone', () => {
    const title = 'Moving without stress';
    const shown = headlinesOf({
      title,
      narration: `${title}\nStart packing three weeks early. Label every box.`,
      index: 0,
    });
    expect(shown[0]).toBe(title);
    expect(shown.slice(1).filter((headline) => headline.includes(title))).toEqual([]);
    expect(shown[1]).toContain('Start packing three weeks early');
  });
});
