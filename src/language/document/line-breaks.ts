import { characterAt, characterBefore } from '../../unicode.ts';
import { WIDE_SCRIPT } from '../language.ts';
import { JOINS_HALVES } from '../repair/divided-words.ts';

/** A break that its author marked, as in "<br>"; a cleaned text has no such character. */
export const MARKED_BREAK = '\u2028';

/** Lines narrower than this were not wrapped by a program. In columns; a Chinese character has two. */
const NARROWEST = { spaced: 40, wide: 32 } as const;
/** Chinese may wrap a line early by this many columns, since some marks may not begin a line. */
const CHINESE_SLACK = 4;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60]/u;
const ENDS_CLAUSE = /[.!?,;:…。！？，；：、—–-][\p{Pf}\p{Pe}"'”’]{0,3}$/u;

/**
 * One text of the lines of a paragraph. Lines that were wrapped at a width are joined, with a space or, in Chinese and
 * Japanese, without one. Otherwise the breaks are the author's: they stay, as `\n`, where joining would change how the
 * lines are read.
 */
export function joinParagraph(text: string): string {
  return text
    .split(MARKED_BREAK)
    .map((part) =>
      joinSoftLines(
        part
          .split('\n')
          .map(plain)
          .filter((line) => line !== ''),
      ),
    )
    .filter((part) => part !== '')
    .join('\n');
}

function joinSoftLines(lines: readonly string[]): string {
  if (lines.length < 2) return lines[0] ?? '';
  const isWrapped = areWrapped(lines);
  const parts: string[] = [];
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    if (before !== undefined) parts.push(separator(before, line, isWrapped));
    parts.push(line);
  });
  return parts.join('');
}

function separator(before: string, after: string, isWrapped: boolean): string {
  if (isDivided(before, after)) return '';
  const isUnspaced = UNSPACED.test(characterBefore(before, before.length)) && UNSPACED.test(characterAt(after, 0));
  if (isWrapped) return isUnspaced ? '' : ' ';
  if (isUnspaced) return '\n';
  // In the middle of a sentence a break changes nothing, and nor does it at the end of one.
  return /^\p{Ll}/u.test(after) || ENDS_CLAUSE.test(before) ? ' ' : '\n';
}

/** A word in two parts after a hyphen, which stays: "Nord-" and "Süd". "pre- and post-war" has two words. */
function isDivided(before: string, after: string): boolean {
  return /[\p{Ll}\p{N}]-$/u.test(before) && /^\p{L}/u.test(after) && !JOINS_HALVES.test(after);
}

/** True if each line is as full as the widest one allows: the first word of the next line would not have fitted. */
function areWrapped(lines: readonly string[]): boolean {
  const widths = lines.map(columns);
  const widest = widths.slice(0, -1).reduce((most, width) => Math.max(most, width), 0);
  const isWide = WIDE_SCRIPT.test(lines[0] ?? '');
  if (widest < (isWide ? NARROWEST.wide : NARROWEST.spaced)) return false;
  return lines.slice(1).every((line, i) => {
    const room = widest - (widths[i] ?? 0);
    return isWide ? room <= CHINESE_SLACK : room < 1 + columns(/^\S+/u.exec(line)?.[0] ?? '');
  });
}

function columns(text: string): number {
  return text.length + (text.match(/[\u2E80-\u9FFF\uF900-\uFAFF\uFF01-\uFF60]/gu)?.length ?? 0);
}

function plain(line: string): string {
  return line.replace(/\s+/gu, ' ').trim();
}
