/** A word, or one character of Chinese or Japanese: [start, end) in UTF-16 units. */
export interface SpokenToken {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+/gu;

/** The speakable parts of a text, in order. */
export function spokenTokens(text: string): readonly SpokenToken[] {
  return Array.from(text.matchAll(TOKEN), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    text: found.toLowerCase(),
  }));
}
