import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../language/language.ts';
import { barsIn } from './bars-card.ts';

function shown(text: string, language = 'en'): string[] | null {
  const bars = barsIn(text, languageOf(language));
  return bars === null ? null : bars.map(({ label, amount, share }) => `${label}|${amount}|${share.toFixed(2)}`);
}

describe('Amounts as bars', () => {
  it.each([
    ['en', 'The share of solar power rose from 12 to 40 percent.', ['|12 percent|0.30', '|40 percent|1.00']],
    ['de', 'Der Anteil stieg von 12 auf 40 Prozent.', ['|12 Prozent|0.30', '|40 Prozent|1.00']],
    ['fr', 'La part est passée de 12 % à 40 %.', ['|12 %|0.30', '|40 %|1.00']],
    ['es', 'La cuota subió de 12 a 40 por ciento.', ['|12 por ciento|0.30', '|40 por ciento|1.00']],
    ['zh-TW', '太陽能從12%增加到48%。', ['|12%|0.25', '|48%|1.00']],
    ['en', 'The bus needs 30 minutes, compared with 15 minutes by train.', ['|30 minutes|1.00', '|15 minutes|0.50']],
  ])('compare two that change or are compared in %s: %s', (language, text, bars) => {
    expect(shown(text, language)).toEqual(bars);
  });

  it('show a series with its years, before or after the amounts', () => {
    const series = ['1990|10 percent|0.25', '2000|25 percent|0.63', '2010|40 percent|1.00'];
    expect(shown('It was 10 percent in 1990, 25 percent in 2000 and 40 percent in 2010.')).toEqual(series);
    expect(shown('In 1990 it was 10 percent, in 2000 25 percent, in 2010 40 percent.')).toEqual(series);
  });

  it.each([
    ['a range', 'They need from 10 to 20 percent more water.'],
    ['other units', 'The bridge is 300 metres long and took 30 months.'],
    ['no comparison', 'The bridge is 300 metres long and 20 metres wide.'],
    ['a denial', 'It did not rise from 12 to 40 percent.'],
    ['a question', 'Did it rise from 12 to 40 percent?'],
    ['a year too few', 'It was 10 percent in 1990, 25 percent in 2000 and 40 percent later.'],
    ['a part too small to be seen', 'It rose from 1 percent to 400 percent.'],
  ])('are none for %s', (_, text) => {
    expect(shown(text)).toBeNull();
  });
});
