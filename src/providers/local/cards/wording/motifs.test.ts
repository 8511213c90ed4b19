import { describe, expect, it } from 'vitest';
import { motifFor } from './motifs.ts';

describe('The motif', () => {
  it('is the complete emoji that the author wrote', () => {
    expect(motifFor('Bees at work 👩🏽‍💻 and 🎉')).toBe('👩🏽‍💻');
  });

  it('is found by an English name, singular or plural', () => {
    expect(motifFor('A bee lands.')).toBe('🐝');
    expect(motifFor('Bees land.')).toBe('🐝');
  });

  it('is not found by a word inside another', () => {
    expect(motifFor('A beer in the wanton scatter')).toBeNull();
  });

  it('is found by a Chinese name in both scripts', () => {
    expect(motifFor('一杯珍珠奶茶')).toBe('🧋');
    expect(motifFor('去图书馆阅读')).toBe('📖');
  });

  it('is null for a text that names no known thing', () => {
    expect(motifFor('Consider the alternative.')).toBeNull();
  });
});
