import { characterAt, characterBefore, normalized } from '../unicode.ts';

/** Characters of scripts that put no space between words. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
const UNSPEAKABLE = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * Normalizes text for the text provider: NFC, well-formed, `\n` alone at line ends, no byte order mark, control
 * characters or soft hyphens. Words are never changed.
 */
export function cleanText(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\v\u0085\u2028]/gu, '\n')
    .replace(/[\f\u2029]/gu, '\n\n');
  return normalized(lines.replace(UNSPEAKABLE, ''), 'NFC');
}

/** Blocks between empty lines, trimmed; none is empty. Expects cleaned text. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/u)
    .map((block) => block.trim())
    .filter((block) => block !== '');
}

/** Joins lines to one: wrapped lines are joined with a space, in Chinese and Japanese without one. */
export function joinLines(block: string): string {
  const parts: string[] = [];
  let end = '';
  for (const line of block.split('\n')) {
    const part = line.replace(/\s+/gu, ' ').trim();
    if (part === '') continue;
    const isOneWord = UNSPACED.test(end) && UNSPACED.test(characterAt(part, 0));
    if (parts.length > 0 && !isOneWord) parts.push(' ');
    parts.push(part);
    end = characterBefore(part, part.length);
  }
  return parts.join('');
}

/** Joins pieces of running text, with a space if the script at the boundary requires one. */
export function joinText(pieces: readonly string[]): string {
  return joinLines(pieces.join('\n'));
}

/** True if the text has something to speak or to show: a letter, a digit or a pictograph. */
export function hasContent(text: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(text);
}
