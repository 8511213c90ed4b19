import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../language/language.ts';
import { longQuotationIn, quotationIn } from './quotation.ts';

describe('A quotation', () => {
  it.each([
    [
      'en',
      '“A reef is a city under water,” says the biologist Anna Weber.',
      'A reef is a city under water',
      'the biologist Anna Weber',
    ],
    ['en', '“A reef is a city,” Anna Weber says.', 'A reef is a city', 'Anna Weber'],
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
    [
      'fr',
      '« Nous ne fermerons aucune usine », a déclaré la directrice, Mme A. Rey.',
      'Nous ne fermerons aucune usine',
      'la directrice, Mme A. Rey',
    ],
    ['en', '“We will open in May,” said Anna Weber, the owner.', 'We will open in May', 'Anna Weber, the owner'],
    [
      'de',
      '„Wir öffnen im Mai wieder“, betonte Anna Weber, Leiterin des Bades.',
      'Wir öffnen im Mai wieder',
      'Anna Weber, Leiterin des Bades',
    ],
    ['it', '«Apriamo di nuovo a maggio», ha dichiarato il sindaco.', 'Apriamo di nuovo a maggio', 'il sindaco'],
    ['pt', '“Vamos abrir em maio”, afirmou Ana Silva, a diretora.', 'Vamos abrir em maio', 'Ana Silva, a diretora'],
    ['es', '«Abriremos en mayo», añadió la alcaldesa.', 'Abriremos en mayo', 'la alcaldesa'],
    ['zh-TW', '「我們五月重新開放。」館長林小姐說。', '我們五月重新開放', '館長林小姐'],
    ['de', '– Komm her, sagte er.', 'Komm her', 'sagte er'],
    ['es', '—Ven aquí —dijo Ana.', 'Ven aquí', 'Ana'],
    ['fr', '« — Viens ici, dit-il. »', 'Viens ici', 'dit-il'],
    ['it', '— Vieni qui, — disse Anna.', 'Vieni qui', 'Anna'],
    ['pt', '— Vem cá — disse o menino.', 'Vem cá', 'o menino'],
  ])('is whole, and has its speaker in %s: %s', (language, text, words, speaker) => {
    expect(quotationIn(text, languageOf(language))).toEqual({ words, speaker });
  });

  it.each([
    '“A reef is a city under water,” says no one.',
    '“A reef is a city under water,” she said.',
    '“A reef is a city under water,” says Anna Weber. She was wrong.',
    '“A reef is a city under water,” says Anna Weber, who was wrong.',
    'He called it a “city under water”.',
    '“We are not selling,” Anna Weber, the owner, said.',
    '“We are not selling,” said Anna Weber, before she sold.',
    '“We are not selling,” said he, the owner.',
    '“It is a city,” says Anna, “and a forest.”',
  ])('is none where something would be lost: %s', (text) => {
    expect(quotationIn(text, languageOf('en'))).toBeNull();
  });

  it('is none in German where a clause comes after the speaker', () => {
    const text = '„Wir öffnen im Mai wieder“, betonte Anna Weber, die lange gewartet hatte.';
    expect(quotationIn(text, languageOf('de'))).toBeNull();
  });
});

describe('A quotation of several sentences', () => {
  it.each([
    ['en', '“The reef was silent. We left at once,” says Anna Weber.', '“', '”'],
    ['de', '„Das Riff war still. Wir gingen sofort“, sagt Anna Weber.', '„', '“'],
    ['fr', 'Anna Weber dit : « Le récif était calme. On est partis. »', '« ', ' »'],
    ['zh-TW', '林小姐說：「珊瑚礁很安靜。我們離開了。」', '「', '」'],
  ])('keeps its marks in %s', (base, text, opening, closing) => {
    expect(longQuotationIn(text, languageOf(base))?.marks).toEqual([opening, closing]);
  });

  it.each([
    [
      'en',
      '“The reef was silent. We swam for an hour. It was over,” says the biologist Anna Weber.',
      ['The reef was silent.', 'We swam for an hour.', 'It was over,'],
      'the biologist Anna Weber',
    ],
    [
      'en',
      'The biologist Anna Weber said: “The reef was silent. Why did it happen?”',
      ['The reef was silent.', 'Why did it happen?'],
      'The biologist Anna Weber',
    ],
    ['en', '“The reef was silent. We left at once,” she said.', ['The reef was silent.', 'We left at once,'], ''],
    ['en', '“The reef was silent. We left at once.”', ['The reef was silent.', 'We left at once.'], ''],
    [
      'en',
      '“They said it was safe. It was not. We left,” says Anna Weber.',
      ['They said it was safe. It was not.', 'We left,'],
      'Anna Weber',
    ],
    [
      'de',
      '„Das Riff war still. Wir gingen sofort“, sagt die Biologin Anna Weber.',
      ['Das Riff war still.', 'Wir gingen sofort'],
      'die Biologin Anna Weber',
    ],
    ['zh-TW', '林小姐說：「珊瑚礁很安靜。我們離開了。」', ['珊瑚礁很安靜。', '我們離開了。'], '林小姐'],
    ['pt', 'Resposta: “O mar estava calmo. Caiu um raio.”', ['O mar estava calmo.', 'Caiu um raio.'], ''],
  ])('is its sentences and its speaker in %s: %s', (base, text, sentences, speaker) => {
    const found = longQuotationIn(text, languageOf(base));
    expect(found?.parts.map((part) => part.text)).toEqual(sentences);
    expect(found?.speaker).toBe(speaker);
    for (const part of found?.parts ?? [])
      expect(text.slice(part.start, part.start + part.text.length)).toBe(part.text);
  });

  it.each([
    '“A reef is a city under water,” says Anna Weber.',
    '“The reef was silent. We left,” says no one.',
    '“The reef was silent. We left,” says Anna Weber. She was wrong.',
    'No one ever said: “The reef was silent. We left.”',
    'She called it “silent. Empty. Over” and left.',
    '“It is a city. It is large,” says Anna, “and a forest.”',
  ])('is none where something would be lost: %s', (text) => {
    expect(longQuotationIn(text, languageOf('en'))).toBeNull();
  });
});
