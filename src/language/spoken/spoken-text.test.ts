import { describe, expect, it } from 'vitest';
import { spokenForm } from './spoken-form.ts';
import { rewrite, spokenText } from './spoken-text.ts';

const squeeze = (text: string): string => text.replace(/ +/g, ' ').trim();
const said = (text: string, tag: string): string => squeeze(spokenForm(spokenText(text), tag).text);

describe('A text for the voice', () => {
  it.each([
    ['full-width digits and letters are plain', 'ＡＢＣ１２３', 'ABC123'],
    ['emoji and flags are not said', 'Hi 👩‍👩‍👧🏽 there 🇹🇼 1️⃣!', 'Hi there 1 !'],
    ['controls and invisible marks are not said', 'a\u0000b\u200Bc\u202Ed\u00ADe\uD800f', 'a b c d e f'],
    ['fractions and powers stay apart from the number', '2½ 10² 1º', '2½ 10² 1º'],
    ['circled digits are numbers of their own', 'a①b', 'a 1 b'],
    ['a letter and its accent are one', 'cafe\u0301', 'café'],
    ['typographic quotes are plain', 'don’t “go”', 'don\'t "go"'],
  ])('%s', (_name, seen, heard) => expect(squeeze(spokenText(seen).text)).toBe(heard));

  it('normalizes line breaks of any kind', () => expect(spokenText('a\r\nb\u2028c\nd').text).toBe('a\nb\nc\nd'));

  it('maps back to the original across removed and rewritten characters', () => {
    const text = '🎉🎉 It is 20 °C & fine.';
    const spoken = spokenForm(spokenText(text), 'en');
    const at = (part: string): string => text.slice(spoken.origins[spoken.text.indexOf(part)]).slice(0, 4);
    expect([at('It'), at('degrees'), at('and'), at('fine')]).toEqual(['It i', '20 °', '& fi', 'fine']);
  });

  it('does not change a match when the rewrite returns undefined', () => {
    const spoken = rewrite(spokenText('a1b2'), /\d/gu, ([digit]) => (digit === '2' ? 'two' : undefined));
    expect(spoken).toEqual({ text: 'a1btwo', origins: [0, 1, 2, 3, 3, 3] });
  });
});

describe('A text in a language whose numbers are left to the voice', () => {
  it.each([
    ['pl', 'Zob. https://example.pl/x', 'Zob. example.pl'],
    ['nl', 'Zie http://example.nl/', 'Zie example punt nl'],
    ['nl', '20 € en £3', '20 euro en 3 pond'],
    ['sv', '5 & 6, 20 °C', '5 och 6, 20 grader Celsius'],
    ['nb', '# Tittel i C# ~ nå', 'Tittel i C sharp nå'],
    ['nl', '**vet** [[x]] `code`', 'vet x code'],
  ])('in %s: %s', (language, seen, heard) => expect(said(seen, language)).toBe(heard));
});
