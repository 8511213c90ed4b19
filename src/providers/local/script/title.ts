import { hasContent } from '../../../language/clean.ts';
import type { Block } from '../../../language/document/markdown.ts';
import type { Language } from '../../../language/language.ts';
import { firstClause, shorten, withoutEnd } from '../../../language/words/shorten.ts';
import { isArticleHeading } from './article/candidates.ts';

/** The longest title that the ports allow, in UTF-16 units. */
export const TITLE_LIMIT = 200;
/** A longer title made from a sentence is cut at a clause. */
const COMFORTABLE = 70;

/** A title for a text that has none: its initial heading, else its first significant clause. */
export function titleOf(blocks: readonly Block[], language: Language): string {
  const headingText = blocks.filter((block) => hasContent(block.text));
  const first = headingText[0];
  if (!first) return '';
  if (first.heading || (headingText.length > 1 && isArticleHeading(first)))
    return shorten(withoutEnd(first.text), TITLE_LIMIT, language);
  return shorten(firstClause(first.text, COMFORTABLE, language), COMFORTABLE + 20, language);
}
