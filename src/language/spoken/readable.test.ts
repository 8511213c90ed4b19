import { describe, expect, it } from 'vitest';
import { removeUnreadable } from './readable.ts';
import { spokenText } from './spoken-text.ts';

const read = (text: string, language: string): string =>
  removeUnreadable(spokenText(text), language.slice(0, 2), language).text;

describe('A text in a script that the voice cannot read', () => {
  it.each([
    ['de', '今天天氣很好', 'Chinese characters'],
    ['en', 'สวัสดีครับ', 'Thai letters'],
    ['fr', 'Привет, мир', 'Cyrillic letters'],
    ['en', 'שלום', 'Hebrew letters'],
    ['ru', '你好世界', 'Chinese characters'],
    ['zh-TW', 'これは日本語です', 'Japanese kana'],
    ['zh-TW', '東京都は日本の首都である', 'Japanese kana'],
    ['zh-TW', '안녕하세요', 'Korean letters'],
  ])('is refused in %s: %s', (language, text, script) => {
    expect(() => read(text, language)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_LANGUAGE', message: expect.stringContaining(script) }),
    );
  });

  it('is read without its few foreign letters if it is mostly readable', () => {
    expect(read('The name Taipei (台北) is old', 'en').replace(/\s+/g, ' ')).toBe('The name Taipei ( ) is old');
  });

  it.each([
    ['en', 'Take 500 µg, 3 µm and 10 kΩ.', 'Take 500 μg, 3 μm and 10 kΩ.'],
    ['en', 'α-waves and Δt, 2π', 'alpha-waves and delta t, 2 pi'],
    ['fr', 'rayons γ', 'rayons gamma'],
    ['es', 'rayos α', 'rayos alfa'],
    ['zh-TW', 'α粒子和5Ω', 'alpha 粒子和5Ω'],
    ['el', 'το α', 'το α'],
    ['en', 'The word λόγος has a λ', 'The word       has a lambda'],
  ])('has the names of Greek letters that stand alone, and the signs of units, in %s: %s', (language, text, words) => {
    expect(read(text, language)).toBe(words);
  });

  it('is refused if just over half of its letters are foreign', () => {
    expect(read('ab 台北', 'en')).toContain('ab');
    expect(() => read('ab 台北市', 'en')).toThrow('mostly Chinese characters');
  });

  it('is accepted by any voice if it is Latin, or has no letters', () => {
    expect(read('OpenAI 的 GPT 模型', 'zh-TW')).toBe('OpenAI 的 GPT 模型');
    expect(read('Hello', 'zh-CN')).toBe('Hello');
    expect(read('2024!', 'de')).toBe('2024!');
  });
});
