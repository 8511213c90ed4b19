import type { Language } from '../language.ts';
import { sentencesOf } from '../sentences/sentences.ts';
import { trimEnd } from '../trim.ts';

/** A text cut to at most `limit` UTF-16 units: between words if possible, with "…" if something was cut off. */
export function shorten(text: string, limit: number, language: Language): string {
  const line = text.trim();
  if (line.length <= limit) return line;
  const words = new Intl.Segmenter(language.tag, { granularity: 'word' });
  const kept = longestPrefix(words.segment(line), limit - 1) || longestPrefix(graphemes().segment(line), limit - 1);
  return `${trimEnd(kept, /[\s\p{Ps}\p{Pi}\p{Pd},;:，；：、]/u)}…`;
}

/**
 * The first clause of a text, without its closing punctuation, for use as a title. A clause longer than four times
 * `comfortable` (UTF-16 units) is cut to that length.
 */
export function firstClause(text: string, comfortable: number, language: Language): string {
  const sentence = sentencesOf(text, language)[0]?.text ?? text;
  const whole = withoutEnd(sentence);
  if (whole.length <= comfortable) return whole;
  const clauses = whole.slice(0, 4 * comfortable).split(/(?<=[,;:，；：、—–])(?=\s)|(?<=[，；：])/u);
  let kept = clauses[0] ?? whole;
  for (const clause of clauses.slice(1)) {
    if (withoutEnd(kept + clause).length > comfortable) break;
    kept += clause;
  }
  return withoutEnd(kept);
}

/** Removes closing punctuation except question and exclamation marks, which change the meaning of a title. */
export function withoutEnd(text: string): string {
  return trimEnd(text.trim(), /[\s.,;:。，；：、…—–-]/u);
}

function longestPrefix(segments: Iterable<Intl.SegmentData>, limit: number): string {
  let prefix = '';
  for (const { segment } of segments) {
    if (prefix.length + segment.length > limit) break;
    prefix += segment;
  }
  return prefix.trimEnd();
}

function graphemes(): Intl.Segmenter {
  return new Intl.Segmenter(undefined, { granularity: 'grapheme' });
}
