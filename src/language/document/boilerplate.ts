import { endsSentence } from '../sentences/join-sentences.ts';
import type { Block } from './block.ts';
import {
  CALLS,
  CAPTIONS,
  DATELINES,
  MAIL_LINES,
  NEIGHBOURS,
  READING_TIMES,
  SHARE_LINES,
} from './boilerplate-patterns.ts';
import { isByline, isDateLine, isMonth } from './bylines.ts';

/** A longer line is text. UTF-16 units. */
const LONGEST_LINE = 160;
/** Bylines and dates are before the first sentence; later, a date may head an entry of a diary. */
const OPENING_LINES = 10;
const LINES_OF_PAGES = [...READING_TIMES, ...SHARE_LINES, ...NEIGHBOURS, ...CAPTIONS];
const LONGEST_DATELINE = 120;
/** At the end of an article as well as at its beginning. */
const CREDITS = /^[（(]?(?:图片来源|圖片來源|图源|圖源|責任編輯|责任编辑|編輯|编辑|来源|來源)\s?[:：]\s?.{1,40}$/u;

/**
 * A text without lines that belong to its page: bylines and dates at the beginning, lines to share and to read on,
 * captions of pictures, reading times. Its first line is kept. Expects cleaned text.
 */
export function withoutBoilerplateLines(text: string): string {
  let seen = 0;
  let hasBegun = false;
  return text
    .split('\n')
    .map((line) => {
      const bare = withoutEmphasis(line);
      if (bare === '') return line;
      seen += 1;
      const isLeftOut = isBoilerplate(bare, !hasBegun && seen <= OPENING_LINES);
      hasBegun ||= !isLeftOut && endsSentence(bare);
      return seen > 1 && isLeftOut ? '' : line;
    })
    .join('\n');
}

/**
 * The same for the blocks of a document, and without the place and the agency before the first words of a report. A line
 * of an e-mail to its reader is left out even if it is the first of several blocks.
 */
export function withoutBoilerplate(blocks: readonly Block[]): Block[] {
  let hasBegun = false;
  return blocks.flatMap((block, i) => {
    if (block.kind !== 'paragraph' && block.kind !== 'item') return [block];
    const isLeftOut = isBoilerplate(block.text, !hasBegun && i < OPENING_LINES);
    hasBegun ||= !isLeftOut && endsSentence(block.text);
    const isKept = i === 0 && (blocks.length === 1 || !isMailLine(block.text));
    if (isLeftOut && !isKept) return [];
    const text = withoutDateline(block.text);
    return text === '' ? [] : [{ ...block, text }];
  });
}

/**
 * True for a byline, a date (both at the beginning of an article only), a reading time, the caption of a picture, or a
 * line to share, to read on or to unsubscribe.
 */
export function isBoilerplate(line: string, isOpening: boolean): boolean {
  if (line.length > LONGEST_LINE) return false;
  if (isOpening && (isByline(line) || isDateLine(line))) return true;
  if (isMailLine(line) || CALLS.some((pattern) => pattern.test(line))) return true;
  // Any other whole sentence is text, whatever its words.
  if (/[.!?。！？]$/u.test(line)) return false;
  return CREDITS.test(line) || LINES_OF_PAGES.some((pattern) => pattern.test(line));
}

function isMailLine(line: string): boolean {
  return line.length <= LONGEST_LINE && MAIL_LINES.some((pattern) => pattern.test(line));
}

function withoutDateline(text: string): string {
  const head = text.slice(0, LONGEST_DATELINE);
  const found = DATELINES.map((pattern) => pattern.exec(head)).find((match) => match !== null && hasMonth(match));
  return found ? text.slice(found[0].length) : text;
}

/** "Anna, 12 ans – " is no dateline: a group for the month must be one. */
function hasMonth({ groups }: RegExpExecArray): boolean {
  const month = groups?.['month'];
  return month === undefined || isMonth(month.toLowerCase());
}

/** "*By Jane Doe*" → "By Jane Doe" */
function withoutEmphasis(line: string): string {
  return line
    .slice(0, LONGEST_LINE + 10)
    .trim()
    .replace(/^[*_]{1,3}(?=\S)/u, '')
    .replace(/[*_]{1,3}$/u, '');
}
