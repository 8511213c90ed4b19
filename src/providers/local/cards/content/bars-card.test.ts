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
    ['de', 'Es waren 10 Prozent im Jahr 2000, 20 Prozent im Jahr 2010 und 45 Prozent im Jahr 2020.', '10 Prozent'],
    ['de', 'Der Anteil lag 2000 bei 10 Prozent, 2010 bei 20 Prozent und 2020 bei 45 Prozent.', '10 Prozent'],
    ['fr', 'C’était 10 % en 2000, 20 % en 2010 et 45 % en 2020.', '10 %'],
    ['es', 'Era del 10 % en 2000, del 20 % en 2010 y del 45 % en 2020.', '10 %'],
    ['pt', 'Era de 10% em 2000, 20% em 2010 e 45% em 2020.', '10%'],
    ['it', 'Era il 10 % nel 2000, il 20 % nel 2010 e il 45 % nel 2020.', '10 %'],
    ['zh-TW', '2000年是10%，2010年是20%，2020年是45%。', '10%'],
    ['zh-CN', '2000年有10公斤，2010年有20公斤，2020年有45公斤。', '10公斤'],
    ['en', 'It was about 10 percent in 2000, 20 percent in 2010 and over 45 percent in 2020.', 'about 10 percent'],
  ])('show a series to scale, with what limits an amount, in %s: %s', (language, text, first) => {
    const bars = barsIn(text, languageOf(language));
    expect(bars?.map(({ label, share }) => `${label} ${share.toFixed(2)}`)).toEqual([
      '2000 0.22',
      '2010 0.44',
      '2020 1.00',
    ]);
    expect(bars?.[0]?.amount).toBe(first);
  });

  it.each([
    ['en', 'It was 10 percent in 2000, 20 kilometres in 2010 and 45 percent in 2020.'],
    ['en', 'It was −10 °C in 2000, 20 °C in 2010 and 45 °C in 2020.'],
    ['en', 'It was not 10 percent in 2000, 20 percent in 2010 and 45 percent in 2020.'],
    ['de', 'Es waren nicht 10 Prozent im Jahr 2000, 20 Prozent im Jahr 2010 und 45 Prozent im Jahr 2020.'],
    ['de', 'Waren es 10 Prozent im Jahr 2000, 20 Prozent im Jahr 2010 und 45 Prozent im Jahr 2020?'],
    ['de', 'Es waren 10 Meter im Jahr 2000, 20 Prozent im Jahr 2010 und 45 Prozent im Jahr 2020.'],
    ['fr', 'Ce n’était pas 10 % en 2000, 20 % en 2010 et 45 % en 2020.'],
    ['fr', 'C’était 10 % en 2000, 20 % en 2010 et 45 % plus tard.'],
    ['fr', 'C’était 10 % en 2000, 20 mètres en 2010 et 45 % en 2020.'],
    ['es', 'No era del 10 % en 2000, del 20 % en 2010 y del 45 % en 2020.'],
    ['es', '¿Era del 10 % en 2000, del 20 % en 2010 y del 45 % en 2020?'],
    ['es', 'Era del 10 % en 2000, del 20 % en 2010 y del 45 % después.'],
    ['pt', 'Não era de 10% em 2000, 20% em 2010 e 45% em 2020.'],
    ['pt', 'Era de 10% em 2000, 20 metros em 2010 e 45% em 2020.'],
    ['pt', 'Talvez fosse 10% em 2000, 20% em 2010 e 45% em 2020.'],
    ['it', 'Non era il 10 % nel 2000, il 20 % nel 2010 e il 45 % nel 2020.'],
    ['it', 'Era il 10 % nel 2000, 20 metri nel 2010 e il 45 % nel 2020.'],
    ['it', 'Era forse il 10 % nel 2000, il 20 % nel 2010 e il 45 % nel 2020.'],
    ['zh-TW', '2000年不是10%，2010年是20%，2020年是45%。'],
    ['zh-TW', '2000年是10%，2010年是20公斤，2020年是45%。'],
    ['zh-TW', '2000年是10%，2010年是20%，2020年是45%嗎？'],
    ['zh-CN', '2000年可能有10公斤，2010年有20公斤，2020年有45公斤。'],
    ['zh-CN', '2000年有10公斤，2010年有20米，2020年有45公斤。'],
    ['zh-CN', '2000年有10公斤，后来有20公斤，2020年有45公斤。'],
  ])('show no series that is denied, unsure or mixed in %s: %s', (language, text) => {
    expect(shown(text, language)).toBeNull();
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
