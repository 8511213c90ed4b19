import { spaceBetween } from '../clean.ts';

/** True for a text that ends with a full stop, a colon or a similar mark. */
export function endsSentence(text: string): boolean {
  return /[.!?。！？…:：;；][\p{Pf}\p{Pe}"'“”’»]{0,3}$/u.test(text);
}

/**
 * Joins sentences and lines to one text: with a space where the script requires one, and after a line without an end,
 * such as that of a poem, with a line feed.
 */
export function joinSentences(pieces: readonly string[]): string {
  const parts: string[] = [];
  pieces.forEach((piece, i) => {
    const before = pieces[i - 1];
    if (before !== undefined) parts.push(endsSentence(before) ? spaceBetween(before, piece) : '\n');
    parts.push(piece);
  });
  return parts.join('');
}
