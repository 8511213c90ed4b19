import { statementsOf } from '../../../language/headlines/statements.ts';
import { languageOf } from '../../../language/language.ts';
import type { ImageRequest } from '../../ports.ts';
import { locationNames } from './locations/country-names.ts';
import { locationsIn } from './locations/locations-in-text.ts';
import { motifOf, namedMotif, numberOf } from './wording/scene-motif.ts';

/** UTF-16 units of a narration that are read. */
const LONGEST_READ = 4_000;

/**
 * True if a motif, a map, a number or a question mark will be shown in the picture of a scene that is not the last: without
 * one a frame or a plate in the picture would look empty.
 */
export function hasThingToSee({
  title,
  heading = '',
  narration,
  language: tag,
  index,
  context,
}: ImageRequest): boolean {
  if (context?.subject !== undefined || numberOf(heading) !== null) return true;
  const language = languageOf(tag);
  if (namedMotif(heading, language) !== null) return true;
  const shown = statementsOf(narration.slice(0, LONGEST_READ), language).map(({ text }) => text);
  if (index === 0) shown.push(title);
  if (shown.some((text) => isQuestion(text) || motifOf(text, language) !== null)) return true;
  const names = locationNames(language);
  return names !== null && shown.some((text) => locationsIn(text, names, language).length > 0);
}

export function isQuestion(text: string): boolean {
  return /[?？]["”’»」]?$/u.test(text.trimEnd());
}
