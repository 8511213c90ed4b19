import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { motifOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';
import { MOTIF_CASES } from './motif-cases.ts';

const cases = Object.entries(MOTIF_CASES).flatMap(([language, list]) =>
  list.map(([sentence, ...accepted]) => ({ language, sentence, accepted })),
);

describe('The motif of a sentence', () => {
  it.each(cases)('is right or absent: $language, $sentence', ({ language, sentence, accepted }) => {
    expect(accepted).toContain(motifOf(sentence, languageOf(language)));
  });

  it('is not what something is compared to', () => {
    expect(motifOf('Forests hold water like a sponge, and books cost less than a coffee.', languageOf('en'))).toBe(
      '🌳',
    );
    expect(motifOf('It is louder than a train.', languageOf('en'))).toBeNull();
    expect(motifOf('Er ist schneller als ein Zug.', languageOf('de'))).toBeNull();
    expect(motifOf('Nada como un pez.', languageOf('es'))).toBeNull();
    expect(motifOf('她的眼睛像星星。', languageOf('zh-TW'))).toBeNull();
  });

  it('is what an amount is of, also if it is denied', () => {
    const english = languageOf('en');
    expect(motifOf('It is never below 5 °C.', english)).toBe('thermometer');
    expect(motifOf('You never pay more than $5.', english)).toBe('coins');
    expect(motifOf('She was born on 3 May 1887.', english)).toBe('calendar-blank');
    expect(motifOf('Only 5 may enter.', languageOf('fr'))).toBeNull();
  });
});
