import { describe, expect, it } from 'vitest';
import { areOneWord } from './one-word.ts';

/** The words of a text, with "_" where two are read as one. */
function joined(text: string, base: string): string {
  return text
    .split(' ')
    .reduce((line, word) => {
      const left = line.split(' ').at(-1)?.replaceAll('_', ' ') ?? '';
      return `${line}${areOneWord(left, word, base) ? '_' : ' '}${word}`;
    }, '')
    .trim();
}

describe('Words are read as one', () => {
  it.each([
    ['en', 'Add 250 g butter at 190 °C, then wait.', 'Add 250_g butter at 190_°C, then wait.'],
    ['en', 'It opens at 8:30 a.m. and costs 4 $ a day.', 'It opens at 8:30_a.m. and costs 4_$ a day.'],
    ['de', 'Ab 7.45 Uhr kosten 1,5 l nur 2 €.', 'Ab 7.45_Uhr kosten 1,5_l nur 2_€.'],
    ['de', 'Mit 5 kW, d. h. viel, z. B. hier.', 'Mit 5_kW, d._h. viel, z._B. hier.'],
    ['fr', 'Il court à 7 h 45 avec 40 000 livres', 'Il court à 7_h_45 avec 40_000 livres'],
    ['es', 'Nunca con más de 70 km/h a las 5 p. m.', 'Nunca con más de 70_km/h a las 5_p._m.'],
    ['pt', 'Custa R$ 1.500 por 150 kg/m².', 'Custa R$_1.500 por 150_kg/m².'],
    ['it', 'Misura 2,10 × 3,40 m e pesa 180 kg.', 'Misura 2,10_×_3,40_m e pesa 180_kg.'],
    ['zh', '重量 4.5 kg 左右', '重量 4.5_kg 左右'],
  ])('where a number has a sign, in %s: %s', (base, text, expected) => {
    expect(joined(text, base)).toBe(expected);
  });

  it.each([
    ['en', 'In 2019 300 people lost 4.8 million in 20 minutes.'],
    ['en', 'J. K. Rowling paid 5, g is a letter.'],
    ['en', 'Of 9, 100 were (5) g.'],
    ['de', 'Sie kamen um 5 am Bahnhof an.'],
    ['es', 'En 1986 el puente y en 1990 ha caído.'],
    ['fr', 'En 1986 ce pont avait 12 arches.'],
    ['it', 'Dal 1986 ad oggi ne ha 12 in tutto.'],
  ])('not where each is a word of its own, in %s: %s', (base, text) => {
    expect(joined(text, base)).toBe(text);
  });
});
