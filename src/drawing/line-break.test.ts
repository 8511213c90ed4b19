import { describe, expect, it } from 'vitest';
import { balancedLines, breakLines, unitsOf } from './line-break.ts';

/** Every character has width 1. */
const measure = (text: string): number => Array.from(text).length;

function texts(text: string, language: string): string[] {
  return unitsOf(text, language).map((unit) => unit.text);
}

describe('A line break', () => {
  it('is allowed at spaces and inside long hyphenated words', () => {
    expect(texts('an e-mail on well-being', 'en')).toEqual(['an', 'e-mail', 'on', 'well-', 'being']);
  });

  it('is allowed before the "@" of a long address, and inside a longer part of it', () => {
    expect(texts('write to anna.weber@museum.example.org.', 'en')).toEqual([
      'write',
      'to',
      'anna.weber',
      '@museum.example.org.',
    ]);
    expect(texts('press@archaeology.museum.example.org', 'en')).toEqual([
      'press',
      '@archaeology',
      '.museum',
      '.example',
      '.org',
    ]);
    expect(texts('anna@example.org', 'en')).toEqual(['anna@example.org']);
    expect(texts('1.234.567.890.123.456', 'en')).toEqual(['1.234.567.890.123.456']);
  });

  it('is allowed before the points of a long name in code', () => {
    expect(texts('set server.keepAliveTimeout', 'en')).toEqual(['set', 'server', '.keepAliveTimeout']);
    expect(texts('server.timeout', 'en')).toEqual(['server.timeout']);
  });

  it('is not allowed at a no-break space', () => {
    expect(texts('compass of\u00a0sunlight', 'en')).toEqual(['compass', 'of\u00a0sunlight']);
  });

  it('is allowed between Chinese words, never before punctuation or after an opening bracket', () => {
    const units = texts('臺灣的「珍珠奶茶」，好喝！', 'zh-TW');
    expect(units.join('')).toBe('臺灣的「珍珠奶茶」，好喝！');
    for (const unit of units) {
      expect(unit).not.toMatch(/^[」，！的]/u);
      expect(unit).not.toMatch(/「$/u);
    }
    expect(units.length).toBeGreaterThan(2);
  });

  it('is not allowed between a number and the Chinese word that it counts', () => {
    expect(texts('票價 NT$350，5\u00a0歲以下免費', 'zh-TW')).toEqual(['票價', 'NT$350，5\u00a0歲以下', '免費']);
    expect(texts('不到5歲的孩子', 'zh-TW')).toEqual(['不到5歲的', '孩子']);
  });
});

describe('The lines of a text', () => {
  it('begin where the author begins one', () => {
    const poem = unitsOf('a goat\nno boat', 'en');
    expect(breakLines(poem, 40, measure)).toEqual(['a goat', 'no boat']);
    expect(balancedLines(unitsOf('夏天到了\n知了在唱歌', 'zh-TW'), 40, measure).lines).toEqual([
      '夏天到了',
      '知了在唱歌',
    ]);
  });

  it('never end with a line of one Chinese character', () => {
    for (const width of [4, 5, 6, 7, 8, 9, 10, 11]) {
      const { lines } = balancedLines(unitsOf('有一天我們終於看見那座山。', 'zh-TW'), width, measure);
      expect(lines.at(-1)?.replace(/\P{L}/gu, '').length).toBeGreaterThan(1);
    }
  });

  it('are filled up to the last character that fits', () => {
    const units = unitsOf('aaaa bbbb cccc', 'en');
    expect(breakLines(units, 9, measure)).toEqual(['aaaa bbbb', 'cccc']);
    expect(breakLines(units, 8, measure)).toEqual(['aaaa', 'bbbb', 'cccc']);
  });

  it('break a word only if it is wider than a line, and then between graphemes', () => {
    const lines = breakLines(unitsOf('ab👩‍💻👩‍💻cd', 'en'), 4, measure);
    expect(lines.join('')).toBe('ab👩‍💻👩‍💻cd');
    expect(lines).toContain('👩‍💻');
  });

  it('divide a word with a hyphen, which has room on its line', () => {
    expect(breakLines(unitsOf('Gesellschaft', 'de'), 8, measure)).toEqual(['Gesell-', 'schaft']);
    expect(breakLines(unitsOf('Gesellschaft', 'de'), 12, measure)).toEqual(['Gesellschaft']);
    expect(breakLines(unitsOf('12345678', 'de'), 4, measure)).toEqual(['1234', '5678']);
  });

  it('are as even as possible without an additional line', () => {
    const units = unitsOf('one two three four five', 'en');
    expect(breakLines(units, 18, measure)).toEqual(['one two three four', 'five']);
    expect(balancedLines(units, 18, measure).lines).toEqual(['one two three', 'four five']);
  });

  it.each([
    ['en', 28, 'Neither the school nor the clinic is affected', ['Neither the school', 'nor the clinic is affected']],
    [
      'en',
      20,
      'Some of the well water is unsafe. Do not drink it',
      ['Some of the well', 'water is unsafe.', 'Do not drink it'],
    ],
    [
      'pt',
      28,
      'O Sr. Amadeu Lopes, de 78 anos, cuidou do farol',
      ['O Sr. Amadeu Lopes,', 'de 78 anos, cuidou do farol'],
    ],
    ['de', 24, 'Kartoffeln schälen und in Würfel schneiden', ['Kartoffeln schälen', 'und in Würfel schneiden']],
    ['fr', 26, 'Il ferme la boutique parce que la pluie tombe', ['Il ferme la boutique', 'parce que la pluie tombe']],
    ['zh-TW', 10, '如果明天下雨，我們就在家裡看書', ['如果明天下雨，', '我們就在家裡看書']],
  ])('end where a clause or a phrase ends, in %s', (language, width, text, expected) => {
    expect(balancedLines(unitsOf(text, language), width, measure).lines).toEqual(expected);
  });
});
