import { describe, expect, it } from 'vitest';
import { isInsideConjunction, lineEndCost, opensPhrase } from './phrase-words.ts';

describe('A conjunction of several words', () => {
  it.each([
    ['en', 'It stays, as long', 'as it rains'],
    ['de', 'Er bleibt, es sei', 'denn, es regnet'],
    ['de', 'Er bleibt, es', 'sei denn, es regnet'],
    ['fr', 'Il ferme parce', 'que la pluie tombe'],
    ['fr', 'Il ferme bien', 'qu’il pleuve'],
    ['es', 'Abre el sábado, a menos', 'que llueva'],
    ['pt', 'Abre no domingo, a não', 'ser que chova'],
    ['pt', 'Abre no domingo, a não ser', 'que chova'],
    ['it', 'Resta aperto, anche', 'se piove'],
  ])('is not torn, in %s: %s | %s', (base, before, after) => {
    expect(isInsideConjunction(before, after, base)).toBe(true);
  });

  it.each([
    ['en', 'The road is long', 'as a river'],
    ['fr', 'Il va bien', 'parce que la pluie tombe'],
    ['it', 'C’era anche', 'sempre il vento'],
    ['zh', '除非下雨', '否則照常'],
  ])('is no other place, in %s: %s | %s', (base, before, after) => {
    expect(isInsideConjunction(before, after, base)).toBe(false);
  });

  it.each([
    ['en', 'even if it rains'],
    ['de', 'sofern Sie ihn haben'],
    ['de', 'es sei denn, es regnet'],
    ['fr', 'à moins qu’il pleuve'],
    ['es', 'ya que llueve'],
    ['pt', 'já que chove'],
    ['it', 'anche se piove'],
  ])('begins a line well, in %s: %s', (base, text) => {
    expect(opensPhrase(text, base)).toBe(true);
  });
});

describe('The end of a line', () => {
  it('costs nothing after a sentence, and more inside a clause than after it, most after an article', () => {
    const costs = [
      lineEndCost('It rains.', 'We stay', 'en'),
      lineEndCost('If it rains,', 'we stay', 'en'),
      lineEndCost('we stay', 'in a tent', 'en'),
      lineEndCost('we stay', 'indoors', 'en'),
      lineEndCost('in the', 'tent', 'en'),
    ];
    expect(costs[0]).toBe(0);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(new Set(costs).size).toBe(costs.length);
  });
});
