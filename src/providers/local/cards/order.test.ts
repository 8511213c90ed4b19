import { describe, expect, it } from 'vitest';
import { variedOrder } from './order.ts';
import { Random } from './random.ts';

describe.each([7, 8, 23])('The order of %d sceneries over 60 scenes', (length) => {
  const places: [number, ...number[]] = [0, ...Array.from({ length: length - 1 }, (_, at) => at + 1)];

  it.each(Array.from({ length: 20 }, (_, at) => `video ${at}`))('has no recurring sequence of three: %s', (seed) => {
    const order = variedOrder(places, new Random(seed), 60);
    expect(order).toHaveLength(60);
    const triples = order.slice(2).map((last, at) => [order[at], order[at + 1], last].join());
    expect(new Set(triples).size).toBe(triples.length);
    for (const [at, place] of order.entries()) expect(place).not.toBe(order[at + 1]);
    expect(order.slice(0, length).toSorted((a, b) => a - b)).toEqual(places);
  });

  it('is the beginning of that over more scenes', () => {
    expect(variedOrder(places, new Random('a'), 7)).toEqual(variedOrder(places, new Random('a'), 60).slice(0, 7));
  });
});
