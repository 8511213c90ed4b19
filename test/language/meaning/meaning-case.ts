/** A text of one scene, written by hand with what may be shown of it. */
export interface MeaningCase {
  readonly text: string;
  /** The whole text as a headline, where that is not the text less its last "." or "。". */
  readonly whole?: string;
  /** Acceptable headlines other than the whole text. An empty one means that the card has no words. */
  readonly shown?: readonly string[];
  /**
   * Only for a long text, of which a part may be left out and marked with "…", at the end or between the beginning and
   * the end: what must still be there.
   */
  readonly holds?: readonly string[];
  /** What no tag may be, in lower case: half a name or a number, or a word whose negation or condition is missing. */
  readonly never: readonly string[];
  /** What must be among the tags, in lower case. */
  readonly tags?: readonly string[];
}

/** The cases of one language. */
export interface MeaningCases {
  readonly language: string;
  readonly cases: readonly MeaningCase[];
}
