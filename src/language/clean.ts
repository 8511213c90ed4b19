import { characterAt, characterBefore, normalized } from '../unicode.ts';
import { withoutDividedWords } from './repair/divided-words.ts';
import { withoutMojibake, withWindowsMarks } from './repair/mojibake.ts';
import { withPlainLetters } from './repair/width.ts';

/** Characters of scripts that put no space between words. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60]/u;
/** Half of it is blank. */
const WIDE_PUNCTUATION = /^[\u3001-\u303F\uFF01-\uFF0F\uFF1A-\uFF20]/u;
const PUNCTUATION = /\p{P}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
const UNSPEAKABLE = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u200B\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * Normalizes text for the text provider: NFC, well-formed, `\n` alone at line ends, no byte order mark, control
 * characters, soft hyphens or zero-width spaces. Words are as they are meant: not divided at the end of a line, without
 * the signs of a wrong encoding, and in plain letters.
 */
export function cleanText(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\v\u0085\u2028]/gu, '\n')
    .replace(/[\f\u2029]/gu, '\n\n');
  const plain = withPlainLetters(withoutMojibake(withWindowsMarks(lines)));
  return normalized(withoutDividedWords(plain).replace(UNSPEAKABLE, ''), 'NFC');
}

/**
 * Joins lines to one, with a space; in Chinese and Japanese without one next to punctuation. A line feed in a narration
 * is a break that its author made: "夏天到了\n知了在叫" must not contain "到了知".
 */
export function joinLines(block: string): string {
  return joined(block, (before, after) =>
    PUNCTUATION.test(before.slice(-1)) || PUNCTUATION.test(after.charAt(0)) ? spaceBetween(before, after) : ' ',
  );
}

/** The lines of a text with single spaces, without empty ones. */
export function trimLines(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/\s+/gu, ' ').trim());
  return lines.filter((line) => line !== '').join('\n');
}

/** Lines as verses are quoted: "The rain is falling / I sing my song". */
export function inOneLine(text: string): string {
  return text.replaceAll('\n', ' / ');
}

/** Joins pieces of running text, with a space if the script at the boundary requires one. */
export function joinText(pieces: readonly string[]): string {
  return joined(pieces.join('\n'), spaceBetween);
}

/** What is between two pieces of running text: a space, or nothing between two Chinese or Japanese characters, or after wide punctuation. */
export function spaceBetween(before: string, after: string): '' | ' ' {
  const last = characterBefore(before, before.length);
  return WIDE_PUNCTUATION.test(last) || (UNSPACED.test(last) && UNSPACED.test(characterAt(after, 0))) ? '' : ' ';
}

function joined(block: string, between: (before: string, after: string) => string): string {
  const parts: string[] = [];
  for (const line of block.split('\n')) {
    const part = line.replace(/\s+/gu, ' ').trim();
    if (part === '') continue;
    const before = parts.at(-1);
    if (before !== undefined) parts.push(between(before, part));
    parts.push(part);
  }
  return parts.join('');
}

/** True if the text has something to speak or to show: a letter, a digit or a pictograph. */
export function hasContent(text: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(text);
}
