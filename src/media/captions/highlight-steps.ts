import type { CueWord } from '../film/film.ts';
import type { WordGroup } from './word-groups.ts';

/** The word that is marked from a moment on; null where none is spoken. */
export interface HighlightStep {
  readonly startSeconds: number;
  readonly word: CueWord | null;
}

/** A shorter pause between two words does not remove the mark: it would flicker. Seconds. */
const SHORTEST_PAUSE = 0.2;

/** The marks of a group, at least one; the first at the group's beginning. Each word is marked when it begins to be spoken. */
export function highlightSteps({ lines, startSeconds }: WordGroup): HighlightStep[] {
  const spoken = lines.flat().filter((word) => word.endSeconds > word.startSeconds);
  const steps: HighlightStep[] = [];
  if ((spoken[0]?.startSeconds ?? Number.POSITIVE_INFINITY) > startSeconds) steps.push({ startSeconds, word: null });
  for (const [at, word] of spoken.entries()) {
    steps.push({ startSeconds: word.startSeconds, word });
    const next = spoken[at + 1];
    if (next && next.startSeconds - word.endSeconds > SHORTEST_PAUSE)
      steps.push({ startSeconds: word.endSeconds, word: null });
  }
  return steps;
}
