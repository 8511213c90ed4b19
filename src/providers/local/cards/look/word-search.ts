import { normalized } from '../../../../unicode.ts';

const MARKS = /\p{M}/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
const WIDE = /[\p{Script=Han}]/u;

/** A text as it is searched for words, whatever its accents and capitals. */
export interface SearchedText {
  readonly whole: string;
  readonly words: readonly string[];
}

export function searched(text: string): SearchedText {
  const whole = normalized(text, 'NFKD').replace(MARKS, '').toLowerCase();
  return { whole, words: whole.match(WORDS) ?? [] };
}

/**
 * How many words of a list, separated by spaces, are in the text. Words of the list are in lower case and without accents; `*` at
 * the end stands for any letters. Chinese words may be anywhere.
 */
export function wordCount({ whole, words }: SearchedText, list: string): number {
  return list.split(' ').filter((wanted) => {
    if (WIDE.test(wanted)) return whole.includes(wanted);
    const stem = wanted.endsWith('*') ? wanted.slice(0, -1) : null;
    return words.some((word) => (stem === null ? word === wanted : word.startsWith(stem)));
  }).length;
}
