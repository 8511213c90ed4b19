import { describe, expect, it } from 'vitest';
import { clauseTimings, silentTimings, wordTimings } from './timings.ts';

const mark = (offset: number, startSeconds: number, endSeconds: number) => ({ offset, startSeconds, endSeconds });

describe('Word timings', () => {
  it('include the punctuation of a word, and a dash or an emoji after it', () => {
    const timings = wordTimings('“Well,” — 🎉 he said.', [mark(1, 0, 0.4), mark(13, 0.6, 0.7), mark(16, 0.7, 1)], 1);
    expect(timings.map((timing) => timing.text)).toEqual(['“Well,” — 🎉', 'he', 'said.']);
    expect(timings.map((timing) => timing.startSeconds)).toEqual([0, 0.6, 0.7]);
  });

  it('include text before the first word in it', () => {
    expect(wordTimings('— 🎉 Yes', [mark(5, 0, 1)], 1)).toEqual([
      { text: '— 🎉 Yes', textStart: 0, textEnd: 8, startSeconds: 0, endSeconds: 1 },
    ]);
  });

  it('divide the time of words that are spoken as one', () => {
    const timings = wordTimings('made of the sun', [mark(0, 0, 1), mark(5, 1, 2), mark(12, 2, 3)], 3);
    expect(timings.map((timing) => [timing.text, timing.startSeconds, timing.endSeconds])).toEqual([
      ['made', 0, 1],
      ['of', 1, 1.4],
      ['the', 1.4, 2],
      ['sun', 2, 3],
    ]);
  });

  it('divide the time of the first marked word among those before it, and all of it if no word is marked', () => {
    expect(wordTimings('aa bb', [mark(3, 0, 1)], 1).map((timing) => timing.startSeconds)).toEqual([0, 0.5]);
    expect(wordTimings('aa bb', [], 2).map((timing) => timing.endSeconds)).toEqual([1, 2]);
  });

  it('never decrease or overlap', () => {
    const timings = wordTimings('a b c', [mark(0, 0, 2), mark(2, 1, 1.5), mark(4, 0.5, 3)], 3);
    expect(timings.map((timing) => [timing.startSeconds, timing.endSeconds])).toEqual([
      [0, 1],
      [1, 1],
      [1, 3],
    ]);
  });
});

describe('Clause timings', () => {
  it('cover the text between marks, without white space', () => {
    const timings = clauseTimings(' 「你好，\n再見🎉。 ', [mark(1, 0, 1), mark(6, 1.2, 2)]);
    expect(timings.map((timing) => timing.text)).toEqual(['「你好，', '再見🎉。']);
  });
});

describe('Silent timings', () => {
  it('show an unspeakable text for the duration of the silence', () => {
    expect(silentTimings(' 🎉 ', 1)).toEqual([
      { text: '🎉', textStart: 1, textEnd: 3, startSeconds: 0, endSeconds: 1 },
    ]);
    expect(silentTimings(' \n', 1)).toEqual([]);
  });
});
