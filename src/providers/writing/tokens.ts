/** About as many tokens as a text usually has: 4 Latin letters a token, 2 other characters of ASCII, and one for every other letter. */
export function usualTokens(text: string): number {
  const letters = text.match(/[A-Za-z ]/g)?.length ?? 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII.
  const ascii = text.match(/[\u0000-\u007F]/g)?.length ?? 0;
  return Math.ceil(letters / 4 + (ascii - letters) / 2 + (text.length - ascii));
}

/**
 * The most tokens that a text can have, by what the services' tokenizers make of it: 4 Latin letters a token in English and 2 in the
 * languages that they know least; a digit or a sign one; a Chinese character at most 2, and so every other letter.
 */
export function mostTokens(text: string): number {
  const letters = text.match(/[A-Za-z ]/g)?.length ?? 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII.
  const ascii = text.match(/[\u0000-\u007F]/g)?.length ?? 0;
  return Math.ceil(letters / 2) + (ascii - letters) + 2 * (text.length - ascii);
}
