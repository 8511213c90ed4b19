import type { Language } from '../../../language/language.ts';
import type { Sentence } from '../../../language/sentences/sentences.ts';
import { wordSegments } from '../../../language/words/word-segments.ts';
import type { SpokenNarration } from '../../ports.ts';

/** A part of a narration, in UTF-16 units, and when it is spoken. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Where something begins in the narration. */
export interface Beginning {
  readonly start: number;
  readonly startSeconds: number;
}

export function secondsOf({ startSeconds, endSeconds }: Span): number {
  return endSeconds - startSeconds;
}

/** When each statement or sentence is spoken; together they take the whole duration. */
export function spansOf(statements: readonly Sentence[], spoken: SpokenNarration): Span[] {
  const begins = secondsAt(
    statements.map(({ start }) => start),
    spoken,
  );
  return statements.map(({ start, end }, index) => ({
    start,
    end,
    startSeconds: index === 0 ? 0 : (begins[index] ?? 0),
    endSeconds: begins[index + 1] ?? spoken.durationSeconds,
  }));
}

/** When the text at each of the ascending offsets is spoken. */
export function secondsAt(offsets: readonly number[], { timings, durationSeconds }: SpokenNarration): number[] {
  let next = 0;
  return offsets.map((offset) => {
    while (next < timings.length && (timings[next]?.textEnd ?? 0) <= offset) next += 1;
    return timings[next]?.startSeconds ?? durationSeconds;
  });
}

/** Where words begin. A voice may time a clause of a language without spaces as a whole: its words are taken as equally fast. */
export function spokenWords({ narration, timings }: SpokenNarration, language: Language): Beginning[] {
  if (language.spaced) return timings.map(({ textStart, startSeconds }) => ({ start: textStart, startSeconds }));
  return timings.flatMap(({ textStart, textEnd, startSeconds, endSeconds }) => {
    const text = narration.slice(textStart, textEnd);
    const words = wordSegments(text, language.tag).filter(
      ({ segment, index }) => index === 0 || /[\p{L}\p{N}]/u.test(segment),
    );
    return words.map(({ index }) => ({
      start: textStart + index,
      startSeconds: startSeconds + (index / text.length) * (endSeconds - startSeconds),
    }));
  });
}
