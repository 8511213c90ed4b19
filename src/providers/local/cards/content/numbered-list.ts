import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import type { Statement } from '../../../../language/headlines/statements.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { ListRow, StatementList } from './list-content.ts';

const MOST_ROWS = 5;
const FEWEST_ROWS = 2;
/** As `widthOf` measures it. */
const LONGEST_ROW = 60;
/** The number of an item, at the beginning of a statement or after what leads to the list. */
const NUMBER = /^(\d{1,2})\. (?=\S)/u;
const LED_NUMBER = /^([^:：]{1,80})[:：]\s{0,3}(?=\d{1,2}\. \S)/u;

interface NumberedRow extends ListRow {
  readonly number: number;
  readonly lead: string;
}

/**
 * The lists of a scene whose items begin with the author's numbers, "1. Wash the rice. 2. Boil the water.", in parts of at most
 * five rows; none if an item is long or has more than one sentence.
 */
export function numberedListsIn(statements: readonly Statement[], heading: string): StatementList[] {
  const rows = statements.map(numberedRow);
  const first = rows.findIndex((row) => row !== null);
  if (first < 0) return [];
  const found: NumberedRow[] = [];
  for (const row of rows.slice(first)) {
    if (row === null || row.number !== (found.at(-1)?.number ?? row.number - 1) + 1) break;
    found.push(row);
  }
  const [opening] = found;
  const isLong = found.some(({ text }) => widthOf(text) > LONGEST_ROW);
  // What follows a number after the last row would be part of that item.
  const isWhole = first + found.length === statements.length;
  if (opening === undefined || found.length < FEWEST_ROWS || isLong || !isWhole) return [];
  const before = opening.lead || (first === 0 ? heading : '');
  const lead = widthOf(before) <= LONGEST_ROW ? before : '';
  const size = Math.ceil(found.length / Math.ceil(found.length / MOST_ROWS));
  return found.flatMap((_, at): StatementList[] => {
    if (at % size !== 0) return [];
    const part = found.slice(at, at + size);
    const content = { lead, rows: part.map(plainRow), isNumbered: true, firstNumber: part[0]?.number ?? 1 };
    return [{ content, first: first + at, last: first + at + part.length - 1 }];
  });
}

function plainRow({ text, start }: NumberedRow): ListRow {
  return { text, start };
}

function numberedRow({ text, start, takenBack }: Statement): NumberedRow | null {
  const lead = LED_NUMBER.exec(text);
  const item = text.slice(lead?.[0].length ?? 0);
  const number = NUMBER.exec(item);
  if (number === null || takenBack) return null;
  const row = withoutEnd(item.slice(number[0].length));
  if (/["“„«「\n]/u.test(row) || !/\p{L}/u.test(row)) return null;
  // The row appears when its number is spoken.
  return {
    number: Number(number[1]),
    lead: lead?.[1]?.trim() ?? '',
    text: row,
    start: start + text.length - item.length,
  };
}
