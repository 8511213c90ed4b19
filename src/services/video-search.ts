/** Of the text that is searched for. A title fits whole. */
export const SEARCH_LIMITS = { characters: 200, words: 32 } as const;
