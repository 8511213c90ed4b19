/** A list in a narration: what leads to it, and its rows. */
export interface ListContent {
  /** May be empty. */
  readonly lead: string;
  readonly rows: readonly ListRow[];
  readonly isNumbered: boolean;
}

export interface ListRow {
  readonly text: string;
  /** UTF-16 units of the text that the list was found in. */
  readonly start: number;
}
