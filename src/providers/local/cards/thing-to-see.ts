import { statementsOf } from '../../../language/headlines/statements.ts';
import { languageOf } from '../../../language/language.ts';
import type { ImageRequest } from '../../ports.ts';
import { locationNames } from './locations/country-names.ts';
import { locationsIn } from './locations/locations-in-text.ts';
import { motifOf, namedMotif, numberOf } from './wording/scene-motif.ts';

/** UTF-16 units of a narration that are read. */
const LONGEST_READ = 4_000;

/**
 * True if a motif, a map, a number or a question mark is shown in the picture of a scene that is not the last, from its first
 * statement to its last: without one a frame or a plate in the picture would look empty. The title scene shows its first
 * motif from the beginning.
 */
export function hasThingToSee({
  title,
  heading = '',
  narration,
  language: tag,
  index,
  context,
}: ImageRequest): boolean {
  if (context?.subject?.start === 0 || numberOf(heading) !== null) return true;
  const language = languageOf(tag);
  const statements = statementsOf(narration.slice(0, LONGEST_READ), language).map(({ text }) => text);
  if (namedMotif(heading, language) !== null && statements.every((text) => motifOf(text, language) === null))
    return true;
  const names = locationNames(language);
  const isSeen = (text: string): boolean =>
    isQuestion(text) ||
    motifOf(text, language) !== null ||
    (names !== null && locationsIn(text, names, language).length > 0);
  const [first = '', ...others] = statements;
  return (isSeen(first) || (index === 0 && [title, ...others].some(isSeen))) && others.every(isSeen);
}

export function isQuestion(text: string): boolean {
  return /[?？]["”’»」]?$/u.test(text.trimEnd());
}
