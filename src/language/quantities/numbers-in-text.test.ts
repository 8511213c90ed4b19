import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { numbersIn } from './numbers-in-text.ts';

function amountsIn(text: string, language: string): string[] {
  const found = numbersIn(text, languageOf(language)).filter((one) => one.kind === 'quantity');
  return found.map(({ modifier, before, digits, after }) => `${modifier}|${before}|${digits}|${after}`);
}

function kindsIn(text: string, language = 'en'): string[] {
  return numbersIn(text, languageOf(language)).map(({ kind }) => kind);
}

describe('The numbers of a text', () => {
  it.each([
    ['en', 'Farmers lost 40 percent of their hives.', '||40| percent'],
    ['en', 'They fly more than 4,000 kilometres.', 'more than||4,000| kilometres'],
    ['en', 'A city of 2.3 million people.', '||2.3| million people'],
    ['en', 'Repairs cost about $3.5 billion.', 'about|$|3.5| billion'],
    ['en', 'The freezer is at −18 °C.', '|−|18| °C'],
    ['de', 'Mehr als 1,2 Millionen Menschen leben hier.', 'Mehr als||1,2| Millionen Menschen'],
    ['de', 'Es gibt 4.000 Arten.', '||4.000| Arten'],
    ['fr', 'Il faut 65 000 litres.', '||65 000| litres'],
    ['fr', 'Elle compte 2,3 millions d’habitants.', '||2,3| millions d’habitants'],
    ['es', 'Más de 3,5 millones de personas.', 'Más de||3,5| millones de personas'],
    ['pt', 'Cerca de 40 por cento.', 'Cerca de||40| por cento'],
    ['it', 'La torre è alta 56 metri.', '||56| metri'],
    ['zh-TW', '這裡住著4000多人。', '||4000|多人'],
    ['zh-TW', '每年有八千人。', '||八千人|'],
    ['zh-CN', '约百分之40的人。', '约|百分之|40|'],
  ])('are amounts with their units in %s: %s', (language, text, amount) => {
    expect(amountsIn(text, language)).toEqual([amount]);
  });

  it.each([
    ['en', 'In 1990 it was closed.', ['year']],
    ['zh-TW', '到了1969年，人類登上月球。', ['year']],
    ['en', 'It starts at 5:30 p.m.', ['other', 'other']],
    ['en', 'On May 5 it opened.', ['other']],
    ['de', 'Am 3. Oktober war es so weit.', ['other']],
    ['fr', 'Le train part à 16 h.', ['other']],
    ['en', 'The 40th president.', ['other']],
    ['en', 'Version 2.1.3 is out.', ['other']],
    ['en', 'Call 555-0199 now.', ['other', 'other']],
    ['en', 'They won 3-2 at home.', ['other', 'other']],
    ['en', 'Nine out of 10 people like it.', ['other']],
    ['en', 'The COVID-19 virus.', ['other']],
    ['en', 'Then Apollo 11 landed.', ['other']],
    ['en', 'Please read page 120 first.', ['other']],
    ['en', 'In the 1980s it grew.', ['other']],
    ['zh-TW', '第8名是他。', ['other']],
  ])('are no amounts where they only look like one in %s: %s', (language, text, kinds) => {
    expect(kindsIn(text, language)).toEqual(kinds);
  });

  it('have a value unless their digits can be read in two ways', () => {
    const valuesIn = (text: string, language: string) =>
      numbersIn(text, languageOf(language)).map((one) => (one.kind === 'quantity' ? one.value : 'none'));
    expect(valuesIn('It is 4,000.5 km long.', 'en')).toEqual([4000.5]);
    expect(valuesIn('Es sind 1.234,5 km.', 'de')).toEqual([1234.5]);
    expect(valuesIn('Son 4,000 km.', 'es')).toEqual([null]);
  });
});
