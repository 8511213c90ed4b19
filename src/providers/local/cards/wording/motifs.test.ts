import { describe, expect, it } from 'vitest';
import { motifFor } from './motifs.ts';

describe('The motif', () => {
  it('is the complete emoji that the author wrote', () => {
    expect(motifFor('Bees at work 👩🏽‍💻 and 🎉', 'en')).toBe('👩🏽‍💻');
  });

  it('is found by an English name, singular or plural', () => {
    expect(motifFor('A bee lands.', 'en')).toBe('🐝');
    expect(motifFor('Bees land.', 'en')).toBe('🐝');
  });

  it('is not found by a word inside another', () => {
    expect(motifFor('A beer in the wanton scatter', 'en')).toBeNull();
  });

  it('is found by a Chinese name in both scripts', () => {
    expect(motifFor('一杯珍珠奶茶', 'zh')).toBe('🧋');
    expect(motifFor('去图书馆阅读', 'zh')).toBe('📖');
  });

  it('is not found by an English word in another language, where it may mean something else', () => {
    expect(motifFor('Diese Art ist selten.', 'de')).toBeNull();
    expect(motifFor('De boten 🐝 varen.', 'nl')).toBe('🐝');
    expect(motifFor('De kat drinkt water.', 'nl')).toBeNull();
  });

  it.each([
    ['de', 'Die Bienen tanzen.', '🐝'],
    ['fr', 'L’eau est froide.', '💧'],
    ['es', 'Los árboles crecen.', '🌳'],
    ['pt', 'O avião partiu.', '✈️'],
    ['it', 'La luna è piena.', '🌙'],
  ])('is found by a name in %s: %s', (base, text, motif) => {
    expect(motifFor(text, base)).toBe(motif);
  });

  it('is null for a text that names no known thing', () => {
    expect(motifFor('Consider the alternative.', 'en')).toBeNull();
  });
});
