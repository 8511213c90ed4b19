import { describe, expect, it } from 'vitest';
import { isSpeakable } from '../../../src/language/spoken/speakable.ts';

describe('A text', () => {
  it.each([
    ['Hi.', 'en'],
    ['1', 'en'],
    ['①', 'en'],
    ['½', 'de'],
    ['１', 'zh-TW'],
    ['𝗕𝗼𝗹𝗱', 'en'],
    ['🎉 好 🎉', 'zh-TW'],
    ['OpenAI', 'zh-CN'],
    ['Привет', 'ru'],
    ['Γεια', 'el'],
    [`${'🎉'.repeat(5_000)}a`, 'en'],
  ])('with a letter or digit can be spoken: %s in %s', (text, tag) => expect(isSpeakable(text, tag)).toBe(true));

  it.each([
    ['', 'en'],
    ['🎉🎉', 'en'],
    ['...', 'en'],
    ['👨‍👩‍👧 🇹🇼 #️⃣', 'zh-TW'],
    ['— … ! ?', 'fr'],
    ['™ → **', 'en'],
    ['\u200B\u00AD', 'en'],
    ['你好', 'en'],
    ['Привет', 'de'],
    ['🎉'.repeat(5_000), 'en'],
  ])('without one cannot: %s in %s', (text, tag) => expect(isSpeakable(text, tag)).toBe(false));
});
