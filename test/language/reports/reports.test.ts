import { describe, expect, it } from 'vitest';
import { filmWordsOf, spokenFormOf } from '../../corpus/film-words.ts';
import { FILMED, HEARD } from './reports.ts';

describe('The voice', () => {
  it.each(HEARD)('reads %s in %s: %s', async (_kind, language, text, words) => {
    const heard = wordsIn(await spokenFormOf(text, language), language);
    expect(` ${heard} `).toContain(
      language.startsWith('zh') ? wordsIn(words, language) : ` ${wordsIn(words, language)} `,
    );
  });
});

describe('The film', () => {
  it.each(FILMED)('keeps $kind', async ({ language, text, seconds, said, never, unbroken = [] }) => {
    const film = await filmWordsOf({
      language,
      source: { kind: 'article', text, ...(seconds === undefined ? {} : { seconds }) },
      titles: ['-'],
      narrated: [],
    });
    const narration = film.narrations.join(' ');
    expect(said.filter((passage) => !narration.includes(passage))).toEqual([]);
    const shown = [film.title, ...film.narrations, ...film.cards, ...film.captions].join('\n');
    expect(never.filter((passage) => shown.includes(passage))).toEqual([]);
    expect(unbroken.filter((words) => !film.captions.some((line) => line.includes(words)))).toEqual([]);
  });
});

/** In lower case, with single spaces, without the punctuation that is not heard; in Chinese without spaces. */
function wordsIn(text: string, language: string): string {
  const words = text
    .toLowerCase()
    .replace(/[.;:!?"]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return language.startsWith('zh') ? words.replaceAll(' ', '') : words.replaceAll(',', '');
}
