import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../language/language.ts';
import { figureIn } from './figure-card.ts';

function shown(text: string, language = 'en'): string | null {
  const content = figureIn(text, languageOf(language));
  return content === null ? null : [content.lead, Object.values(content.figure).slice(0, 3).join('')].join('|');
}

describe('The number that is shown large', () => {
  it('is the one amount that a text claims, with the words that limit it', () => {
    expect(shown('In 2015, farmers lost 40 percent of their hives.')).toBe('|40 percent');
    expect(shown('Bees visit up to 5,000 flowers a day.')).toBe('up to|5,000 flowers');
    expect(shown('這座城市有三成的人住在河邊。', 'zh-TW')).toBe('|三成');
    expect(shown('降水量不超过10毫米。', 'zh-CN')).toBe('不超过|10毫米');
  });

  it('is the year that a text begins with', () => {
    expect(shown('In 1969 two people walked on the moon.')).toBe('|1969');
    expect(shown('Nel 1990 la torre fu chiusa.', 'it')).toBe('|1990');
    expect(shown('1969年，人類登上月球。', 'zh-TW')).toBe('|1969');
    expect(shown('1200年前，這裡有一座城。', 'zh-TW')).toBeNull();
    expect(shown('1960年代，這裡很熱鬧。', 'zh-TW')).toBeNull();
    expect(shown('1500年的歷史都在這裡。', 'zh-TW')).toBeNull();
    expect(shown('Two people walked on the moon in 1969.')).toBeNull();
  });

  it.each([
    ['en', 'It does not cost $300.'],
    ['en', 'No more than 40 percent of them fly.'],
    ['en', 'It might cost $300 million.'],
    ['en', 'Does it cost $300 million?'],
    ['en', 'Solar panels are 40 percent cheaper than coal.'],
    ['en', 'They lost 40 percent in 3 weeks.'],
    ['en', 'Between 10 and 20 percent of them die.'],
    ['en', 'It is 1 kilometre away.'],
    ['en', 'She has 3 dogs.'],
    ['en', 'It is 5 kilometres away.'],
    ['de', 'Nicht einmal 40 Prozent kamen.'],
    ['zh-CN', '16岁以下的读者可以免费借书。'],
    ['zh-TW', '訂單滿500元以上免運費。'],
    ['ja', '40%です。'],
  ])('is none where it would not be certain in %s: %s', (language, text) => {
    expect(shown(text, language)).toBeNull();
  });

  it.each([
    ['en', 'It is 4,000 km long.', { value: 4000, groupMark: ',' }],
    ['en', 'Farmers lost 40 percent of their hives.', { value: 40, groupMark: '' }],
    ['fr', '40 pour cent des ruches sont vides.', { value: 40, groupMark: '' }],
    ['de', 'Rund 12.400 Badegäste kamen.', { value: 12_400, groupMark: '.' }],
    ['fr', 'Le pont mesure 310 mètres.', { value: 310, groupMark: '' }],
    ['zh-CN', '降水量不超过10毫米。', { value: 10, groupMark: '' }],
  ])('counts up if it is a whole number of things in %s: %s', (language, text, counter) => {
    expect(figureIn(text, languageOf(language))?.figure.counter).toEqual(counter);
  });

  it.each([
    ['en', 'It costs $300 in the shop.'],
    ['en', 'It costs 300 dollars in the shop.'],
    ['en', 'It is 2.3 km long.'],
    ['en', 'It is 5.50 metres long.'],
    ['en', 'In 1969 it was there.'],
    ['en', 'It is 38 degrees warm.'],
    ['de', 'Das Buch kostet 4,50 €.'],
    ['de', 'Das Buch kostet 45 Euro.'],
    ['de', 'Es waren 38 °C im Schatten.'],
    ['fr', 'Le billet coûte 40 euros.'],
    ['es', 'El libro cuesta 45 euros.'],
    ['pt', 'O livro custa 45 reais.'],
    ['it', 'Il libro costa 45 euro.'],
    ['zh-TW', '匯率約32.15元。'],
    ['zh-TW', '門票要100元。'],
    ['zh-CN', '门票要45元。'],
  ])('appears as it is written in %s: %s', (language, text) => {
    const content = figureIn(text, languageOf(language));
    expect(content?.figure.counter).toBeNull();
  });
});
