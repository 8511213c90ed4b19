import { describe, expect, it } from 'vitest';
import { unreadableScript } from './foreign-letters.ts';
import { removeUnreadable } from './readable.ts';
import { isSpeakable } from './speakable.ts';
import { spokenText } from './spoken-text.ts';

describe('A text that can be spoken', () => {
  it.each([
    ['en', 'Hi.'],
    ['en', '42'],
    ['en', '½'],
    ['en', '①'],
    ['en', 'Ｈｉ'],
    ['en', '℡'],
    ['en', `${'🎉'.repeat(1_000)} a`],
    ['zh-TW', '好'],
    ['zh-TW', 'Hello'],
    ['ru', 'Да'],
    ['el', 'Ναι'],
    ['de', '日本 3'],
  ])('is one in %s: %s', (language, text) => expect(isSpeakable(text, language)).toBe(true));
});

describe('A text that cannot be spoken', () => {
  it.each([
    ['en', ''],
    ['en', '...'],
    ['en', '🎉🎉'],
    ['en', '👩‍🚀 — 👨‍👩‍👧‍👦!'],
    ['en', '日本'],
    ['de', 'Да'],
    ['ru', '好'],
    ['zh-TW', 'のは'],
    ['zh-TW', '。、…'],
  ])('is one in %s: %s', (language, text) => expect(isSpeakable(text, language)).toBe(false));
});

describe('A text in a script that the voice cannot read', () => {
  it.each([
    ['de', '今天天氣很好'],
    ['en', 'สวัสดีครับ'],
    ['ru', '你好世界'],
    ['zh-TW', '東京都は日本の首都である'],
    ['zh-TW', '안녕하세요'],
    ['en', 'ab 台北市'],
    ['en', 'ab 台北'],
    ['en', 'The name Taipei (台北) is old'],
    ['zh-TW', 'OpenAI 的 GPT 模型'],
    ['el', 'Καλημέρα κόσμε'],
    ['de', '2024!'],
    ['fr', 'ʻOkina'],
  ])('is known before it is spoken, as the voice refuses it in %s: %s', (language, text) => {
    const refused = () => removeUnreadable(spokenText(text), language.slice(0, 2), language);
    const script = unreadableScript(text, language);
    if (script === undefined) expect(refused).not.toThrow();
    else expect(refused).toThrow(`mostly ${script}`);
  });
});
