import type { Cue } from '../film/film.ts';
import { atomsOf } from './atoms.ts';
import { bestCues } from './cue-layout.ts';
import { isEastAsian } from './glyph-width.ts';
import { SpeechTimeline, type SpokenUnit } from './speech-timeline.ts';

/**
 * A cue may stay this long after its last word, so that short ones can be read. Less than the pause after a narration
 * holds before the fade begins, so that no cue reaches into a seam.
 */
const LINGER_SECONDS = 0.1;

/**
 * Captions of one narration: at most two lines of 42 characters (21 full-width ones), parted where the sense allows.
 * A cue begins with its first word and ends with its last, up to 0.1 s later where nothing else is said; cues never
 * overlap. `timings` carry offsets into `text`. What is not spoken (an emoji) is shown with its neighbours; where nothing
 * at all is spoken there are no cues.
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

/** Cues moved later by so many seconds (earlier where negative): from a narration's time to the film's. */
export function shiftCues(cues: readonly Cue[], seconds: number): Cue[] {
  return cues.map((cue) => ({
    ...cue,
    startSeconds: Math.max(0, cue.startSeconds + seconds),
    endSeconds: Math.max(0, cue.endSeconds + seconds),
  }));
}

/** Each cue lingers until the next one begins, but not for long. */
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
