import { describe, expect, it } from 'vitest';
import { VISUAL_STYLES, visualStyleOf } from './visual-styles.ts';

describe('A visual style', () => {
  it.each(VISUAL_STYLES.map((style) => [style.name, style] as const))('is found by its name: %s', (name, style) => {
    expect(visualStyleOf(name)).toBe(style);
  });

  it.each([
    ['Warm watercolour, please', 'calm'],
    ['Nachrichten, kräftig und laut', 'bold news'],
    ['可愛的兒童繪本', "children's book"],
    ['un livre pour enfants', "children's book"],
    ['Acuarela suave', 'calm'],
    ['minimalista e limpo', 'minimal'],
    ['stile lussuoso e raffinato', 'elegant'],
    ['NEON and cyberpunk', 'tech'],
    ['復古海報', 'retro'],
    ['Wald und Garten', 'nature'],
    ['Zukunft', 'tech'],
  ])('is found by words of any language: %s', (text, name) => {
    expect(visualStyleOf(text)?.name).toBe(name);
  });

  it.each([undefined, '', 'xyzzy', '🎉', 'the way my aunt likes it'])('is none if nothing means one: %s', (text) => {
    expect(visualStyleOf(text)).toBeNull();
  });

  it('has four palettes and at least six sceneries, none of them twice', () => {
    const palettes = VISUAL_STYLES.flatMap(({ recipes }) => recipes.map(({ name }) => name));
    expect(palettes).toHaveLength(4 * VISUAL_STYLES.length);
    expect(new Set(palettes).size).toBe(palettes.length);
    for (const { sceneries } of VISUAL_STYLES) {
      expect(sceneries.length).toBeGreaterThanOrEqual(6);
      expect(new Set(sceneries).size).toBe(sceneries.length);
    }
  });

  it('is named by no word that means another style too', () => {
    const words = VISUAL_STYLES.flatMap((style) => [...new Set(style.words.split(' '))]);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });
});
