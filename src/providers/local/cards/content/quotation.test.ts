import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../language/language.ts';
import { quotationIn } from './quotation.ts';

describe('A quotation', () => {
  it.each([
    [
      'en',
      '“A reef is a city under water,” says the biologist Anna Weber.',
      'A reef is a city under water',
      'the biologist Anna Weber',
    ],
    ['en', 'The biologist Anna Weber said: “A reef is a city.”', 'A reef is a city', 'The biologist Anna Weber'],
    [
      'de',
      '„Ein Riff ist eine Stadt“, sagt die Biologin Anna Weber.',
      'Ein Riff ist eine Stadt',
      'die Biologin Anna Weber',
    ],
    [
      'fr',
      '« Un récif est une ville », dit la biologiste Anna Weber.',
      'Un récif est une ville',
      'la biologiste Anna Weber',
    ],
    [
      'es',
      '«Un arrecife es una ciudad», dijo la bióloga Anna Weber.',
      'Un arrecife es una ciudad',
      'la bióloga Anna Weber',
    ],
    ['zh-TW', '生物學家林小姐說：「珊瑚礁是一座海底城市。」', '珊瑚礁是一座海底城市', '生物學家林小姐'],
  ])('is whole, and has its speaker in %s: %s', (language, text, words, speaker) => {
    expect(quotationIn(text, languageOf(language))).toEqual({ words, speaker });
  });

  it.each([
    '“A reef is a city under water,” says no one.',
    '“A reef is a city under water,” she said.',
    '“A reef is a city under water,” says Anna Weber, who was wrong.',
    'He called it a “city under water”.',
    '“It is a city,” says Anna, “and a forest.”',
  ])('is none where something would be lost: %s', (text) => {
    expect(quotationIn(text, languageOf('en'))).toBeNull();
  });
});
