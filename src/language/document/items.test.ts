import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { rowText } from './items.ts';

describe('A row of a table is read as a sentence', () => {
  it.each([
    ['fr', ['Billet', 'Prix'], ['Adulte', '4,50 €'], 'Adulte: 4,50 €.'],
    ['fr', ['Billet', 'Prix'], ['Moins de 6 ans', 'gratuit'], 'Moins de 6 ans: gratuit.'],
    ['de', ['Tag', 'Öffnung'], ['Montag', '9–17 Uhr'], 'Montag: 9–17 Uhr.'],
    ['zh-TW', ['票種', '票價'], ['全票', '410元'], '全票：410元。'],
  ])('without the names of two columns in %s', (language, headers, cells, text) => {
    expect(rowText(headers, cells, languageOf(language))).toBe(text);
  });

  it.each([
    ['en', ['Planet', 'Moons'], ['Mars', '2'], 'Mars, Moons: 2.'],
    ['es', ['Ciudad', 'Habitantes'], ['Lima', '10 millones'], 'Lima, Habitantes: 10 millones.'],
    ['zh-TW', ['城市', '人口'], ['台北', '250萬'], '台北，人口：250萬。'],
  ])('with the name of a column of numbers alone in %s', (language, headers, cells, text) => {
    expect(rowText(headers, cells, languageOf(language))).toBe(text);
  });

  it.each([
    ['en', ['Boat', 'Leaves', 'Price'], ['Heron', '9:00', '$12'], 'Heron, Leaves: 9:00, Price: $12.'],
    ['it', ['Treno', 'Parte', 'Costa'], ['Freccia', '8:10', '19 €'], 'Freccia, Parte: 8:10, Costa: 19 €.'],
    ['zh-CN', ['车次', '开', '票价'], ['G7', '9:00', '90元'], 'G7，开：9:00，票价：90元。'],
  ])('with the first column as the subject of several in %s', (language, headers, cells, text) => {
    expect(rowText(headers, cells, languageOf(language))).toBe(text);
  });

  it('with all names where its first cell is empty, and with none where there are none', () => {
    const english = languageOf('en');
    expect(rowText(['Ticket', 'Price', 'Note'], ['', '$4', 'cash'], english)).toBe('Price: $4, Note: cash.');
    expect(rowText([], ['Earth', '1'], english)).toBe('Earth, 1.');
    expect(rowText(['a', 'b'], ['', ''], english)).toBe('');
  });
});
