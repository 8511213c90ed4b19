import { assertedTerms } from '../../../language/headlines/asserted.ts';
import type { Language } from '../../../language/language.ts';
import { keyWords, weigher } from '../../../language/words/key-words.ts';
import { termsOf } from '../../../language/words/terms.ts';

const MAX_TAGS = 12;

/**
 * Tags for the whole film: the words that its narration repeats, those of its title first, in lower case, the most
 * significant first, at most 12, without duplicates. Names of several words are one tag. What the narration only denies
 * or supposes is no tag.
 */
export function tagsOf(title: string, narrations: readonly string[], language: Language): string[] {
  const text = narrations.join('\n');
  const weights = weigher([text], language)(text);
  const titled = new Set(termsOf(title, language).map((term) => term.key));
  const boosted = new Map([...weights].map(([key, weight]) => [key, titled.has(key) ? weight * 1.5 : weight]));
  const words = keyWords(assertedTerms(text, language), text, boosted, 2 * MAX_TAGS, language);
  return [...new Set(words.map((word) => word.toLocaleLowerCase(language.tag)))].slice(0, MAX_TAGS);
}
