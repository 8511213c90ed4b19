import { describe, expect, it } from 'vitest';
import { guessLanguage } from './guess-language.ts';

describe('The guessed language of a text', () => {
  it.each([
    ['Every video begins with words.', 'en'],
    ['每支影片，都從文字開始。給 Auto Video 一個主題就好。', 'zh-TW'],
    ['每个视频都从文字开始。这是我们说的话。', 'zh-CN'],
    ['すべての動画は言葉から始まります。', 'ja'],
    ['모든 영상은 말에서 시작됩니다.', 'ko'],
    ['Das Wort 茶 heißt Tee.', 'en'],
    ['2026 … !', 'en'],
    ['', 'en'],
  ])('%s → %s', (text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });
});
