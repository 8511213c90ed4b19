import { describe, expect, it } from 'vitest';
import { numbersBefore } from './counted.ts';

describe('The numbers before the author’s', () => {
  it('are whole, and written as the author writes his', () => {
    expect(numbersBefore({ value: 4000, groupMark: ',' })).toEqual([
      '3,520',
      '3,600',
      '3,680',
      '3,760',
      '3,840',
      '3,920',
    ]);
    expect(numbersBefore({ value: 1_234_567, groupMark: '.' }).at(-1)).toBe('1.209.876');
    expect(numbersBefore({ value: 40, groupMark: '' })).toEqual(['34', '35', '36', '37', '38', '39']);
  });

  it.each([10, 11, 25, 99, 100, 999, 1000, 50_000])('end just below it and begin near it: %d', (value) => {
    const numbers = numbersBefore({ value, groupMark: '' }).map(Number);
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers[0]).toBeGreaterThanOrEqual(value * 0.8);
    expect(numbers.at(-1)).toBeGreaterThanOrEqual(value * 0.9);
    expect(Math.max(...numbers)).toBeLessThan(value);
  });
});
