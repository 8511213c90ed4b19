import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { termsOf } from './terms.ts';

const names = (text: string, tag: string): string[] =>
  termsOf(text, languageOf(tag))
    .filter(({ isName }) => isName)
    .map((term) => term.text);

describe('The terms of a text', () => {
  it.each([
    ['en', 'AT&T bought Time Warner.', ['AT&T', 'Time Warner']],
    ['en', 'Mr. Smith moved to St. Louis.', ['Smith', 'St. Louis']],
    ['en', 'We learn C++ and C# and Node.js.', ['C++', 'C#', 'Node.js']],
    ['en', 'Ask @lumio_app, not me@example.org.', ['@lumio_app', 'example.org']],
    ['zh-TW', '他讀完了三本C++的書。', ['C++']],
    ['de', 'Die Biene flog nach St. Gallen und New York.', ['St. Gallen', 'New York']],
    ['fr', 'Il habite à Saint-Étienne.', ['Saint-Étienne']],
    ['pt', 'Ele mora em São Paulo.', ['São Paulo']],
  ])('in %s: the names in %s', (tag, text, expected) => {
    expect(names(text, tag)).toEqual(expected);
  });

  it('are no quantities', () => {
    const content = termsOf('It is 2.7 km long and opened at 7h45 for 5M.', languageOf('en')).filter(
      (it) => it.content,
    );
    expect(content.map(({ text }) => text)).toEqual(['opened']);
  });
});
