import { describe, expect, it } from 'vitest';
import { constantVoice } from '../../../test/helpers/media/constant-voice.ts';
import type { CueWord } from '../film/film.ts';
import { cuesFor } from './cues.ts';
import { highlightSteps } from './highlight-steps.ts';

const word = (text: string, startSeconds: number, endSeconds: number): CueWord => ({
  ...{ text, startSeconds, endSeconds },
  ...{ spaced: true, breakAfter: 'word', joinsNext: false },
});

function steps(words: readonly CueWord[]) {
  const group = {
    lines: [words],
    startSeconds: words[0]?.startSeconds ?? 0,
    endSeconds: words.at(-1)?.endSeconds ?? 0,
  };
  return highlightSteps(group).map((step) => [step.startSeconds, step.word?.text ?? null]);
}

describe('The mark on spoken words', () => {
  it('moves to each word when it begins', () => {
    expect(steps([word('The', 1, 1.2), word('sea', 1.25, 1.6), word('rises.', 1.6, 2)])).toEqual([
      [1, 'The'],
      [1.25, 'sea'],
      [1.6, 'rises.'],
    ]);
  });

  it('disappears in a pause', () => {
    expect(steps([word('Wait,', 1, 1.3), word('now.', 1.7, 2)])).toEqual([
      [1, 'Wait,'],
      [1.3, null],
      [1.7, 'now.'],
    ]);
  });

  it.each([
    ['zh-TW', '台股上週五下跌。', ['台股', '上週五', '下跌']],
    ['zh-CN', '东北风很冷。', ['东北风', '很冷']],
    ['zh-TW', '電子股上漲。', ['電子股', '上漲']],
  ])('is on a whole word in Chinese, where a line may end: %s: %s', (language, text, words) => {
    const cues = cuesFor(constantVoice(text, language).timings, text, language);
    const marked = steps(cues.flatMap((cue) => cue.words)).map(([, one]) => one);
    expect(marked.filter((one) => one !== null)).toEqual(words);
  });

  it('is never on what is not spoken, such as an emoji', () => {
    expect(steps([word('🎉', 1, 1), word('Well', 1, 1.3), word('done', 1.3, 1.6), word('🎉', 1.6, 1.6)])).toEqual([
      [1, 'Well'],
      [1.3, 'done'],
    ]);
    expect(steps([word('🎉', 1, 1)])).toEqual([[1, null]]);
  });
});
