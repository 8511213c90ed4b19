import { statementsOf } from '../../../language/headlines/statements.ts';
import { type Language, languageOf } from '../../../language/language.ts';
import type { ImageRequest } from '../../ports.ts';
import { locationNames } from './locations/country-names.ts';
import { locationsIn } from './locations/locations-in-text.ts';
import type { Motif } from './wording/motif-signs.ts';
import { motifOf, namedMotif, numberOf } from './wording/scene-motif.ts';

/** UTF-16 units of a narration that are read. */
const LONGEST_READ = 4_000;

/**
 * True if a motif, a map, a number or a question mark is shown in the picture of a scene that is not the last, from its first
 * statement to its last: without one a frame or a plate in the picture would look empty. The title scene shows its first
 * motif from the beginning.
 */
export function hasThingToSee(request: ImageRequest): boolean {
  const { title, heading = '', index, context } = request;
  if (context?.subject?.start === 0 || numberOf(heading) !== null) return true;
  const { language, statements, isSeen, unrelated } = readerOf(request);
  const isNothing = (text: string): boolean => motifOf(text, language, { unrelated }) === null;
  if (namedMotif(heading, language, unrelated) !== null && statements.every(isNothing)) return true;
  const [first = '', ...others] = statements;
  return (isSeen(first) || (index === 0 && [title, ...others].some(isSeen))) && others.every(isSeen);
}

/** True if nothing of that is shown in the picture of a scene at any time. */
export function namesNothing(request: ImageRequest): boolean {
  const { title, heading = '', index, context } = request;
  const { language, statements, isSeen, unrelated } = readerOf(request);
  if (context?.subject !== undefined || numberOf(heading) !== null) return false;
  if (namedMotif(heading, language, unrelated) !== null) return false;
  return ![...(index === 0 ? [title] : []), ...statements].some(isSeen);
}

/** What is read of a scene, and whether a statement of it has something to see. */
function readerOf(request: ImageRequest): {
  readonly language: Language;
  readonly statements: readonly string[];
  readonly isSeen: (text: string) => boolean;
  readonly unrelated: ReadonlySet<Motif>;
} {
  const { narration } = request;
  const language = languageOf(request.language);
  const unrelated = unrelatedIn(request);
  const names = locationNames(language);
  const isSeen = (text: string): boolean =>
    isQuestion(text) ||
    motifOf(text, language, { unrelated }) !== null ||
    (names !== null && locationsIn(text, names, language).length > 0);
  return {
    language,
    statements: statementsOf(narration.slice(0, LONGEST_READ), language).map(({ text }) => text),
    isSeen,
    unrelated,
  };
}

/** Motifs that the scene names, and that have nothing to do with the film. */
export function unrelatedIn({ context }: ImageRequest): ReadonlySet<Motif> {
  return new Set(context?.unrelated);
}

export function isQuestion(text: string): boolean {
  return /[?？]["”’»」]?$/u.test(text.trimEnd());
}
