import { contradicts } from '../../../language/headlines/contradictions.ts';
import { hasQualifierWords } from '../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../language/headlines/qualifiers.ts';
import type { Statement } from '../../../language/headlines/statements.ts';
import { widthOf } from '../../../language/headlines/width.ts';
import type { Language } from '../../../language/language.ts';
import { sentenceEndsOf } from '../../../language/sentences/inner-ends.ts';
import { unbreakableSpans } from '../../../language/sentences/unbreakable.ts';
import { hanTies } from '../../../language/words/han-ties.ts';
import { beginsPhrase, endsBadly } from '../../../language/words/phrase-words.ts';
import { wordSegments } from '../../../language/words/word-segments.ts';
import type { SpokenNarration } from '../../ports.ts';
import { type Beginning, type Span, secondsAt, spokenWords } from './spans.ts';

/** A place of a beat at which a part of it begins. */
export interface BeatPart extends Beginning {
  readonly appears?: boolean;
}

/** A word before which a statement may be divided. */
export interface DividingWord extends Beginning {
  /** Seconds by which a division may be less even so that it is not before this word. */
  readonly cost: number;
}

/** Such seconds, for a word that opens a phrase, other words ("of" among them), and one after "the", "is" or "of" or before "not". After a comma there are none. */
const BEFORE_PHRASE = 0.8;
const INSIDE_PHRASE = 2;
const AFTER_ARTICLE = 4;
/** UTF-16 units of a word that are read. */
const LONGEST_READ = 24;
/** Seconds. Nothing is shown longer without a change. */
export const LONGEST_STILL = 6;
/** What is spoken for longer is divided. */
export const LONGEST_BEAT = 5.4;
const SHORTEST_CLAUSE = 2;
/** As `widthOf` measures it: a shorter statement has large letters as a whole. In Chinese it is spoken for about 5 s. */
const SHORTEST_DIVISIBLE = 45;
/** UTF-16 units between two sentences. */
const LONGEST_SPACE = 8;
/** Ends of clauses; a comma within a number has no space after it. */
const CLAUSE_END = /[,;:]["”’»)]?\s+|\s[–—]\s+|[，；：、][」』”]?/gu;

/** In a text without spaces: a number with its sign, a range, and what is counted ("-3℃～5℃", "零下18℃", "24小时"). */
const FIGURE = /(?:零下|[-−+±])?\d[\d.,:/%‰℃℉°～~−–—-]{0,30}\p{Script=Han}{0,2}/gu;

/** True if clauses may be shown one after the other: nothing in one of them changes what another says. */
export function isDivisible({ text, takenBack }: Statement, language: Language, segmenter: Intl.Segmenter): boolean {
  const isLong = widthOf(text) > SHORTEST_DIVISIBLE;
  return (
    isLong && !takenBack && hasQualifierWords(language.base) && qualifiersIn(text, language, segmenter).length === 0
  );
}

/** Sentences, each of which appears when it is spoken unless it takes back what is before it, and their clauses of at least two seconds. */
export function clausesOf(
  span: Span,
  spoken: SpokenNarration,
  tied: ReadonlySet<number>,
  language: Language,
): BeatPart[] {
  const text = spoken.narration.slice(span.start, span.end);
  const sentences = sentenceStarts(text, span.start, language);
  const ends = Array.from(text.matchAll(CLAUSE_END), ({ 0: found, index }) => span.start + index + found.length);
  const starts = [...new Set([...sentences.keys(), ...ends.filter((end) => !tied.has(end))])].toSorted((a, b) => a - b);
  const times = secondsAt(starts, spoken);
  const endOf = (at: number): number =>
    times.find((_, index) => index > at && sentences.has(starts[index] ?? 0)) ?? span.endSeconds;
  const clauses: BeatPart[] = [{ start: span.start, startSeconds: span.startSeconds }];
  for (const [index, start] of starts.entries()) {
    const startSeconds = times[index] ?? 0;
    const last = clauses.at(-1)?.startSeconds ?? 0;
    // A clause is underlined while it is spoken: the line must not run across the end of a sentence.
    const isLong = startSeconds - last >= SHORTEST_CLAUSE && endOf(index) - startSeconds >= SHORTEST_CLAUSE;
    const appears = sentences.get(start);
    if (appears !== undefined) clauses.push({ start, startSeconds, appears });
    else if (isLong) clauses.push({ start, startSeconds });
  }
  return clauses;
}

/** The places where sentences begin after the first one, and whether each may appear after what is before it. */
function sentenceStarts(text: string, from: number, language: Language): ReadonlyMap<number, boolean> {
  const ends = [...sentenceEndsOf(text, language)].toSorted((a, b) => a - b);
  const starts = ends
    .map((end) => end + (/^\s*/u.exec(text.slice(end, end + LONGEST_SPACE))?.[0].length ?? 0))
    .filter((start) => start < text.length);
  return new Map(
    starts.map((start, index) => {
      const sentence = text.slice(start, starts[index + 1] ?? text.length);
      const before = text.slice(starts[index - 1] ?? 0, start);
      return [from + start, !contradicts(sentence.trim(), before, language)];
    }),
  );
}

/** The offsets at which a statement must not be divided: within a date, a name or an amount. */
export function tiedOffsets(narration: string, language: Language): ReadonlySet<number> {
  const figures = language.spaced
    ? []
    : Array.from(narration.matchAll(FIGURE), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
  const spans = [...unbreakableSpans(narration, language.tag), ...figures];
  const inside = spans.flatMap(({ start, end }) => Array.from({ length: end - start - 1 }, (_, at) => start + 1 + at));
  return new Set([...inside, ...hanTies(narration, wordSegments(narration, language.tag))]);
}

/** The words before which what is spoken for long may be divided, with what a division before each costs. */
export function dividingWords(spoken: SpokenNarration, tied: ReadonlySet<number>, language: Language): DividingWord[] {
  const { narration } = spoken;
  const costOf = (start: number): number => {
    const before = narration.slice(Math.max(0, start - LONGEST_READ), start);
    if (/[,;:，；：、]["”’»)]?\s?$/u.test(before)) return 0;
    const after = narration.slice(start, start + LONGEST_READ);
    if (endsBadly(before, after, language.base)) return AFTER_ARTICLE;
    return beginsPhrase(before, after, language.base) ? BEFORE_PHRASE : INSIDE_PHRASE;
  };
  return spokenWords(spoken, language)
    .filter(({ start }) => !tied.has(start))
    .map((word) => ({ ...word, cost: costOf(word.start) }));
}

/** Divides what is spoken for long without a clause between words, in about equal parts, where possible at phrases. */
export function withWords(clauses: readonly BeatPart[], span: Span, words: readonly DividingWord[]): BeatPart[] {
  return clauses.flatMap((clause, index) => {
    const endSeconds = clauses[index + 1]?.startSeconds ?? span.endSeconds;
    const inside = words.filter(({ start, startSeconds }) => start > clause.start && startSeconds < endSeconds);
    const parts = Math.ceil((endSeconds - clause.startSeconds) / LONGEST_BEAT);
    const length = (endSeconds - clause.startSeconds) / parts;
    const wanted = Array.from({ length: parts - 1 }, (_, part) => clause.startSeconds + (part + 1) * length);
    // Both ends of a part may be moved.
    const reach = (LONGEST_STILL - length) / (parts > 2 ? 2 : 1);
    // A long date is not divided: the word nearest to the wanted time may begin before it.
    const found = wanted.flatMap((seconds) => bestWord(inside, seconds, reach) ?? []);
    return [clause, ...new Set(found)];
  });
}

/** The best word that is at most `reach` seconds from the wanted time, else the nearest one. */
function bestWord(words: readonly DividingWord[], seconds: number, reach: number): Beginning | undefined {
  const costOf = ({ startSeconds, cost }: DividingWord): number => {
    const distance = Math.abs(startSeconds - seconds);
    return distance <= reach ? distance + cost : distance + AFTER_ARTICLE + reach;
  };
  const found = words.reduce<DividingWord | undefined>(
    (best, word) => (best === undefined || costOf(word) < costOf(best) ? word : best),
    undefined,
  );
  return found === undefined ? undefined : { start: found.start, startSeconds: found.startSeconds };
}
