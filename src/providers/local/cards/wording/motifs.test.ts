import { describe, expect, it } from 'vitest';
import { motifFor } from './motifs.ts';

describe('motifs', () => {
  it('takes the emoji that the author wrote, whole', () => {
    expect(motifFor('Bees at work 👩🏽‍💻 and 🎉')).toBe('👩🏽‍💻');
  });

  it('finds a thing by its English name, alone or many', () => {
    expect(motifFor('A bee lands.')).toBe('🐝');
    expect(motifFor('Bees land.')).toBe('🐝');
  });

  it('does not find a word inside another', () => {
    expect(motifFor('A beer in the wanton scatter')).toBeNull();
  });

  it('finds a thing by its Chinese name in both scripts', () => {
    expect(motifFor('一杯珍珠奶茶')).toBe('🧋');
    expect(motifFor('去图书馆阅读')).toBe('📖');
  });

  it('has nothing for a text that names nothing', () => {
    expect(motifFor('Consider the alternative.')).toBeNull();
  });
});
