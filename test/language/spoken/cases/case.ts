/** A text and the words that must be heard, in lower or upper case and without punctuation. */
export type SpokenCase = readonly [text: string, words: string];
