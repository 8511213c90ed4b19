import { describe, expect, it } from 'vitest';
import { MAINLAND, TAIWANESE } from './chinese.cases.ts';
import { ENGLISH } from './english.cases.ts';
import { FRENCH } from './french.cases.ts';
import { GERMAN } from './german.cases.ts';
import { ITALIAN } from './italian.cases.ts';
import { lossesOf } from './lost-meaning.ts';
import { OTHERS } from './other-languages.cases.ts';
import { PORTUGUESE } from './portuguese.cases.ts';
import { SPANISH } from './spanish.cases.ts';

const ALL = [ENGLISH, TAIWANESE, MAINLAND, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN, ...OTHERS].flatMap(
  ({ language, cases }) => cases.map((one) => ({ language, one, text: one.text })),
);

describe(`The meaning of each of ${ALL.length} texts is kept by cards, chapters, title, summary and tags`, () => {
  it.each(ALL)('$language: $text', async ({ language, one }) => {
    expect(await lossesOf(one, language)).toEqual([]);
  });
});
