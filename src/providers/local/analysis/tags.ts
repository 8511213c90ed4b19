import type { Language } from '../../../language/language.ts';
import { keyWords, weigher } from '../../../language/words/key-words.ts';
import { wordsOf } from '../../../language/words/words.ts';

const MAX_TAGS = 12;

/**
 * Tags for the whole film: the words that its narration repeats, those of its title first, in lower case, the most
 * significant first, at most 12, without duplicates.
 */
export function tagsOf(title: string, narrations: readonly string[], language: Language): string[] {
  const text = narrations.join('\n');
  const weights = weigher([text], language)(text);
  const titled = new Set(wordsOf(title, language).map((word) => word.key));
  const boosted = new Map([...weights].map(([key, weight]) => [key, titled.has(key) ? weight * 1.5 : weight]));
  const words = keyWords(text, boosted, 2 * MAX_TAGS, language).map((word) => word.toLocaleLowerCase(language.tag));
  return [...new Set(words)].slice(0, MAX_TAGS);
}
