import { languageOf } from '../../language/language.ts';
import { areOneWord } from '../../language/sentences/one-word.ts';
import type { Cue, CueWord, SubtitleCue } from '../film/film.ts';
import { type Atom, atomsOf } from './atoms.ts';
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
  const { base } = languageOf(language);
  const timeline = new SpeechTimeline(timings, text);
  const timed = atomsOf(text, language, eastAsian).map((atom) => ({
    ...atom,
    startSeconds: timeline.startOf(atom.start),
    endSeconds: timeline.endOf(atom.end),
    words: wordsOf(atom, timeline, base),
  }));
  return withLinger(bestCues(timed));
}

/** Between white space; full-width punctuation is apart from its word, because half of it is blank. */
const WORD =
  /[\u3001-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20]+|[^\s\u3001-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20]+/gu;

/** Letters, digits, and signs that are said in words; not punctuation, and no emoji. */
const SPOKEN = /[\p{L}\p{N}\p{Sc}\p{Sm}%‰&@#§°]/u;

/** The words of an atom, which stay together, with their times. An amount with its unit is one of them: "250 g". */
function wordsOf(atom: Atom, timeline: SpeechTimeline, base: string): CueWord[] {
  const found = partsOf(atom.text, base);
  return found.map(({ text, index, length }, at): CueWord => {
    const start = atom.start + index;
    const startSeconds = timeline.startOf(start);
    const endSeconds = SPOKEN.test(text) ? timeline.endOf(Math.min(start + length, atom.end)) : startSeconds;
    const isLast = at === found.length - 1;
    return {
      text,
      startSeconds,
      // The end of what the voice left out is the end of the word before it.
      endSeconds: Math.max(startSeconds, endSeconds),
      spaced: index === 0 ? atom.spaced : /\s/u.test(atom.text.charAt(index - 1)),
      breakAfter: isLast ? atom.ending : 'poor',
      joinsNext: !isLast,
    };
  });
}

/** A word, with its place in its atom in UTF-16 units. */
interface Part {
  readonly text: string;
  readonly index: number;
  readonly length: number;
}

function partsOf(text: string, base: string): Part[] {
  const parts: Part[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const before = parts.at(-1);
    const isSpaced = before !== undefined && /^\s+$/u.test(text.slice(before.index + before.length, index));
    if (isSpaced && areOneWord(before.text, word, base))
      parts.splice(-1, 1, {
        text: `${before.text} ${word}`,
        index: before.index,
        length: index + word.length - before.index,
      });
    else parts.push({ text: word, index, length: word.length });
  }
  return parts;
}

/** Cues moved later by the given number of seconds (earlier where negative): from a narration's time to the film's. */
export function shiftCues(cues: readonly SubtitleCue[], seconds: number): SubtitleCue[] {
  return cues.map(({ startSeconds, endSeconds, lines }) => ({
    startSeconds: Math.max(0, startSeconds + seconds),
    endSeconds: Math.max(0, endSeconds + seconds),
    lines,
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
