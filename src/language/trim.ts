/**
 * Removes the characters that match `character` from the end of a text, one UTF-16 unit at a time. Equivalent to
 * `/[…]+$/`, which takes quadratic time on 20,000 full stops.
 */
export function trimEnd(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
