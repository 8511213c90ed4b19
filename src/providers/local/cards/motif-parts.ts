import { statementsOf } from '../../../language/headlines/statements.ts';
import type { Language } from '../../../language/language.ts';
import { dependsOnPrevious } from '../../../language/sentences/references.ts';
import type { SpokenNarration } from '../../ports.ts';
import type { Beat } from './beats.ts';
import { type Span, secondsOf, spansOf } from './spans.ts';
import { isReferable, rankOf } from './wording/motif-signs.ts';

/** Seconds. A statement that is spoken faster has its motif with the next one of its beat. */
const SHORTEST_PART = 1.4;
/** A shorter part without a motif does not end the one before: it would only flicker. */
const SHORTEST_GAP = 1;
/** The rank of subjects that are mentioned in passing. */
const WEAKEST = 1;
/** "Das ganze Dorf …" is no reference, unlike "Das ist …". */
const GERMAN_ARTICLE =
  /^das (?!(?:ist|war|sind|waren|hat|hatte|wird|wurde|kann|konnte|soll|muss|darf|heißt|macht|gilt|geht|bedeutet)(?!\p{L}))/iu;

/** A part of a scene that has one motif, or none: a beat, or the statements of a joined one. */
export interface MotifPart extends Span {
  readonly text: string;
  /** True if its beat, or its statement, begins before it: what it shows or says is not new. */
  readonly continues: boolean;
}

/** Divides the beats where their statements begin, in order. */
export function motifParts(beats: readonly Beat[], spoken: SpokenNarration, language: Language): MotifPart[] {
  const spans = spansOf(statementsOf(spoken.narration, language), spoken);
  return beats.flatMap((beat) => {
    const end = beat.start + beat.text.length;
    const later = spans.filter(({ start }) => start > beat.start && start < end);
    const begins = [beat, ...later].map(({ start, startSeconds }) => ({ start, startSeconds }));
    const parts = begins.map(
      (begin, index): Span => ({
        ...begin,
        end: begins[index + 1]?.start ?? end,
        endSeconds: begins[index + 1]?.startSeconds ?? beat.endSeconds,
      }),
    );
    return longEnough(parts).map((part, index) => ({
      ...part,
      text: spoken.narration.slice(part.start, part.end),
      continues: index > 0 || beat.continues,
    }));
  });
}

/** Joins what is too short with the next part, at the end with the one before. */
function longEnough(parts: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const isLast = part === parts.at(-1);
    const isShort =
      before !== undefined && (secondsOf(before) < SHORTEST_PART || (isLast && secondsOf(part) < SHORTEST_PART));
    if (isShort) joined.splice(-1, 1, { ...before, end: part.end, endSeconds: part.endSeconds });
    else joined.push(part);
  }
  return joined;
}

/**
 * True if a motif may stay over a following part of which it is not the motif. Where that has none, it belongs to the same
 * beat or statement, refers to a thing that was named before ("It …", "Sie war …", "它…"), or is too short to be without
 * one. Where that has its own, it is a subject that the same beat or statement mentions in passing, such as a time.
 */
export function mayStay(motif: string, part: MotifPart, own: string | null, language: Language): boolean {
  if (own !== null) return part.continues && rankOf(own) === WEAKEST && rankOf(motif) > WEAKEST;
  if (part.continues || secondsOf(part) < SHORTEST_GAP) return true;
  return isReferable(motif) && refersBack(part.text.trim(), language);
}

function refersBack(text: string, language: Language): boolean {
  return dependsOnPrevious(text, language) && !(language.base === 'de' && GERMAN_ARTICLE.test(text));
}
