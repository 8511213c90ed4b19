import { describe, expect, it } from 'vitest';
import { languageOf } from '../../language/language.ts';
import { lengthFault, wantedLength } from './film-length.ts';

const ENGLISH = languageOf('en');
const CHINESE = languageOf('zh-TW');

describe('The wanted length of a script', () => {
  it.each([
    // People narrate 130 to 160 English words, or 200 to 260 Chinese characters, a minute.
    [60, 'en', 1, 110, 160, 5],
    [600, 'en', 1, 1_100, 1_600, 46],
    [60, 'zh-TW', 1, 170, 250, 5],
    [60, 'en', 2, 220, 320, 5],
    [5, 'en', 1, 5, 15, 1],
    [1_800, 'en', 1, 3_000, 4_800, 60],
  ])('of %i s in %s at speed %d is %s to %s words in %i scenes', (seconds, tag, speed, least, most, scenes) => {
    const length = wantedLength(seconds, languageOf(tag), speed);
    expect(length.words).toBeGreaterThanOrEqual(least);
    expect(length.words).toBeLessThanOrEqual(most);
    expect(length.scenes).toBe(scenes);
  });

  it.each([
    ['en', 'tides '],
    ['de', 'Mondes '],
    ['zh-TW', '潮'],
    ['th', 'น'],
  ])('is reached by as many words as were asked for in %s', (tag, word) => {
    const language = languageOf(tag);
    const length = wantedLength(60, language, 1);
    const sentence = `${word.repeat(10).trim()}${language.spaced ? '. ' : '。'}`;
    const scene = sentence.repeat(Math.round(length.words / 10 / length.scenes));
    const narrations = Array.from({ length: length.scenes }, () => scene);
    expect(lengthFault(narrations, length, language, 1)).toBeUndefined();
  });

  it.each([
    [60, undefined],
    [45, undefined],
    [92, 'shorten it by'],
    [35, 'longer'],
  ])('of a minute is judged for a script of %i s: %s', (seconds, fault) => {
    // 0.083 s a letter, 0.22 s between sentences.
    const sentences = Math.round(seconds / (40 * 0.083 + 0.22));
    const narration = `${'aaaaaaaa '.repeat(5).trim()}. `.repeat(sentences);
    const found = lengthFault([narration], wantedLength(60, ENGLISH, 1), ENGLISH, 1);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(fault);
  });

  it('says how long the narration is and by how much it has to change', () => {
    const fault = lengthFault(['月'.repeat(433)], wantedLength(60, CHINESE, 1), CHINESE, 1);
    expect(fault).toBe(
      'Read aloud, the narration takes about 121 seconds, and it has to take about 60: shorten it by 50 %.',
    );
  });
});
