import { describe, expect, it } from 'vitest';
import { keyWordsOf } from './headline-words.ts';

describe('The key words of a card', () => {
  it('are a phrase of the text', () => {
    const text = 'Along the route they drink nectar from milkweed.';
    expect(text).toContain(keyWordsOf(text, 'en').headline.slice(1));
    expect(keyWordsOf(text, 'en').headline).toBe('Drink nectar');
  });

  it('keep a noun and its complement together', () => {
    expect(keyWordsOf('A compass of sunlight in their antennae points them home.', 'en').headline).toBe(
      'Compass of sunlight',
    );
  });

  it('are a whole short clause', () => {
    expect(keyWordsOf('它不只是飲料，更是一種文化。', 'zh-TW').headline).toBe('它不只是飲料');
  });

  it('are at most six words or ten Chinese characters', () => {
    const english = `${'enormous purple mountains slowly crumbling '.repeat(6)}today.`;
    expect(keyWordsOf(english, 'en').headline.split(' ').length).toBeLessThanOrEqual(6);
    const chinese = '城市夜晚燈光照亮河流兩岸高樓街道行人車輛招牌';
    expect(keyWordsOf(chinese, 'zh-TW').headline.length).toBeLessThanOrEqual(10);
    expect(keyWordsOf(chinese, 'zh-TW').headline.length).toBeGreaterThan(1);
  });

  it('do not split a number', () => {
    expect(keyWordsOf('It weighs 4,000.5 kilograms.', 'en').headline).toContain('4,000.5 kilograms');
  });

  it('are the first words of a text that has only stop words', () => {
    expect(keyWordsOf('it is what it is.', 'en').headline).toBe('It is what it is');
  });

  it('are empty for a text without words', () => {
    expect(keyWordsOf(' … !! ', 'en')).toEqual({ headline: '', others: [] });
    expect(keyWordsOf('', 'zh-TW').headline).toBe('');
  });

  it('do not repeat a word of the headline in the second line', () => {
    const { headline, others } = keyWordsOf('Rain, cold nights and hungry birds wait for them.', 'en');
    expect(headline).toBe('Hungry birds wait');
    expect(others).toEqual(['Rain', 'Cold nights']);
  });
});
