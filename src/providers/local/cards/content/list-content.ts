import { withHosts } from '../../../../language/headlines/addresses.ts';

/** A list in a narration: what leads to it, and its rows. */
export interface ListContent {
  /** May be empty. */
  readonly lead: string;
  readonly rows: readonly ListRow[];
  readonly isNumbered: boolean;
  /** The number of the first row; 1 where it is missing. */
  readonly firstNumber?: number;
}

export interface ListRow {
  /** The year of a row of a timeline; the text is without it. */
  readonly label?: string;
  readonly text: string;
  /** Where the row begins to be spoken, in UTF-16 units of the text that the list was found in. */
  readonly start: number;
}

/** A list whose rows are whole statements, and the statements that it is made of. */
export interface StatementList {
  readonly content: ListContent;
  /** Indices of the first and last statement. */
  readonly first: number;
  readonly last: number;
}

/** A list with the hosts of its addresses; null if two of one row would look the same. */
export function listWithHosts({ lead, rows, ...list }: ListContent): ListContent | null {
  const written = rows.flatMap((row) => {
    const text = withHosts(row.text)?.text;
    return text === undefined ? [] : [{ ...row, text }];
  });
  return written.length < rows.length ? null : { ...list, lead: withHosts(lead)?.text ?? lead, rows: written };
}
