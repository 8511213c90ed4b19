import { hasQualifierWords } from '../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../language/headlines/qualifiers.ts';
import { languageOf } from '../../language/language.ts';
import { beginsPhrase } from '../../language/words/phrase-words.ts';
import type { WordsInks } from '../overlay.ts';
import type { PlacedBlock } from './words-layout.ts';

/**
 * The colour of one line. The last phrase of a headline of several lines is coloured where lines begin with it, except where it could
 * be read without a denial in another line. A part of a phrase is not: "a century" of "half a century" is another time.
 */
export function inkOf(block: PlacedBlock, index: number, inks: WordsInks): string {
  if (block.role !== 'headline') return inks.soft;
  if (inks.emphasis === null || index < phraseStart(block) || isQualified(block)) return inks.headline;
  return inks.emphasis;
}

/** The index of the first line of the last phrase; infinite where it takes more than half of the lines. */
function phraseStart({ lines, style }: PlacedBlock): number {
  const { base } = languageOf(style.language);
  const most = Math.max(1, Math.floor(lines.length / 2));
  const start = lines.findLastIndex(
    ({ text }, at) => at > 0 && beginsPhrase(plainSpaces(lines[at - 1]?.text ?? ''), plainSpaces(text), base),
  );
  return start > 0 && lines.length - start <= most ? start : Number.POSITIVE_INFINITY;
}

function isQualified({ lines, style }: PlacedBlock): boolean {
  const language = languageOf(style.language);
  const text = lines.map((line) => line.text).join(language.spaced ? ' ' : '');
  return !hasQualifierWords(language.base) || qualifiersIn(text, language).length > 0;
}

function plainSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
