import { describe, expect, it } from 'vitest';
import { wordMarks } from './word-marks.ts';

const mark = (offset: number, startSeconds: number, endSeconds: number) => ({ offset, startSeconds, endSeconds });

describe('Word marks', () => {
  it('begin with the first sound of a word and end with its last, not with a pause inside it', () => {
    const marks = wordMarks(
      'a😀b, c',
      [
        ['word', 0, 0, 1],
        ['phoneme', 0, 51, 1],
        ['phoneme', 0, 80, 0],
        ['phoneme', 0, 100, 1],
        ['phoneme', 0, 200, 0],
        ['word', 5, 400, 1],
        ['phoneme', 5, 410, 1],
      ],
      0.6,
    );
    expect(marks).toEqual([mark(0, 0.051, 0.2), mark(6, 0.41, 0.6)]);
  });
});
