import type { Language } from './language.ts';

const PAIRS: Readonly<Record<string, string>> = {
  '“': '”',
  '«': '»',
  '‹': '›',
  '「': '」',
  '『': '』',
  '《': '》',
  '（': '）',
  '(': ')',
};

/** German opens low and closes with what English opens with; it also turns guillemets round. */
const GERMAN_PAIRS: Readonly<Record<string, string>> = { '„': '“', '‚': '‘', '»': '«', '›': '‹', '(': ')' };

/** True where a quotation mark or bracket stands open at the end of the text. Straight quotation marks alternate. */
export function openQuotes(text: string, language: Language): boolean {
  const pairs = language.base === 'de' ? GERMAN_PAIRS : PAIRS;
  const awaited: string[] = [];
  for (const character of text) {
    if (character === awaited.at(-1)) awaited.pop();
    else if (character === '"') awaited.push('"');
    else {
      const closing = pairs[character];
      if (closing) awaited.push(closing);
    }
  }
  return awaited.length > 0;
}
