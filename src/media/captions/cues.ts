import type { Cue } from '../film/film.ts';
import { atomsOf } from './atoms.ts';
import { bestCues } from './cue-layout.ts';
import { isEastAsian } from './glyph-width.ts';
import { SpeechTimeline, type SpokenUnit } from './speech-timeline.ts';

/**
 * A cue may stay this long after its last word, so that short ones can be read. It is shorter than the pause between a
 * narration and the fade, so that no cue reaches into a seam.
 */
const LINGER_SECONDS = 0.1;

/**
 * Captions of one narration: at most two lines of 42 characters (21 full-width ones), split at sentence, clause and
 * phrase boundaries where possible. A cue begins with its first word and ends with its last, or up to 0.1 s later where
 * no other word follows; cues never overlap. `timings` have offsets into `text`. Unspoken characters (an emoji) are
 * shown with their neighbours; a text without spoken words has no cues.
 */
export function cuesFor(timings: readonly SpokenUnit[], text: string, language: string): Cue[] {
  if (timings.length === 0) return [];
  const eastAsian = isEastAsian(language);
  const timeline = new SpeechTimeline(timings, text);
  const timed = atomsOf(text, language, eastAsian).map((atom) => ({
    ...atom,
    startSeconds: timeline.startOf(atom.start),
    endSeconds: timeline.endOf(atom.end),
  }));
  return withLinger(bestCues(timed));
}

/** Cues moved later by the given number of seconds (earlier where negative): from a narration's time to the film's. */
export function shiftCues(cues: readonly Cue[], seconds: number): Cue[] {
  return cues.map((cue) => ({
    ...cue,
    startSeconds: Math.max(0, cue.startSeconds + seconds),
    endSeconds: Math.max(0, cue.endSeconds + seconds),
  }));
}

/** Extends each cue by the linger time, at most until the next cue begins. */
function withLinger(cues: readonly Cue[]): Cue[] {
  return cues.map((cue, i) => {
    const next = cues[i + 1]?.startSeconds ?? Number.POSITIVE_INFINITY;
    return {
      ...cue,
      endSeconds: Math.min(
        Math.max(cue.endSeconds, cue.startSeconds) + LINGER_SECONDS,
        Math.max(next, cue.startSeconds),
      ),
    };
  });
}
