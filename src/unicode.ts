/**
 * A whole run of more than 30 combining marks. Unicode allows 30 in a row in its Stream-Safe Text Format (UAX 15), and no language writes
 * more than five. Marks are those of \p{M} without U+034F, and the two half-width kana marks whose compatibility form is one.
 */
const LONG_RUN = /(?<!(?!\u034F)[\p{M}\uFF9E\uFF9F])(?:(?!\u034F)[\p{M}\uFF9E\uFF9F]){31,}/gu;
/** 30 code points of a longer run. */
const PART = /[\s\S]{30}(?=[\s\S])/gu;
/** COMBINING GRAPHEME JOINER: invisible, and marks are never reordered across it. */
const JOINER = '\u034F';

/**
 * A text in a Unicode normalization form. Runs of more than 30 combining marks are split by U+034F first, as UAX 15
 * recommends: sorting the marks of a run takes the square of its length, which is 5 s for 100,000 marks.
 */
export function normalized(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  return text.replace(LONG_RUN, split).normalize(form);
}

function split(run: string): string {
  return run.replace(PART, `$&${JOINER}`);
}

/** U+202A to U+202E (embeddings, overrides and their end) and U+2066 to U+2069 (isolates and their end). */
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Without the characters that put text after them into another order: with them "gpj.exe" can look like "exe.jpg", and a name can turn
 * round what is shown beside it. They are removed and not refused, because address books and chats add them unseen. The order of
 * Arabic and Hebrew follows from their letters; the marks U+200E, U+200F and U+061C, which only give a comma or a number its
 * place, stay.
 */
export function withoutDirectionControls(text: string): string {
  return text.replace(DIRECTION_CONTROLS, '');
}

/** Whether a text can be a name elsewhere: no half of a character, and no control character, of which PostgreSQL stores no NUL. */
export function isPlainName(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** The code point that ends at a UTF-16 offset; empty at the beginning of the text. */
export function characterBefore(text: string, end: number): string {
  const low = text.charCodeAt(end - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && end > 1;
  return text.slice(Math.max(0, isPair ? end - 2 : end - 1), end);
}

/** The code point that begins at a UTF-16 offset; empty at the end of the text. */
export function characterAt(text: string, start: number): string {
  const codePoint = text.codePointAt(start);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}
