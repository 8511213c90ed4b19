import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { filmSeconds, speakingSeconds } from '../spoken/speaking-rate.ts';
import { firstClause, shorten } from './shorten.ts';

const english = languageOf('en');
const chinese = languageOf('zh-TW');

describe('Shortening a text', () => {
  it('does not change a text of exactly the limit and cuts one that is a character longer', () => {
    expect(shorten('one two', 7, english)).toBe('one two');
    expect(shorten('one twos', 7, english)).toBe('one…');
  });

  it('cuts between words and leaves no loose punctuation', () => {
    expect(shorten('The sea, the moon and the stars', 10, english)).toBe('The sea…');
    expect(shorten('潮汐發電廠的歷史', 6, chinese)).toBe('潮汐發電廠…');
  });

  it('cuts a single long word, but never an emoji', () => {
    expect(shorten('x'.repeat(50), 10, english)).toBe(`${'x'.repeat(9)}…`);
    expect(shorten('👨‍👩‍👧‍👦'.repeat(5), 30, english)).toBe(`${'👨‍👩‍👧‍👦'.repeat(2)}…`);
  });

  it('finds the first clause when the sentence is too long', () => {
    expect(firstClause('Twice a day, on most coasts, the sea climbs the shore. Yes.', 30, english)).toBe(
      'Twice a day, on most coasts',
    );
    expect(firstClause('Why not? Because.', 30, english)).toBe('Why not?');
  });

  it('keeps a condition, a denial and the sentence that takes another back', () => {
    expect(firstClause('If it rains on Sunday, the match is cancelled.', 30, english)).toBe(
      'If it rains on Sunday, the match is cancelled',
    );
    expect(firstClause('They said that it was safe. It was not.', 30, english)).toBe(
      'They said that it was safe. It was not',
    );
    expect(shorten('We drink the water from the well behind the old church never.', 40, english)).toMatch(
      /^We drink .* … church never\.$/u,
    );
  });
});

describe('The speaking time', () => {
  it('halves when the voice is twice as fast', () => {
    const text = 'The sea climbs the shore, and then draws back. Always.';
    expect(speakingSeconds(text, english, 2)).toBeCloseTo(speakingSeconds(text, english, 1) / 2, 6);
  });

  it('counts digits as the words that are spoken', () => {
    expect(speakingSeconds('1687', english, 1)).toBeGreaterThan(0.9);
  });

  it('does not count the pause after the last sentence', () => {
    expect(speakingSeconds('The sea.', english, 1)).toBe(speakingSeconds('The sea', english, 1));
    expect(speakingSeconds('海。海', chinese, 1)).toBeGreaterThan(speakingSeconds('海海', chinese, 1));
  });

  it('adds a second for each scene and subtracts a fade between two', () => {
    expect(filmSeconds(10, 1)).toBe(11);
    expect(filmSeconds(10, 3)).toBeCloseTo(12.2, 9);
  });
});
