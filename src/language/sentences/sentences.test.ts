import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { dependsOnPrevious } from './references.ts';
import { sentencesOf } from './sentences.ts';

const parted = (text: string, language: string) =>
  sentencesOf(text, languageOf(language)).map((sentence) => sentence.text);

describe('Sentences', () => {
  it.each([
    ['en', 'Dr. Smith met J. K. Rowling.| It rained.'],
    ['en', 'It rose 3.5 m.| No. 5 did not.| He lives in the U.S. Army camp.| She left the U.S.| The end.'],
    ['en', 'Use a tool, e.g. Excel, or sugar etc. and stop at 3 p.m.| Then rest.'],
    ['en', '“Stop! Now.” she said.| “Why?” he asked.| Wait... what?| Yes.'],
    ['en', 'It is bigger than I.| We went on.'],
    ['de', 'Am 3. Oktober z. B. war es kalt.| „Geh weg! Sofort.“ sagte er.| Das war 1990.| Danach kam es anders.'],
    ['en', 'It opens at 18:30.| The ticket is cheap.| Steps: 1. Wash it.| Odds of 3:1.| That is all.'],
    ['es', 'El último sale a las 18:30.| El billete cuesta 3 euros.'],
    ['de', 'Der letzte Bus fährt um 18:45.| Die Fahrt kostet nichts.'],
    ['fr', 'M. Dupont dit : « Bonjour ! Entrez. » et sort.| Puis rien.'],
    ['zh-TW', '他說：「走吧！快點。」|然後離開了；|我沒走……|為什麼？！|因為有3.5%的人。|Hello world. |你好'],
  ])('in %s end correctly: %s', (language, marked) => {
    const expected = marked.split('|').map((part) => part.trim());
    expect(parted(marked.replaceAll('|', ''), language)).toEqual(expected);
  });

  it('have their offsets in the text', () => {
    const text = '  One here.  Two there.  ';
    for (const { text: sentence, start, end } of sentencesOf(text, languageOf('en'))) {
      expect(text.slice(start, end)).toBe(sentence);
    }
  });

  it('are still split when a quotation is never closed', () => {
    expect(parted(`He said: "${'The sea is wide. '.repeat(100)}`, 'en').length).toBeGreaterThan(3);
  });
});

describe('Dependence on the previous sentence', () => {
  it.each([
    ['en', 'He went home.'],
    ['en', 'However, it rained.'],
    ['en', 'Because of this, tides rise.'],
    ['en', 'For example, cats purr.'],
    ['en', 'The tide therefore travels far.'],
    ['en', 'The result is a wave.'],
    ['de', 'Deshalb steigt das Meer.'],
    ['fr', 'Cependant, la mer monte.'],
    ['es', 'Sin embargo, el mar sube.'],
    ['zh-TW', '因此，海水會隆起。'],
    ['zh-TW', '但是月球不會停下來。'],
    ['zh-CN', '他们住在海边。'],
    ['zh-TW', '這個現象每天發生。'],
    ['zh-TW', '2月2日，另一組人員將檢查橋墩。'],
  ])('in %s: %s', (language, sentence) => {
    expect(dependsOnPrevious(sentence, languageOf(language))).toBe(true);
  });

  it.each([
    ['en', 'The Moon pulls on the sea.'],
    ['en', 'Isaac Newton explained his idea in 1687.'],
    ['en', 'There are two tides a day.'],
    ['de', 'Der Mond zieht am Wasser.'],
    ['fr', 'La Lune attire la mer.'],
    ['zh-TW', '月球繞著地球轉。'],
    ['zh-CN', '也门在阿拉伯半岛。'],
  ])('is not found in %s: %s', (language, sentence) => {
    expect(dependsOnPrevious(sentence, languageOf(language))).toBe(false);
  });
});
