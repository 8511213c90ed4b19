import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../language/language.ts';
import { contentKeys } from '../../../../language/words/words.ts';
import { promisedBy } from './promised.ts';

function promised(title: string, language: string, texts: readonly string[]): string[] {
  const known = languageOf(language);
  const sentences = texts.map((text, i) => ({
    text,
    keys: contentKeys(text, known),
    worth: texts.length - i,
    isAlone: !/^(?:It|Es|Il|它)/u.test(text),
  }));
  return [...promisedBy(title, sentences, known)].map((i) => texts[i] ?? '');
}

describe('What a title promises', () => {
  it.each([
    [
      'en',
      'The city plants trees, but the park stays closed',
      ['The budget is small.', 'The city plants 400 trees in May.', 'The old park stays closed until June.'],
      ['The city plants 400 trees in May.', 'The old park stays closed until June.'],
    ],
    [
      'de',
      'Die Stadt pflanzt Bäume: Der Park bleibt geschlossen',
      ['Das Budget ist klein.', 'Im Mai pflanzt die Stadt 400 Bäume.', 'Der alte Park bleibt bis Juni geschlossen.'],
      ['Im Mai pflanzt die Stadt 400 Bäume.', 'Der alte Park bleibt bis Juni geschlossen.'],
    ],
    [
      'fr',
      'Lumen perd de l’argent, mais ne licencie pas',
      ['Lumen a perdu 1,2 M€ en 2025.', 'Le cours a baissé.', '« Nous ne fermerons aucune usine », a dit Mme Rey.'],
      ['Lumen a perdu 1,2 M€ en 2025.', '« Nous ne fermerons aucune usine », a dit Mme Rey.'],
    ],
    [
      'zh-TW',
      '市政府種樹，公園繼續封閉',
      ['預算不多。', '市政府五月種下四百棵樹。', '舊公園六月以前繼續封閉。'],
      ['市政府五月種下四百棵樹。', '舊公園六月以前繼續封閉。'],
    ],
  ])('is a sentence for each of its clauses: %s: %s', (language, title, sentences, expected) => {
    expect(promised(title, language, sentences)).toEqual(expected);
  });

  it('is the sentence that it quotes, also where that leans on who said it', () => {
    const texts = ['Il a 78 ans.', 'Il ne revient pas.', 'Il dit : « La mer me manque ».'];
    expect(promised('« La mer me manque », dit le gardien', 'fr', texts)).toContain(texts[2]);
  });

  it('is no sentence that leans on another, and none where the text does not speak of it', () => {
    expect(promised('The park stays closed', 'en', ['The budget is small.', 'It is the closed park.'])).toEqual([]);
    expect(promised('', 'en', ['The budget is small.'])).toEqual([]);
  });
});
