import { normalized } from '../../unicode.ts';
import { foreignLettersIn } from './foreign-letters.ts';

/** UTF-16 units that are examined at once; most texts have a letter in the first ones. */
const WINDOW = 500;

/**
 * True if a text has a letter or a digit that the voice of a language can read: not for emoji, punctuation, or only letters of another
 * script. Cheap: it stops in the part with the first such character. `tag` is a BCP 47 tag.
 */
export function isSpeakable(text: string, tag: string): boolean {
  for (let start = 0; start < text.length; start += WINDOW) {
    // ™ and ℹ are pictures too, and not spoken, but letters in compatibility form.
    const part = text.slice(start, start + WINDOW).replace(/\p{Extended_Pictographic}/gu, ' ');
    // Few texts have only characters such as ℡, which are letters only in compatibility form.
    if (hasReadable(part, tag) || hasReadable(normalized(part, 'NFKC'), tag)) return true;
  }
  return false;
}

function hasReadable(text: string, tag: string): boolean {
  return (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) > foreignLettersIn(text, tag).length;
}
