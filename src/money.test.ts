import { describe, expect, it } from 'vitest';
import { decimalOf, moneyOf } from './money.ts';

describe('An amount of money', () => {
  it.each([
    [0, '0.0000'],
    [1, '0.0001'],
    [420, '0.0420'],
    [123_456, '12.3456'],
    [-15, '-0.0015'],
    [99_999_999_999_999, '9999999999.9999'],
  ])('of %i ten-thousandths is $%s, and back', (money, decimal) => {
    expect(decimalOf(money)).toBe(decimal);
    expect(moneyOf(decimal)).toBe(money);
  });

  it('may be written with fewer places', () => {
    expect(moneyOf('0.5')).toBe(5_000);
    expect(moneyOf('3')).toBe(30_000);
  });

  it.each(['', '1.23456', '1e3', '.5', 'NaN', '1,5', '12345678901'])('is not written as "%s"', (text) => {
    expect(() => moneyOf(text)).toThrow(RangeError);
  });
});
