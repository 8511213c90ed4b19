import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { termsOf } from './terms.ts';

const names = (text: string, tag: string): string[] =>
  termsOf(text, languageOf(tag))
    .filter(({ isName }) => isName)
    .map((term) => term.text);

describe('The terms of a text', () => {
  it.each([
    ['en', 'AT&T bought Time Warner.', ['AT&T', 'Time Warner']],
    ['en', 'Mr. Smith moved to St. Louis.', ['Smith', 'St. Louis']],
    ['en', 'The Bank of England likes the World War I films.', ['Bank of England', 'World War I']],
    [
      'en',
      'Then Elias B. Stokes met J. P. Moreau at Alder F.C. in Rome.',
      ['Elias B. Stokes', 'J. P. Moreau', 'Alder F.C.', 'Rome'],
    ],
    ['en', 'He drew an Island of Mrs. A. J. Wall. It cost a lot.', ['Island', 'A. J. Wall']],
    [
      'en',
      'They chose Plan B. Then it rained in the Lighthouse Keeper’s Home.',
      ['Plan B', 'Lighthouse Keeper', 'Home'],
    ],
    ['en', 'Gulls flew to Mister Moon\nIn twos and threes.', ['Mister Moon']],
    ['fr', 'La directrice, Mme A. Rey, parle.', ['A. Rey']],
    ['pt', 'As ações da Ventura S.A. recuaram.', ['Ventura S.A.']],
    ['pt', 'Leia a NR-18 agora.', ['NR-18']],
    ['en', 'We learn C++ and C# and Node.js.', ['C++', 'C#', 'Node.js']],
    ['en', 'Ask @lumio_app, not me@example.org.', ['@lumio_app', 'example.org']],
    ['zh-TW', '他讀完了三本C++的書。', ['C++']],
    ['de', 'Die Biene flog nach St. Gallen und New York.', ['St. Gallen', 'New York']],
    ['fr', 'Il habite à Saint-Étienne.', ['Saint-Étienne']],
    ['pt', 'Ele mora em São Paulo.', ['São Paulo']],
  ])('in %s: the names in %s', (tag, text, expected) => {
    expect(names(text, tag)).toEqual(expected);
  });

  it.each([
    ['de', 'Prof. Dr. Lind zahlt gem. Abs. 3 den Preis.', ['Lind', 'zahlt', 'Preis']],
    ['pt', 'Veja o cap. 5 da regra.', ['Veja', 'regra']],
    ['de', 'Suppe für 4 Std. kochen.', ['Suppe', 'kochen']],
  ])('in %s: no abbreviation in %s', (tag, text, expected) => {
    const content = termsOf(text, languageOf(tag)).filter((it) => it.content);
    expect(content.map((it) => it.text)).toEqual(expected);
  });

  it.each([
    ['zh-TW', '台股上週五下跌。', ['週五', '下跌']],
    ['zh-TW', '樓上的人馬上開門。', ['樓上', '馬上', '開門']],
    ['zh-CN', '我们还去香山。', ['香山']],
  ])('in %s: no piece of a word in %s', (tag, text, expected) => {
    const content = termsOf(text, languageOf(tag)).filter((it) => it.content);
    expect(content.map((it) => it.text)).toEqual(expected);
  });

  it('are no quantities', () => {
    const content = termsOf('It is 2.7 km long and opened at 7h45 for 5M and US$8.', languageOf('en')).filter(
      (it) => it.content,
    );
    expect(content.map(({ text }) => text)).toEqual(['opened']);
  });
});
