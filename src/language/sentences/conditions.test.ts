import { describe, expect, it } from 'vitest';
import { beginsWithCondition, limitsPrevious } from './conditions.ts';

describe('A condition', () => {
  it.each([
    ['en', 'Without a fever, there is hardly any danger.'],
    ['en', '“If it rains, stay.”'],
    ['de', 'Ohne Fieber besteht kaum Gefahr.'],
    ['fr', 'Sans fièvre, il n’y a guère de danger.'],
    ['fr', 'S’il pleut, restez.'],
    ['es', 'Si llueve, no salga.'],
    ['pt', 'Se chover, fique.'],
    ['it', 'Se piove, il ponte viene chiuso.'],
    ['zh', '除非下雨，比賽照常。'],
  ])('begins a sentence, in %s: %s', (base, sentence) => {
    expect(beginsWithCondition(sentence, base)).toBe(true);
  });

  it.each([
    ['en', 'Iffy weather, said the keeper.'],
    ['fr', 'Singe et chat, deux amis.'],
    ['it', 'Secondo Conti, è di Guido.'],
    ['zh', '月亮上，沒有空氣。'],
    ['ja', '雨が降れば、休みます。'],
  ])('is no other beginning, in %s: %s', (base, sentence) => {
    expect(beginsWithCondition(sentence, base)).toBe(false);
  });
});

describe('A clause limits the one before it', () => {
  it.each([
    ['en', 'unless it rains'],
    ['en', 'but never more than 2 at once'],
    ['de', 'es sei denn, wir bestätigen sie'],
    ['de', 'höchstens jedoch 1.200 €'],
    ['fr', 'sauf si votre médecin l’interdit'],
    ['es', 'a menos que haga más de 30 °C'],
    ['pt', 'exceto aos domingos'],
    ['it', 'tranne che in Calabria'],
    ['zh', '除非股價低於90元'],
    ['zh', '仅限11月'],
  ])('where it is an exception, in %s: %s', (base, clause) => {
    expect(limitsPrevious(clause, base)).toBe(true);
  });

  it.each([
    ['en', 'and the boats lie on the sand'],
    ['de', 'aber die Boote warten'],
    ['fr', 'mais la plupart des nourrissons'],
    ['it', 'sempre aperto'],
    ['zh', '月亮沒有出來'],
  ])('not where it only goes on, in %s: %s', (base, clause) => {
    expect(limitsPrevious(clause, base)).toBe(false);
  });
});
