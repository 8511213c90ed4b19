import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { designCard } from '../../src/providers/local/cards/card-design.ts';
import { isWide } from '../../src/providers/local/cards/composition.ts';
import { sceneDesign } from '../../src/providers/local/cards/scene-overlays.ts';
import { sceneryNamed } from '../../src/providers/local/cards/scenery/all-sceneries.ts';
import type { ImageRequest, SceneDesign } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { imageRequest } from '../helpers/media/image-request.ts';

const fonts = new FontBook();
const SEEDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** One paragraph in each language: 35 to 50 s of speech. */
const LONG: readonly (readonly [language: string, narration: string])[] = [
  [
    'en',
    'A lighthouse is a tower with a bright lamp at the top. It guides ships at night and warns them of rocks. The oldest one that still works was built by the Romans in Spain. For centuries keepers lit wood or coal fires. Later they burned whale oil in large lamps. In 1822 a French engineer invented a lens made of many rings of glass. It turned a small flame into a beam that sailors could see from far away. Today the lamps are electric and switch themselves on. Most ships find their way by satellite. When the receiver fails, captains still look for the light on the shore.',
  ],
  [
    'de',
    'Ein Leuchtturm ist ein Turm mit einer hellen Lampe. Er führt Schiffe durch die Nacht und warnt vor Felsen. Den ältesten, der noch leuchtet, bauten die Römer in Spanien. Jahrhundertelang brannten oben Feuer aus Holz und Kohle. Später brannte Öl in großen Lampen. Ein Ingenieur erfand eine Linse aus vielen Ringen. Damit wurde aus einer kleinen Flamme ein weiter Strahl. Heute schalten sich die Lampen von selbst ein. Die meisten Schiffe finden ihren Weg mit Satelliten. Wenn das Gerät ausfällt, suchen sie wieder das Licht an der Küste.',
  ],
  [
    'zh-TW',
    '燈塔是一座頂端有明亮燈光的高塔。它在夜裡引導船隻，提醒船員避開礁石。最古老的一座位在西班牙，是羅馬人蓋的。幾百年來，守塔人燒木柴和煤炭。後來他們改用大油燈。一位法國工程師發明了由許多玻璃環組成的透鏡。小小的火焰因此變成很遠就看得見的光。今天的燈是電燈，天黑就會自己亮。大部分的船靠衛星找路。儀器壞掉的時候，船長還是會看岸上的光。',
  ],
];

function design(narration: string, language: string, changes: Partial<ImageRequest> = {}): SceneDesign {
  const asked = imageRequest({ prompt: '', title: 'Lighthouses', narration, language, ...changes });
  return sceneDesign(asked, constantVoice(narration, language), fonts);
}

/** The seconds at which the pictures of a scene begin, and its end. */
function changesOf({ grounds }: SceneDesign, narration: string, language: string): number[] {
  return [0, ...grounds.map(({ startSeconds }) => startSeconds), constantVoice(narration, language).durationSeconds];
}

describe('A long scene', () => {
  it.each(LONG)('shows no picture for longer than 14 s, and none for less than 4 s: %s', (language, narration) => {
    const changes = changesOf(design(narration, language), narration, language);
    const lengths = changes.slice(1).map((second, index) => second - (changes[index] ?? 0));
    expect(lengths.length).toBeGreaterThanOrEqual(3);
    for (const length of lengths) {
      expect(length).toBeLessThanOrEqual(14);
      expect(length).toBeGreaterThanOrEqual(4);
    }
  });

  it.each(LONG)('changes its picture where a sentence begins: %s', (language, narration) => {
    const sentences = Array.from(
      narration.matchAll(/(?:^|[.。] ?)(?=[^\s.。])/gu),
      ({ 0: mark, index }) => index + mark.length,
    );
    const begins = constantVoice(narration, language).timings.flatMap(({ textStart, startSeconds }) =>
      sentences.includes(textStart) ? [startSeconds] : [],
    );
    for (const { startSeconds } of design(narration, language).grounds) expect(begins).toContain(startSeconds);
  });

  it.each(LONG)('lays nothing over a change of its picture: %s', (language, narration) => {
    for (const seed of SEEDS) {
      const shown = design(narration, language, { seed });
      for (const { startSeconds } of shown.grounds)
        for (const overlay of shown.overlays)
          expect(overlay.startSeconds >= startSeconds || overlay.endSeconds <= startSeconds).toBe(true);
    }
  });

  it.each(LONG)('has words from the beginning of each picture to its end: %s', (language, narration) => {
    const shown = design(narration, language);
    const written = shown.overlays.filter(({ kind }) => ['words', 'rows', 'figure', 'bars', 'code'].includes(kind));
    for (const { startSeconds } of shown.grounds) {
      expect(written.map((overlay) => overlay.startSeconds)).toContain(startSeconds);
      expect(written.map((overlay) => overlay.endSeconds)).toContain(startSeconds);
    }
  });

  it('has another scenery, the words on the other side and the palette of the video after each change', () => {
    const [[language, narration] = expect.fail('no text')] = LONG;
    for (const seed of SEEDS) {
      const first = designCard(imageRequest({ prompt: '', title: 'Lighthouses', narration, language, seed }));
      const { grounds } = design(narration, language, { seed });
      const sceneries = [first.scenery.name, ...grounds.map(({ ground }) => ground.scenery)];
      expect(new Set(sceneries).size).toBe(sceneries.length);
      const sides = [first.composition, ...grounds.map(({ ground }) => ground.composition)].map(
        ({ words, focus }) => words.x < focus.x,
      );
      for (const [at, side] of sides.slice(1).entries()) expect(side).not.toBe(sides[at]);
      const schemes = [first.palette.night, first.palette.paper, first.palette.bold];
      for (const { ground } of grounds) expect(schemes).toContainEqual(ground.scheme);
    }
  });

  it('leaves its words at least the room for which they were divided', () => {
    const [[language, narration] = expect.fail('no text')] = LONG;
    for (const seed of SEEDS)
      for (const index of [1, 2, 3]) {
        const request = imageRequest({ prompt: '', title: 'Lighthouses', narration, language, seed, index });
        expect(isWide(request)).toBe(true);
        const { composition } = designCard(request);
        for (const { ground } of design(narration, language, { seed, index }).grounds) {
          expect(ground.composition.words.width).toBeGreaterThanOrEqual(composition.words.width - 1);
          expect(ground.composition.words.height).toBeGreaterThanOrEqual(composition.words.height - 1);
        }
      }
  });

  it('has other sceneries in each video and scene: none come in a fixed order', () => {
    const [[language, narration] = expect.fail('no text')] = LONG;
    const orders = SEEDS.flatMap((seed) =>
      [1, 2, 3].map((index) =>
        design(narration, language, { seed, index })
          .grounds.map(({ ground }) => ground.scenery)
          .join(),
      ),
    );
    expect(new Set(orders).size).toBeGreaterThan(orders.length * 0.75);
  });

  it('has quiet shapes only, and no shrill colour, where it is serious', () => {
    const narration = LONG[0]?.[1].replaceAll('lighthouse', 'war') ?? '';
    const changes = { title: 'The war at sea' };
    const quiet = ['slabs', 'ribbons', 'contours', 'pebbles', 'halftone', 'cutouts', 'panes', 'blueprint', 'bokeh'];
    for (const seed of SEEDS) {
      const { palette } = designCard(imageRequest({ ...changes, narration, seed, prompt: '' }));
      const { grounds } = design(narration, 'en', { ...changes, seed });
      expect(grounds.length).toBeGreaterThanOrEqual(2);
      for (const { ground } of grounds) {
        expect(quiet).toContain(ground.scenery);
        expect(ground.scheme).not.toEqual(palette.bold);
      }
    }
  });

  it('keeps the colour that its author asks for', () => {
    const [[language, narration] = expect.fail('no text')] = LONG;
    const asked = { prompt: 'a plain red background' };
    const { scheme } = designCard(imageRequest({ ...asked, title: 'Lighthouses', narration, language }));
    for (const { ground } of design(narration, language, asked).grounds) expect(ground.scheme).toEqual(scheme);
  });

  it('has only sceneries that can be painted', () => {
    const [[language, narration] = expect.fail('no text')] = LONG;
    for (const visualStyle of ['calm', 'bold news', 'for children'])
      for (const { ground } of design(narration, language, { visualStyle }).grounds)
        expect(sceneryNamed(ground.scenery).name).toBe(ground.scenery);
  });
});

describe('A scene of up to 14 s', () => {
  it('has one picture', () => {
    const narration =
      'A lighthouse is a tower with a bright lamp at the top. It guides ships at night and warns them of rocks.';
    expect(design(narration, 'en').grounds).toEqual([]);
  });
});
