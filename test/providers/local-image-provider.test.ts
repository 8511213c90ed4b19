import { loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/drawing/colour.ts';
import { type CardDesign, designCard } from '../../src/providers/local/cards/card-design.ts';
import { LocalImageProvider } from '../../src/providers/local/cards/local-image-provider.ts';
import { LOOK_NAMES, SETTINGS } from '../../src/providers/local/cards/look/scene-look.ts';
import { STYLE_NAMES, VISUAL_STYLES } from '../../src/providers/local/cards/look/visual-styles.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { imageRequest } from '../helpers/media/image-request.ts';

const provider = new LocalImageProvider();
const never = new AbortController().signal;

describe('The cards of one video', () => {
  function designs(seed: string, count: number): CardDesign[] {
    return Array.from({ length: count }, (_, index) => designCard(imageRequest({ seed, index, count })));
  }

  it('have different grounds in consecutive scenes, twenty of them, and no recurring order over 60 scenes', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const names = designs(seed, 60).map((design) => design.scenery.name);
      for (const [index, name] of names.entries()) expect(name).not.toBe(names[index + 1]);
      expect(new Set(names).size).toBeGreaterThanOrEqual(20);
      const triples = names.slice(2).map((last, index) => [names[index], names[index + 1], last].join());
      expect(new Set(triples).size).toBe(triples.length);
    }
  });

  it('end with words in the centre only where the last scene is short and names nothing to see', () => {
    const lastKind = (narration: string) => designCard(imageRequest({ narration, index: 4, count: 5 })).kind;
    expect(lastKind('No one may burn leaves.')).toBe('closing');
    expect(lastKind('借錢投資的人應該先還錢。')).toBe('closing');
    expect(lastKind('Bees dance in the dark.')).toBe('middle');
    expect(
      lastKind('Sea turtles rest in the tide pools. Do not touch them. For help call the ranger at the pier.'),
    ).toBe('middle');
    expect(lastKind('海龜常在潮間帶休息，請不要觸摸，也不要餵食。需要幫助時，請到碼頭找巡守員。')).toBe('middle');
  });

  it('vary in colours and side', () => {
    const cards = designs('one', 20);
    expect(new Set(cards.map(({ scheme }) => scheme.background)).size).toBe(3);
    const sides = cards.slice(0, -1).map(({ composition }) => composition.focus.x > 427);
    expect(sides.filter((side, index) => side === sides[index + 1]).length).toBeGreaterThan(0);
    expect(sides.some((side, index) => side === sides[index + 1] && side === sides[index + 2])).toBe(false);
  });

  it('follow the settings and colours of their prompts', () => {
    const cardFor = (prompt: string, changes: Partial<ImageRequest> = {}) =>
      designCard(imageRequest({ prompt, index: 2, ...changes }));
    const atSea = ['waves', 'bokeh'];
    expect(atSea).toContain(cardFor('a ship on the sea').scenery.name);
    expect(atSea).toContain(cardFor('Ein Schiff auf dem Meer', { language: 'de' }).scenery.name);
    expect(['skyline', 'horizon']).toContain(cardFor('夜晚的城市', { language: 'zh-TW' }).scenery.name);
    expect(cardFor('a portrait, city', { visualStyle: 'city' }).scenery).toBe(cardFor('').scenery);
    const plain = cardFor('');
    expect(cardFor('night').scheme).toEqual(plain.palette.night);
    expect(cardFor('fresh snow').scheme).toEqual(plain.palette.paper);
    expect(cardFor('sunset orange').scheme.background).not.toBe(plain.scheme.background);
    expect(cardFor('', { visualStyle: 'red' }).scheme).toEqual(cardFor('red').scheme);
  });

  it('differ from one scene at the sea to the next', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const names = Array.from({ length: 20 }, (_, index) => {
        const prompt = index % 3 > 0 ? 'the sea' : '';
        return designCard(imageRequest({ seed, index, count: 30, prompt })).scenery.name;
      });
      for (const [index, name] of names.entries()) expect(name).not.toBe(names[index + 1]);
    }
  });

  it('have sceneries of a setting only at even or only at odd places', () => {
    const odd = new Set(SETTINGS.flatMap((setting) => setting.odd));
    expect(SETTINGS.flatMap((setting) => setting.even).filter((scenery) => odd.has(scenery))).toEqual([]);
  });

  it('have words that stand out from every colour that a prompt may name', () => {
    for (const prompt of LOOK_NAMES)
      for (let at = 0; at < 12; at++) {
        const visualStyle = STYLE_NAMES[at % STYLE_NAMES.length] ?? '';
        const { scheme } = designCard(imageRequest({ prompt, index: 2, seed: `v${at}`, visualStyle }));
        for (const background of [scheme.background, scheme.backgroundEnd]) {
          expect(contrast(scheme.ink, background)).toBeGreaterThanOrEqual(6);
          expect(contrast(scheme.soft, background)).toBeGreaterThanOrEqual(4.5);
        }
      }
  });

  it.each(VISUAL_STYLES.map((style) => [style.name, style] as const))('are those of the style: %s', (name, style) => {
    const cards = Array.from({ length: 30 }, (_, at) =>
      designCard(imageRequest({ seed: `v${at}`, index: at % 5, visualStyle: name })),
    );
    const palettes = new Set(cards.map(({ palette }) => palette.name));
    expect([...palettes].toSorted()).toEqual(style.recipes.map((recipe) => recipe.name).toSorted());
    for (const { scenery, kind } of cards) if (kind !== 'closing') expect(style.sceneries).toContain(scenery);
  });

  it('share one palette', () => {
    expect(new Set(designs('one', 12).map((design) => design.palette.name)).size).toBe(1);
  });

  it('differ in palette from video to video', () => {
    const names = Array.from({ length: 40 }, (_, at) => designs(`video ${at}`, 1)[0]?.palette.name);
    expect(new Set(names).size).toBeGreaterThanOrEqual(6);
  });
});

describe('The local image provider', () => {
  it('draws the same bytes for the same request, and different bytes for another scene', async () => {
    const first = await provider.draw(imageRequest(), never);
    expect(await provider.draw(imageRequest(), never)).toEqual(first);
    expect(Buffer.from((await provider.draw(imageRequest({ index: 2 }), never)).bytes).equals(first.bytes)).toBe(false);
  });

  it('draws a JPEG of the requested size', async () => {
    const { bytes, ...rest } = await provider.draw(imageRequest({ width: 720, height: 1280 }), never);
    expect(rest).toEqual({ contentType: 'image/jpeg', width: 720, height: 1280, hasRoomForWords: true });
    const image = await loadImage(bytes);
    expect([image.width, image.height]).toEqual([720, 1280]);
  });

  it('draws nothing once it is canceled', async () => {
    await expect(provider.draw(imageRequest(), AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELED' });
  });
});
