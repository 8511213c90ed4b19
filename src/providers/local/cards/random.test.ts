import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

function numbers(seed: string, count: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.next());
}

describe('The seeded random generator', () => {
  it('repeats for the same seed and differs for another', () => {
    expect(numbers('a', 20)).toEqual(numbers('a', 20));
    expect(numbers('a', 20)).not.toEqual(numbers('b', 20));
  });

  it('is evenly distributed over the whole range', () => {
    const drawn = numbers('even', 10_000);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = drawn.filter((number) => Math.floor(number * 10) === tenth).length;
      expect(share).toBeGreaterThan(850);
      expect(share).toBeLessThan(1150);
    }
  });

  it('shuffles without losing or duplicating elements', () => {
    const mixed = new Random('s').shuffled([1, 2, 3, 4, 5, 6, 7]);
    expect(mixed.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(mixed).not.toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
