import type { Language } from '../language.ts';
import { sentencesOf } from '../sentences/sentences.ts';
import { trimEnd } from '../trim.ts';
import { beginningOf, cut } from './cut.ts';
import { qualifiersIn } from './qualifiers.ts';
import { statementsOf } from './statements.ts';

/**
 * A text cut to at most `limit` UTF-16 units: between words if possible, with "…" where something was left out. A negation
 * or condition of its first sentences stays, if necessary with the middle left out.
 */
export function shorten(text: string, limit: number, language: Language): string {
  const line = text.trim();
  if (line.length <= limit) return line;
  const options = { limit, measure: lengthOf, betweenClauses: false };
  const faithful = cut(firstSentences(line, limit, language), language, options);
  if (faithful.length > 1) return faithful;
  const beginning = beginningOf(line, limit - 1, language, lengthOf);
  return `${beginning || longestPrefix(graphemes().segment(line.slice(0, limit)), limit - 1)}…`;
}

/** A text up to the end of the sentence in which its limit falls; looks no further than four times the limit. */
function firstSentences(line: string, limit: number, language: Language): string {
  const ends = sentencesOf(line.slice(0, 4 * limit), language).map(({ end }) => end);
  return line.slice(0, ends.find((end) => end >= limit) ?? ends.at(-1));
}

function lengthOf(text: string): number {
  return text.length;
}

/** In UTF-16 units; a longer sentence is no title. */
const LONGEST_SENTENCE = 2_000;

/**
 * The first clause of a text, without its closing punctuation, for use as a title. A sentence with a negation or a
 * condition stays whole. What is longer than four times `comfortable` (UTF-16 units) is cut to that length.
 */
export function firstClause(text: string, comfortable: number, language: Language): string {
  const { text: first, takenBack } = statementsOf(text.slice(0, LONGEST_SENTENCE), language)[0] ?? {
    text,
    takenBack: false,
  };
  const whole = withoutEnd(first);
  if (whole.length <= comfortable) return whole;
  if (takenBack || qualifiersIn(whole, language).length > 0) return whole;
  const clauses = whole.slice(0, 4 * comfortable).split(/(?<=[,;:，；：、—–])(?=\s)|(?<=[，；：])/u);
  let kept = clauses[0] ?? whole;
  for (const clause of clauses.slice(1)) {
    if (withoutEnd(kept + clause).length > comfortable) break;
    kept += clause;
  }
  return withoutEnd(kept);
}

/** "9 p.m.", "U.S.", "etc.": the point belongs to the word. */
const ABBREVIATION_AT_END = /(?:\p{L}\.\p{L}|\s(?:etc|inc|ltd|co|corp|jr|sr|usw|ecc|bzw|ca|approx|min|max))\.$/iu;

/** Removes closing punctuation except question and exclamation marks, which change the meaning of a title. */
export function withoutEnd(text: string): string {
  const line = text.trim();
  if (ABBREVIATION_AT_END.test(line.slice(-12))) return line;
  return trimEnd(line, /[\s.,;:。，；：、…—–-]/u);
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
