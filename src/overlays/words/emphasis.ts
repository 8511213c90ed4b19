import { hasQualifierWords } from '../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../language/headlines/qualifiers.ts';
import { languageOf } from '../../language/language.ts';
import type { WordsInks } from '../overlay.ts';
import type { PlacedBlock } from './words-layout.ts';

/**
 * The colour of one line. The last line of a headline of several lines is coloured, except where it could be read without
 * a denial in another line.
 */
export function inkOf(block: PlacedBlock, index: number, inks: WordsInks): string {
  if (block.role !== 'headline') return inks.soft;
  const isLast = block.lines.length > 1 && index === block.lines.length - 1;
  return isLast && inks.emphasis !== null && !isQualified(block) ? inks.emphasis : inks.headline;
}

function isQualified({ lines, style }: PlacedBlock): boolean {
  const language = languageOf(style.language);
  const text = lines.map((line) => line.text).join(language.spaced ? ' ' : '');
  return !hasQualifierWords(language.base) || qualifiersIn(text, language).length > 0;
}
