import { expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { dependsOnPrevious } from '../../../src/language/sentences/references.ts';
import { sentencesOf } from '../../../src/language/sentences/sentences.ts';
import { unbreakableSpans } from '../../../src/language/sentences/unbreakable.ts';
import { SENTENCES, UNBREAKABLE } from './cases.ts';
import { DEPENDENT, INDEPENDENT } from './dependent.ts';

it.each(SENTENCES)('Sentences in %s end where they are marked: %s', (language, marked) => {
  const expected = marked.split('|').map((part) => part.trim());
  expect(sentencesOf(marked.replaceAll('|', ''), languageOf(language)).map(({ text }) => text)).toEqual(expected);
});

it.each(UNBREAKABLE)('Tokens in %s are not torn: %s', (language, text, expected) => {
  expect(unbreakableSpans(text, language).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

it('Tokens that must not be torn do not overlap, and none is longer than a line', () => {
  const text = `${'Dr. '.repeat(200)}Who ${'5 '.repeat(200)}kg`;
  const spans = unbreakableSpans(text, 'en');
  spans.forEach(({ start, end }, i) => {
    expect(end - start).toBeLessThanOrEqual(40);
    expect(start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0);
  });
});

it.each(DEPENDENT)('A sentence in %s leans on the one before it: %s', (language, sentence) => {
  expect(dependsOnPrevious(sentence, languageOf(language))).toBe(true);
});

it.each(INDEPENDENT)('A sentence in %s stands alone: %s', (language, sentence) => {
  expect(dependsOnPrevious(sentence, languageOf(language))).toBe(false);
});
