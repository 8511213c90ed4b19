import { columnsOfCharacter } from '../../../drawing/columns.ts';

/** What is legible on a card at any shape of the frame. */
const MOST_LINES = 12;
const MOST_COLUMNS = 54;
/** UTF-16 units; what comes later is on no card. */
const LONGEST_READ = 20_000;
const MORE = '…';

/**
 * Code as a card shows it: at most 12 lines of 54 columns, tabs as two spaces, without common indentation and without
 * empty lines around it. Longer code and longer lines end with "…". Empty if nothing is visible.
 */
export function shownCode(code: string): string {
  const all = code
    .slice(0, LONGEST_READ)
    .toWellFormed()
    .split('\n')
    .map((line) => line.replaceAll('\t', '  ').trimEnd());
  const first = all.findIndex((line) => line !== '');
  const last = all.findLastIndex((line) => line !== '');
  const lines = first < 0 ? [] : all.slice(first, last + 1);
  const isLonger = lines.length > MOST_LINES || code.length > LONGEST_READ;
  const shown = isLonger ? withoutEmptyEnd(lines.slice(0, MOST_LINES - 1)) : lines;
  const indentation = Math.min(...shown.filter((line) => line !== '').map(indentationOf));
  const narrow = shown.map((line) => shortened(line.slice(indentation)));
  return [...narrow, ...(isLonger ? [MORE] : [])].join('\n');
}

function withoutEmptyEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A line cut at the last column, with "…" in it. */
function shortened(line: string): string {
  let columns = 0;
  let fits = '';
  for (const character of line) {
    columns += columnsOfCharacter(character);
    if (columns > MOST_COLUMNS) return `${fits.trimEnd()}${MORE}`;
    if (columns < MOST_COLUMNS) fits += character;
  }
  return line;
}
