import { hasContent } from '../../../language/clean.ts';
import type { Block, Document } from '../../../language/document/block.ts';
import { isBoilerplate } from '../../../language/document/boilerplate.ts';
import { isHeadingAt } from '../../../language/document/plain-heading.ts';
import { firstClause, shorten, withoutEnd } from '../../../language/headlines/shorten.ts';
import type { Language } from '../../../language/language.ts';

/** The longest title that the ports allow, in UTF-16 units. */
export const TITLE_LIMIT = 200;
/** A longer title made from a sentence is cut at a clause. */
const COMFORTABLE = 70;
/** A heading after bylines and dates is still the title. Blocks. */
const BEFORE_HEADING = 6;

/**
 * A title for a text that has none: that of its front matter or message, its initial heading, else its first
 * significant clause. A byline or a date is never part of it.
 */
export function titleOf({ title, blocks }: Document, language: Language): string {
  if (title !== undefined) return shorten(withoutEnd(title), TITLE_LIMIT, language);
  const shown = blocks.filter((block) => block.kind !== 'code' && hasContent(block.text));
  // The number of a page or of a chapter is no title.
  const named = shown.filter(({ text }) => /\p{L}{2}|\p{Lo}/u.test(text));
  const opening = openingOf([named, shown, blocks].find((list) => list.length > 0) ?? [], language);
  if (opening === undefined) return '';
  if (opening.isHeading) return shorten(withoutEnd(opening.text), TITLE_LIMIT, language);
  // The number of the first item of a list is no part of a title, and the dash of a dialogue neither.
  const text = opening.text.replace(opening.isOrdered ? /^\d{1,9}\. /u : /^[–—―]\s?(?=\S)/u, '');
  return shorten(firstClause(text, COMFORTABLE, language), COMFORTABLE + 20, language);
}

/** The first heading if only lines of the page are before it, else the first block without such lines. */
function openingOf(
  blocks: readonly Block[],
  language: Language,
): { readonly text: string; readonly isHeading: boolean; readonly isOrdered: boolean } | undefined {
  const first = blocks.findIndex(
    (block, i) => block.kind === 'heading' || i > BEFORE_HEADING || !isPageLine(block.text),
  );
  const block = blocks[first] ?? blocks[0];
  if (block === undefined) return undefined;
  const lines = block.text.split('\n');
  const own = lines.filter((line, i) => i === 0 || !isBoilerplate(line, true));
  const isAlone = own.length === 1 && own.length < lines.length;
  const isHeading = isAlone || isHeadingAt(blocks, Math.max(0, first), language);
  return { text: own.join('\n'), isHeading, isOrdered: block.ordered === true };
}

function isPageLine(text: string): boolean {
  return text.split('\n').every((line) => isBoilerplate(line, true));
}
