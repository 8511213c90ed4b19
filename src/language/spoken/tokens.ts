/** A word, a number, white space, or one other character of a text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'space' | 'sign';
  readonly text: string;
  /** Offset in the text, in UTF-16 units. */
  readonly start: number;
}

/** Digits with separators inside ("1,234.5", "65_000", "2.1.3"), letters, white space, or one other character. */
const token = /(\d+(?:[.,_]\d+)*)|(\p{L}[\p{L}\p{M}]*)|(\s+)|[\s\S]/gu;
/** The same, with a space before each group of three digits: "65 000" is one number. */
const tokenWithSpaces =
  /([1-9]\d{0,2}(?: \d{3}){1,5}(?!\d)(?:,\d+)?|\d+(?:[.,_]\d+)*)|(\p{L}[\p{L}\p{M}]*)|(\s+)|[\s\S]/gu;

/** Splits a text into tokens; together they are the text. `spaceGroups`: the language groups digits by spaces. */
export function tokensOf(text: string, spaceGroups: boolean): readonly Token[] {
  const pattern = spaceGroups ? tokenWithSpaces : token;
  return Array.from(text.matchAll(pattern), ({ 0: found, 1: digits, 2: letters, 3: space, index }) => ({
    kind: digits !== undefined ? 'number' : letters !== undefined ? 'word' : space !== undefined ? 'space' : 'sign',
    text: found,
    start: index,
  }));
}
