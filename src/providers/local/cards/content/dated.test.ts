import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../../language/headlines/statements.ts';
import { languageOf } from '../../../../language/language.ts';
import { datedClausesIn, datedListsIn } from './dated.ts';

function listed(text: string, tag: string, heading = ''): string[][] {
  const language = languageOf(tag);
  const lists = datedListsIn(statementsOf(text, language), heading, language);
  return lists.map(({ content: { lead, rows } }) => [
    ...(lead === '' ? [] : [lead]),
    ...rows.map((row) => `${row.label} ${row.text}`),
  ]);
}

function divided(text: string, tag: string): string[] | null {
  return datedClausesIn(text, languageOf(tag))?.rows.map((row) => `${row.label} ${row.text}`) ?? null;
}

describe('A timeline', () => {
  it.each([
    [
      'en',
      'In 1903 two brothers flew for twelve seconds. Charles Lindbergh crossed the ocean in 1927. In 1969, people walked on the Moon.',
      [
        '1903 two brothers flew for twelve seconds',
        '1927 Charles Lindbergh crossed the ocean',
        '1969 people walked on the Moon',
      ],
    ],
    ['en', 'In 1903 it was not open. In 1950 it was.', ['1903 it was not open', '1950 it was']],
    [
      'de',
      '1903 flogen zwei Brüder zwölf Sekunden lang. Im Jahr 1927 überquerte Lindbergh den Atlantik. Die Brücke fiel im Jahr 1969.',
      ['1903 flogen zwei Brüder zwölf Sekunden lang', '1927 überquerte Lindbergh den Atlantik', '1969 Die Brücke fiel'],
    ],
    [
      'fr',
      'En 1889, la tour ouvre ses portes. En 1909, elle est sauvée par la radio.',
      ['1889 la tour ouvre ses portes', '1909 elle est sauvée par la radio'],
    ],
    [
      'es',
      'En 1903 volaron dos hermanos. En el año 1969 llegamos a la Luna.',
      ['1903 volaron dos hermanos', '1969 llegamos a la Luna'],
    ],
    ['pt', 'Em 1903 dois irmãos voaram. A ponte abriu em 1969.', ['1903 dois irmãos voaram', '1969 A ponte abriu']],
    [
      'it',
      'Nel 1903 volarono due fratelli. Il ponte fu aperto nel 1969.',
      ['1903 volarono due fratelli', '1969 Il ponte fu aperto'],
    ],
    [
      'zh-TW',
      '1903年，萊特兄弟第一次飛行。到了1969年，人類登上月球。',
      ['1903 萊特兄弟第一次飛行', '1969 人類登上月球'],
    ],
    ['zh-CN', '1903年莱特兄弟第一次飞行。1969年，人类登上月球。', ['1903 莱特兄弟第一次飞行', '1969 人类登上月球']],
  ])('has a year and its words in each row in %s: %s', (language, text, rows) => {
    expect(listed(text, language)).toEqual([rows]);
  });

  it('has the heading above it where it is the whole scene, and is a part of a scene elsewhere', () => {
    const text = 'In 1903 two brothers flew. In 1969, people walked on the Moon.';
    expect(listed(text, 'en', 'The history of flight')).toEqual([
      ['The history of flight', '1903 two brothers flew', '1969 people walked on the Moon'],
    ]);
    expect(listed(`${text} Then it was quiet.`, 'en', 'The history of flight')).toEqual([
      ['1903 two brothers flew', '1969 people walked on the Moon'],
    ]);
  });

  it.each([
    [
      'en',
      'The bridge was built in 1903, rebuilt in 1950 and closed in 1999.',
      ['1903 The bridge was built', '1950 rebuilt', '1999 closed'],
    ],
    ['de', 'Im Jahr 1903 baute man sie. 1950 fuhr der erste Bus.', ['1903 baute man sie', '1950 fuhr der erste Bus']],
    [
      'de',
      'Im Jahr 1903 wurde sie gebaut und im Jahr 1999 geschlossen.',
      ['1903 wurde sie gebaut', '1999 geschlossen'],
    ],
    [
      'fr',
      'Le pont fut construit en 1903, agrandi en 1950 et fermé en 1999.',
      ['1903 Le pont fut construit', '1950 agrandi', '1999 fermé'],
    ],
    ['es', 'El puente se abrió en 1903 y se cerró en 1999.', ['1903 El puente se abrió', '1999 se cerró']],
    ['pt', 'A ponte abriu em 1903 e fechou em 1999.', ['1903 A ponte abriu', '1999 fechou']],
    ['it', 'Il ponte fu aperto nel 1903 e chiuso nel 1999.', ['1903 Il ponte fu aperto', '1999 chiuso']],
    ['zh-TW', '1903年大橋開工，1950年大橋完工。', ['1903 大橋開工', '1950 大橋完工']],
  ])('is the clauses of one sentence in %s: %s', (language, text, rows) => {
    expect(divided(text, language)).toEqual(rows);
  });

  it.each([
    ['en', 'In 2000 people came to the fair. In 2005 people stayed at home.'],
    ['en', 'In 1200 BC the city fell. In 1400 it rose again.'],
    ['en', 'In 1969 people flew. In 1903 two brothers had flown.'],
    ['en', 'It did not open in 1903. It did not open in 1904.'],
    ['en', 'The war lasted from 1914 to 1918. In 1919 there was peace.'],
    ['en', 'It costs between 1500 and 1800 dollars. In 1990 it was cheap.'],
    ['en', 'In 1903 two brothers flew. It took twelve seconds. In 1969 people walked on the Moon.'],
    ['en', 'Did it open in 1903? It opened in 1904.'],
    ['de', 'Er lebte bis 1903. Sie lebte bis 1999.'],
    ['de', 'Es sind 1903 Menschen. Es waren 1850 Menschen.'],
    ['de', 'Um 1903 gab es zwei. Um 1999 gab es drei.'],
    ['fr', 'Il a vécu de 1903 à 1950. Elle est née en 1960.'],
    ['fr', 'Vers 1903, il y avait un pont. Vers 1950, il y en avait deux.'],
    ['fr', 'Le pont n’a pas ouvert en 1903. La gare n’a pas ouvert en 1904.'],
    ['es', 'Vivió de 1903 a 1950. Hacia 1960 hubo paz.'],
    ['es', 'Cuesta 1500 euros en la tienda. Costaba 1200 euros antes.'],
    ['es', 'No abrió en 1903. No abrió en 1904.'],
    ['pt', 'Viveu de 1903 a 1950. Por volta de 1960 houve paz.'],
    ['pt', 'Custa 1500 euros na loja. Custava 1200 euros antes.'],
    ['pt', 'Não abriu em 1903. Não abriu em 1904.'],
    ['it', 'Visse dal 1903 al 1950. Verso il 1960 ci fu pace.'],
    ['it', 'Costa 1500 euro. Costava 1200 euro.'],
    ['it', 'Non aprì nel 1903. Non aprì nel 1904.'],
    ['zh-TW', '1200年前，這裡有一座城。1500年來，它沒有改變。'],
    ['zh-TW', '1960年代，這裡很熱鬧。1990年代，這裡很安靜。'],
    ['zh-TW', '這裡有1903人。那裡有1950人。'],
    ['zh-CN', '1200年前，这里有一座城。1500年来，它没有改变。'],
    ['zh-CN', '从1914年到1918年有战争。1919年有了和平吗？'],
    ['zh-CN', '这里有1903人。那里有1950人。'],
  ])('is none where its years are not sure in %s: %s', (language, text) => {
    expect([listed(text, language), divided(text, language)]).toEqual([[], null]);
  });
});
