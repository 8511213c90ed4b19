import { CARD_ROOM } from '../../../language/headlines/headlines.ts';
import { hasQualifierWords } from '../../../language/headlines/qualifier-words.ts';
import { qualifiersIn, wordSegmenter } from '../../../language/headlines/qualifiers.ts';
import { type Statement, statementsOf } from '../../../language/headlines/statements.ts';
import { widthOf } from '../../../language/headlines/width.ts';
import type { Language } from '../../../language/language.ts';
import { unbreakableSpans } from '../../../language/sentences/unbreakable.ts';
import type { SpokenNarration } from '../../ports.ts';
import type { ListContent, StatementList } from './content/list-content.ts';
import { listsIn } from './content/statement-list.ts';

/** A part of a scene that shows one thing: a statement of the narration, a few short ones, or a clause of a long one. */
export interface Beat {
  readonly text: string;
  /** Where it begins in the narration, in UTF-16 units. */
  readonly start: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** True for several statements. */
  readonly isJoined: boolean;
  /** True if its statement begins before it, or ends after it. */
  readonly continues: boolean;
  readonly isContinued: boolean;
  /** Its statements or clauses, where it is spoken for long: the first at 0, or none. */
  readonly clauses: readonly BeatClause[];
  /** Its statements as the rows of a list, which is spoken for as long as it takes; places are those of the beat's text. */
  readonly list?: ListContent;
}

export interface BeatClause {
  /** UTF-16 units of the beat's text. */
  readonly start: number;
  readonly startSeconds: number;
  /** True for a statement that may be shown only when it is spoken: nothing in it takes back what is shown before. */
  readonly appears: boolean;
}

/** Seconds. Statements are joined up to the shortest beat; what is longer than the longest is divided. */
const SHORTEST_BEAT = 2.4;
const LONGEST_BEAT = 5.4;
/** A statement of this length is long enough alone, also beside a short one. */
const LONG_STATEMENT = 4;
/** And this is too short to be read alone. */
const VERY_SHORT = 1;
const LONGEST_JOINED = 10;
/** Beside a statement that stays whole. */
const SHORTEST_ALONE = 0.8;
const SHORTEST_CLAUSE = 2;
/** Ends of clauses; a comma within a number has no space after it. */
const CLAUSE_END = /[,;:]["”’»)]?\s+|\s[–—]\s+|[，；：、][」』”]?/gu;

interface Span {
  readonly start: number;
  readonly end: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Where something begins in the narration. */
interface Beginning {
  readonly start: number;
  readonly startSeconds: number;
  readonly appears?: boolean;
}

export interface BeatOptions {
  /** The author's, which may lead to a list. */
  readonly heading?: string;
  readonly canShow?: (list: ListContent) => boolean;
  /** True for a statement that is one beat however long it is, such as a definition; it is joined with no other. */
  readonly staysWhole?: (text: string) => boolean;
}

/**
 * Divides a scene at the ends of its statements, in order; the beats cover the whole narration. Statements that are a list
 * are one beat where `canShow` allows it.
 */
export function beatsOf(
  spoken: SpokenNarration,
  language: Language,
  { heading = '', canShow = () => false, staysWhole = () => false }: BeatOptions = {},
): Beat[] {
  const { narration } = spoken;
  const statements = statementsOf(narration, language);
  const spans = spansOf(statements, spoken);
  const found = listsIn(statements, heading, language);
  const lists = found.every((list) => canShow(list.content) && isSteady(spans, list)) ? found : [];
  const whole = new Set(statements.filter(({ text }) => staysWhole(text)).map(({ start }) => start));
  const parts = betweenLists(spans, lists).flatMap((some) => joined(some, whole));
  const segmenter = wordSegmenter(language);
  const divided = statements.filter((one) => isDivisible(one, language, segmenter) && !whole.has(one.start));
  const divisible = new Set(divided.map(({ start }) => start));
  const tied = tiedOffsets(narration, language);
  const words = spokenWords(spoken, language).filter(({ start }) => !tied.has(start));
  const beats = parts.flatMap(({ first, ...span }) => {
    const isJoined = first !== span.end;
    if (isJoined) {
      const inside = spans
        .filter(({ start }) => start >= span.start && start < span.end)
        .map(({ start, startSeconds }) => ({
          start,
          startSeconds,
          appears: start > span.start,
        }));
      return [beatOf(narration, span, { isJoined, beginnings: withWords(inside, span, words) })];
    }
    if (secondsOf(span) <= LONGEST_BEAT) return [beatOf(narration, span)];
    const clauses = clausesOf(span, spoken, tied);
    if (!divisible.has(span.start) || clauses.length < 2)
      return [beatOf(narration, span, { beginnings: withWords(clauses, span, words) })];
    return clauses.map((clause, index) => {
      const end = clauses[index + 1] ?? { start: span.end, startSeconds: span.endSeconds };
      const part = { ...clause, end: end.start, endSeconds: end.startSeconds };
      const beginnings = withWords([clause], part, words);
      return beatOf(narration, part, { beginnings, continues: index > 0, isContinued: index < clauses.length - 1 });
    });
  });
  const listBeats = lists.flatMap((list) => listBeat(narration, spans, list) ?? []);
  return [...beats, ...listBeats].toSorted((a, b) => a.start - b.start);
}

function betweenLists(spans: readonly Span[], lists: readonly StatementList[]): (readonly Span[])[] {
  const begins = [0, ...lists.map(({ last }) => last + 1)];
  return begins.map((begin, index) => spans.slice(begin, lists[index]?.first));
}

function listBeat(narration: string, spans: readonly Span[], list: StatementList): Beat | null {
  const [first, last] = [spans[list.first], spans[list.last]];
  if (first === undefined || last === undefined) return null;
  const whole = beatOf(narration, { ...first, end: last.end, endSeconds: last.endSeconds }, { isJoined: true });
  const rows = list.content.rows.map((row) => ({ ...row, start: row.start - first.start }));
  return { ...whole, list: { ...list.content, rows } };
}

/** True if a row of the list appears often enough for something to change. */
function isSteady(spans: readonly Span[], { first, last }: StatementList): boolean {
  return spans.slice(first, last + 1).every((span) => secondsOf(span) <= LONGEST_BEAT);
}

function beatOf(
  narration: string,
  { start, end, startSeconds, endSeconds }: Span,
  {
    beginnings = [],
    ...rest
  }: Partial<Pick<Beat, 'isJoined' | 'continues' | 'isContinued'>> & {
    readonly beginnings?: readonly Beginning[];
  } = {},
): Beat {
  const clauses = beginnings.map((one) => ({ ...one, start: one.start - start, appears: one.appears ?? false }));
  return {
    text: narration.slice(start, end),
    start,
    startSeconds,
    endSeconds,
    isJoined: false,
    continues: false,
    isContinued: false,
    ...rest,
    clauses: clauses.length > 1 ? clauses : [],
  };
}

/** True if clauses may be shown one after the other: nothing in one of them changes what another says. */
function isDivisible({ text, takenBack }: Statement, language: Language, segmenter: Intl.Segmenter): boolean {
  const isLong = widthOf(text) > CARD_ROOM.comfortable;
  return (
    isLong && !takenBack && hasQualifierWords(language.base) && qualifiersIn(text, language, segmenter).length === 0
  );
}

function spansOf(statements: readonly Statement[], spoken: SpokenNarration): Span[] {
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

/** Joins short statements with their neighbours, except those that stay `whole`; `first` is the end of the first one of each. */
function joined(spans: readonly Span[], whole: ReadonlySet<number>): (Span & { readonly first: number })[] {
  const result: (Span & { readonly first: number })[] = [];
  for (const span of spans) {
    const previous = result.at(-1);
    const isAlone = whole.has(span.start) || (previous !== undefined && whole.has(previous.start));
    const shortest = previous === undefined ? 0 : Math.min(secondsOf(previous), secondsOf(span));
    const canJoin = !isAlone || shortest < SHORTEST_ALONE;
    if (previous !== undefined && canJoin && belongTogether(previous, span))
      result.splice(-1, 1, { ...previous, end: span.end, endSeconds: span.endSeconds });
    else result.push({ ...span, first: span.end });
  }
  return result;
}

function belongTogether(previous: Span, next: Span): boolean {
  const [before, after] = [secondsOf(previous), secondsOf(next)];
  if (Math.min(before, after) < VERY_SHORT) return before + after <= LONGEST_JOINED;
  return Math.min(before, after) < SHORTEST_BEAT && Math.max(before, after) < LONG_STATEMENT;
}

function secondsOf({ startSeconds, endSeconds }: Span): number {
  return endSeconds - startSeconds;
}

/** Clauses of at least two seconds. */
function clausesOf(span: Span, spoken: SpokenNarration, tied: ReadonlySet<number>): Beginning[] {
  const text = spoken.narration.slice(span.start, span.end);
  const ends = Array.from(text.matchAll(CLAUSE_END), ({ 0: found, index }) => span.start + index + found.length).filter(
    (end) => !tied.has(end),
  );
  const times = secondsAt(ends, spoken);
  const clauses: Beginning[] = [{ start: span.start, startSeconds: span.startSeconds }];
  for (const [index, start] of ends.entries()) {
    const startSeconds = times[index] ?? 0;
    const last = clauses.at(-1)?.startSeconds ?? 0;
    if (startSeconds - last >= SHORTEST_CLAUSE && span.endSeconds - startSeconds >= SHORTEST_CLAUSE)
      clauses.push({ start, startSeconds });
  }
  return clauses;
}

/** The offsets at which a statement must not be divided: within a date, a name or an amount. */
function tiedOffsets(narration: string, language: Language): ReadonlySet<number> {
  const spans = unbreakableSpans(narration, language.tag);
  return new Set(spans.flatMap(({ start, end }) => Array.from({ length: end - start - 1 }, (_, at) => start + 1 + at)));
}

/** Where words begin. A voice may time a clause of a language without spaces as a whole: its words are taken as equally fast. */
function spokenWords({ narration, timings }: SpokenNarration, language: Language): Beginning[] {
  if (language.spaced) return timings.map(({ textStart, startSeconds }) => ({ start: textStart, startSeconds }));
  const segmenter = wordSegmenter(language);
  return timings.flatMap(({ textStart, textEnd, startSeconds, endSeconds }) => {
    const text = narration.slice(textStart, textEnd);
    const words = Array.from(segmenter.segment(text)).filter(({ index, isWordLike }) => index === 0 || isWordLike);
    return words.map(({ index }) => ({
      start: textStart + index,
      startSeconds: startSeconds + (index / text.length) * (endSeconds - startSeconds),
    }));
  });
}

/** Divides what is spoken for long without a clause between words, in about equal parts. */
function withWords(clauses: readonly Beginning[], span: Span, words: readonly Beginning[]): Beginning[] {
  return clauses.flatMap((clause, index) => {
    const endSeconds = clauses[index + 1]?.startSeconds ?? span.endSeconds;
    const parts = Math.ceil((endSeconds - clause.startSeconds) / LONGEST_BEAT);
    const length = (endSeconds - clause.startSeconds) / parts;
    const wanted = Array.from({ length: parts - 1 }, (_, part) => clause.startSeconds + (part + 1) * length);
    const found = wanted.flatMap((seconds) => words.find(({ startSeconds }) => startSeconds >= seconds) ?? []);
    const later = found.filter(({ start, startSeconds }) => start > clause.start && startSeconds < endSeconds);
    return [clause, ...later];
  });
}

/** When the text at each of the ascending offsets is spoken. */
function secondsAt(offsets: readonly number[], { timings, durationSeconds }: SpokenNarration): number[] {
  let next = 0;
  return offsets.map((offset) => {
    while (next < timings.length && (timings[next]?.textEnd ?? 0) <= offset) next += 1;
    return timings[next]?.startSeconds ?? durationSeconds;
  });
}
