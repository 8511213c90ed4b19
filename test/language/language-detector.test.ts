import { describe, expect, it } from 'vitest';
import { LanguageDetector } from '../../src/language/detection/language-detector.ts';
import { readModelFile } from '../../src/language/detection/model-file.ts';
import { builtInVoices, voicesFor } from '../../src/providers/local/speech/voices.ts';
import { SHORT_TEXTS } from './short-texts.ts';
import { MIXED_TEXTS, TEXTS, TEXTS_WITHOUT_VOICE } from './texts-by-language.ts';
import { TEXTS_IN_ANOTHER_LANGUAGE, TEXTS_WITH_FOREIGN_WORDS } from './texts-with-foreign-words.ts';
import { TITLES } from './titles.ts';

const detector = new LanguageDetector(readModelFile);
const speaks = (language: string) => voicesFor(builtInVoices, language).length > 0;
const wrongIn = (texts: readonly (readonly [language: string, text: string])[]) =>
  texts.filter(([language, text]) => detector.languageOf(text, speaks) !== language).map(([, text]) => text);

describe('The language of a text', () => {
  it('is found in texts, sentences and titles of every language with a voice', () => {
    // Two titles that other languages could have written: Norwegian has both words of the first.
    expect(wrongIn(TEXTS)).toEqual(['Pássaros de inverno', 'Fugle om vinteren', 'Ptaki zimą']);
  });

  it('is that of the greater part of a mixed text', () => expect(wrongIn(MIXED_TEXTS)).toEqual([]));

  it('is named even if it has no voice', () => expect(wrongIn(TEXTS_WITHOUT_VOICE)).toEqual([]));

  it('is found in three of four titles of a few words, and in five of six short texts', () => {
    expect(wrongIn(TITLES).length).toBeLessThanOrEqual(0.25 * TITLES.length);
    expect(wrongIn(SHORT_TEXTS).length).toBeLessThanOrEqual(SHORT_TEXTS.length / 6);
  });

  it('is not changed by capitals, line breaks or emoji', () => {
    for (const [language, text] of TEXTS.filter((one) => one[1].length > 50)) {
      const changed = `🎉 ${text.toUpperCase().replaceAll(' ', '\n')} 😊`;
      expect([changed, detector.languageOf(changed, speaks)]).toEqual([changed, language]);
    }
  });

  it('is found behind a title, names and links', () => {
    const german = 'Das Museum öffnet um neun und schließt, wenn der letzte Besucher gegangen ist. '.repeat(100);
    expect(detector.languageOf(`THE MUSEUM\nby Ann Smith\nhttps://example.org/the-news\n\n${german}`, speaks)).toBe(
      'de',
    );
  });

  it('of a short text is one that can be spoken', () => {
    const onlyGerman = (language: string) => language === 'de';
    for (const title of ['Winter Birds', 'Ptaki zimą', 'Talven linnut'])
      expect(detector.languageOf(title, onlyGerman)).toMatch(/^(?:de|en)$/);
  });

  it('is not concluded from a repeated word', () => {
    for (const word of ['a', 'sà', 'ghi'])
      expect(speaks(detector.languageOf(`${word} `.repeat(500), speaks))).toBe(true);
  });

  it('is found from at most 2,000 characters', () => {
    const beginning = 'Every spring the river rises above its banks. ';
    expect(detector.languageOf(beginning + '中'.repeat(99_000), speaks)).toBe('zh-TW');
    expect(detector.languageOf(beginning.repeat(2_000), speaks)).toBe('en');
  });
});

describe('A text in another language than the given one', () => {
  it.each(TEXTS_IN_ANOTHER_LANGUAGE)('given as %s is found to be %s: %s', (given, found, text) => {
    expect(detector.otherThan(given, text)).toBe(found);
  });
});

describe('A text in the given language', () => {
  it.each(TEXTS_WITH_FOREIGN_WORDS)('is not suspected in %s: %s', (language, text) => {
    expect(detector.otherThan(language, text)).toBeUndefined();
  });

  it('is not suspected in any of the texts of all languages', () => {
    const suspected = [...TEXTS, ...TEXTS_WITHOUT_VOICE, ...MIXED_TEXTS, ...TITLES].filter(
      ([language, text]) => !/^[\d\p{Emoji}]*$/u.test(text) && detector.otherThan(language, text) !== undefined,
    );
    expect(suspected).toEqual([]);
  });
});

describe('A short text in the given language', () => {
  it('is not suspected, in any of more than 300 of eleven languages', () => {
    expect(SHORT_TEXTS.length).toBeGreaterThanOrEqual(300);
    const suspected = SHORT_TEXTS.filter(([language, text]) => detector.otherThan(language, text) !== undefined);
    expect(suspected).toEqual([]);
  });

  it('is suspected to be in no language but its own, whatever other one is given', () => {
    const languages = [...new Set(SHORT_TEXTS.map(([language]) => language))];
    for (const given of languages)
      for (const [language, text] of SHORT_TEXTS)
        expect([text, given, detector.otherThan(given, text) ?? language]).toEqual([text, given, language]);
  });
});
