import { describe, expect, it } from 'vitest';
import { balancedLines, breakLines, unitsOf } from './line-break.ts';

/** Every character one wide. */
const measure = (text: string): number => Array.from(text).length;

function texts(text: string, language: string): string[] {
  return unitsOf(text, language).map((unit) => unit.text);
}

describe('where a line may end', () => {
  it('is at spaces and inside long hyphenated words', () => {
    expect(texts('an e-mail on well-being', 'en')).toEqual(['an', 'e-mail', 'on', 'well-', 'being']);
  });

  it('is not at a no-break space', () => {
    expect(texts('compass of\u00a0sunlight', 'en')).toEqual(['compass', 'of\u00a0sunlight']);
  });

  it('is between Chinese words, never before a stop or after an opening bracket', () => {
    const units = texts('臺灣的「珍珠奶茶」，好喝！', 'zh-TW');
    expect(units.join('')).toBe('臺灣的「珍珠奶茶」，好喝！');
    for (const unit of units) {
      expect(unit).not.toMatch(/^[」，！的]/u);
      expect(unit).not.toMatch(/「$/u);
    }
    expect(units.length).toBeGreaterThan(2);
  });
});

describe('lines', () => {
  it('fill up to the last character that fits', () => {
    const units = unitsOf('aaaa bbbb cccc', 'en');
    expect(breakLines(units, 9, measure)).toEqual(['aaaa bbbb', 'cccc']);
    expect(breakLines(units, 8, measure)).toEqual(['aaaa', 'bbbb', 'cccc']);
  });

  it('part a word only where it is wider than a line, and then between graphemes', () => {
    const lines = breakLines(unitsOf('ab👩‍💻👩‍💻cd', 'en'), 4, measure);
    expect(lines.join('')).toBe('ab👩‍💻👩‍💻cd');
    expect(lines).toContain('👩‍💻');
  });

  it('are as even as they can be without needing one more', () => {
    const units = unitsOf('one two three four five', 'en');
    expect(breakLines(units, 18, measure)).toEqual(['one two three four', 'five']);
    expect(balancedLines(units, 18, measure)).toEqual(['one two three', 'four five']);
  });
});
