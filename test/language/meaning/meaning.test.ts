import { describe, expect, it } from 'vitest';
import { ALL_CASES } from './all-cases.ts';
import { lossesOf } from './lost-meaning.ts';

describe(`The meaning of each of ${ALL_CASES.length} texts is kept by cards, chapters, title, summary and tags`, () => {
  it.each(ALL_CASES)('$language: $text', async ({ language, one }) => {
    expect(await lossesOf(one, language)).toEqual([]);
  });
});
