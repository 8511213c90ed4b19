import { withoutUnreadable } from './readable.ts';
import { spokenText } from './spoken-text.ts';

/** UTF-16 units that are examined at once; most texts have a letter in the first ones. */
const WINDOW = 500;

/**
 * True if a text has a letter or a digit that the voice of a language can read: not for emoji, punctuation, or only
 * letters of another script. Cheap: it stops at the first such character. `tag` is a BCP 47 tag.
 */
export function isSpeakable(text: string, tag: string): boolean {
  const [base = ''] = tag.toLowerCase().split('-');
  for (let start = 0; start < text.length; start += WINDOW) {
    const { text: readable } = withoutUnreadable(spokenText(text.slice(start, start + WINDOW)), base);
    if (/[\p{L}\p{N}]/u.test(readable)) return true;
  }
  return false;
}
