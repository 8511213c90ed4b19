import { describe, expect, it } from 'vitest';
import { rewrite, spokenText } from './spoken-text.ts';
import { sayableSymbols } from './symbols.ts';

const squeeze = (text: string): string => text.replace(/ +/g, ' ').trim();
const said = (text: string, primary = 'en'): string => squeeze(sayableSymbols(spokenText(text), primary).text);

describe('A text for the voice', () => {
  it.each([
    ['full-width digits and letters are plain', 'ＡＢＣ１２３', 'ABC123'],
    ['emoji and flags are not said', 'Hi 👩‍👩‍👧🏽 there 🇹🇼 1️⃣!', 'Hi there 1 !'],
    ['controls and invisible marks are not said', 'a\u0000b\u200Bc\u202Ed\u00ADe\uD800f', 'a b c d e f'],
    ['mark-up is not said', '**bold** [[x]] `code`', 'bold x code'],
    ['a letter and its accent are one', 'cafe\u0301', 'café'],
    ['typographic quotes are plain', 'don’t “go”', 'don\'t "go"'],
  ])('%s', (_name, seen, heard) => expect(squeeze(spokenText(seen).text)).toBe(heard));

  it('normalizes line breaks of any kind', () => expect(spokenText('a\r\nb\u2028c\nd').text).toBe('a\nb\nc\nd'));

  it('maps back to the original across removed and rewritten characters', () => {
    const text = '🎉🎉 It is 20 °C & fine.';
    const spoken = sayableSymbols(spokenText(text), 'en');
    const at = (part: string): string => text.slice(spoken.origins[spoken.text.indexOf(part)]).slice(0, 4);
    expect([at('It'), at('degrees'), at('and'), at('fine')]).toEqual(['It i', '°C &', '& fi', 'fine']);
  });

  it('does not change a match when the rewrite returns undefined', () => {
    const spoken = rewrite(spokenText('a1b2'), /\d/gu, ([digit]) => (digit === '2' ? 'two' : undefined));
    expect(spoken).toEqual({ text: 'a1btwo', origins: [0, 1, 2, 3, 3, 3] });
  });
});

describe('Symbols in a text', () => {
  it.each([
    ['en', 'See https://www.example.com/a?b=c.', 'See example dot com.'],
    ['en', 'See www.example.org, please', 'See example dot org, please'],
    ['de', 'Siehe http://example.de/', 'Siehe example Punkt de'],
    ['pl', 'Zob. https://example.pl/x', 'Zob. example.pl'],
    ['en', '$1, $5, $2 million, 7€, NT$300', '1 dollar, 5 dollars, 2 million dollars, 7 euros, 300 Taiwan dollars'],
    ['fr', '20 € et £3', '20 euros et 3 livres'],
    ['de', '5 & 6, 20 °C', '5 und 6, 20 Grad Celsius'],
    ['en', '# Title in C# ~ now', 'Title in C sharp now'],
  ])('in %s: %s', (language, seen, heard) => expect(said(seen, language)).toBe(heard));
});
