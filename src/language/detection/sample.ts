/** UTF-16 units that are examined: enough to be sure, and few enough to be read during a request. */
const LENGTH = 2_000;

/**
 * The part of a text by which its language is found: a text of up to 2,000 units whole, of a longer one the beginning and the middle,
 * because an article may begin with a title, names and links.
 */
export function sampleOf(text: string): string {
  if (text.length <= LENGTH) return text;
  const half = LENGTH / 2 - 1;
  const middle = Math.max(half, Math.floor((text.length - half) / 2));
  return `${text.slice(0, half)}\n${text.slice(middle, middle + half)}`.toWellFormed();
}
