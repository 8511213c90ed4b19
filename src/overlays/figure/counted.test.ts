import { describe, expect, it } from 'vitest';
import { countedTo } from './counted.ts';

const plain = { decimals: 0, decimalMark: '', groupMark: '' };

describe('A number on the way to the author’s', () => {
  it('is written as the author writes it', () => {
    expect(countedTo(0.5, { ...plain, value: 4000, groupMark: ',' })).toBe('2,000');
    expect(countedTo(0.1, { ...plain, value: 1_234_567, groupMark: '.' })).toBe('123.456');
    expect(countedTo(0.5, { value: 2.3, decimals: 1, decimalMark: ',', groupMark: '' })).toBe('1,1');
    expect(countedTo(0, { value: 2.35, decimals: 2, decimalMark: '.', groupMark: '' })).toBe('0.00');
  });

  it('is never larger, and is the same at the end', () => {
    expect(countedTo(0.999, { ...plain, value: 40 })).toBe('39');
    expect(countedTo(1, { value: 2.3, decimals: 1, decimalMark: '.', groupMark: '' })).toBe('2.3');
  });
});
