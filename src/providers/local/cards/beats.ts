import { wordSegmenter } from '../../../language/headlines/qualifiers.ts';
import { withoutEnd } from '../../../language/headlines/shorten.ts';
import { type Statement, statementsOf } from '../../../language/headlines/statements.ts';
import type { Language } from '../../../language/language.ts';
import type { SpokenNarration } from '../../ports.ts';
import {
  type BeatPart,
  clausesOf,
  type DividingWord,
  dividingWords,
  isDivisible,
  LONGEST_BEAT,
  tiedOffsets,
  withWords,
} from './clauses.ts';
import type { ListContent, StatementList } from './content/list-content.ts';
import { listsIn } from './content/statement-list.ts';
import { joined } from './joined-statements.ts';
import { type Span, secondsOf, spansOf } from './spans.ts';

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

export interface BeatOptions {
  /** The author's, which may lead to a list. */
  readonly heading?: string;
  /** Leads to each numbered list that nothing else leads to. */
  readonly listTitle?: string;
  readonly canShow?: (list: ListContent) => boolean;
  /** True for a statement that is one beat however long it is, such as a definition; it is joined with no other. */
  readonly staysWhole?: (text: string) => boolean;
  /**
   * Where sentences begin that code is shown with, in UTF-16 units of the narration. They are not divided, are no rows of a
   * list, and are joined with others only if they are short; no two of them are in one beat.
   */
  readonly codeStarts?: readonly number[];
}

/** What the division of a narration needs besides the groups of its statements. */
interface Division {
  readonly spoken: SpokenNarration;
  readonly language: Language;
  readonly spans: readonly Span[];
  /** The starts of the statements whose clauses may be beats of their own. */
  readonly divisible: ReadonlySet<number>;
  readonly tied: ReadonlySet<number>;
  readonly words: readonly DividingWord[];
}

/**
 * Divides a scene at the ends of its statements, in order; the beats cover the whole narration. Statements that are a list
 * are one beat where `canShow` allows it.
 */
export function beatsOf(
  spoken: SpokenNarration,
  language: Language,
  { heading = '', listTitle = '', canShow = () => false, staysWhole = () => false, codeStarts = [] }: BeatOptions = {},
): Beat[] {
  const { narration } = spoken;
  const statements = statementsOf(narration, language);
  const spans = spansOf(statements, spoken);
  const coded = startsAround(codeStarts, spans);
  const saysHeading = saysFirst(statements, heading);
  const found = listsBelow(statements, heading, language)
    .filter((list) => !hasAny(coded, spans, list))
    .map((list) => (list.content.isNumbered && list.content.lead === '' ? ledBy(listTitle, list) : list));
  const lists = found.every((list) => canShow(list.content) && isSteady(spans, list)) ? found : [];
  const whole = startsOf(statements.filter(({ text }, at) => (at === 0 && saysHeading) || staysWhole(text)));
  const numbered = startsOf(statements.filter(({ text }) => /^\d{1,2}\. /u.test(text)));
  const segmenter = wordSegmenter(language);
  const divided = statements.filter(
    (one) => isDivisible(one, language, segmenter) && !whole.has(one.start) && !coded.has(one.start),
  );
  const tied = tiedOffsets(narration, language);
  const words = dividingWords(spoken, tied, language);
  const division = { spoken, language, spans, divisible: startsOf(divided), tied, words };
  const groups = betweenLists(spans, lists).flatMap((some) => joined(some, narration, { whole, coded, numbered }));
  const beats = groups.flatMap((group) =>
    group.isJoined ? [joinedBeat(group, division)] : beatsOfStatement(group, division),
  );
  const listBeats = lists.flatMap((list) => listBeat(narration, spans, list) ?? []);
  return [...beats, ...listBeats].toSorted((a, b) => a.start - b.start);
}

/** True if the first statement is the heading above the scene, which is spoken. */
function saysFirst([first]: readonly Statement[], heading: string): boolean {
  return heading !== '' && first !== undefined && withoutEnd(first.text) === withoutEnd(heading);
}

/** A spoken heading is no row of the list that it leads to. */
function listsBelow(statements: readonly Statement[], heading: string, language: Language): readonly StatementList[] {
  if (!saysFirst(statements, heading)) return listsIn(statements, heading, language);
  const lists = listsIn(statements.slice(1), heading, language);
  return lists.map((list, at) => ({
    ...list,
    first: at === 0 && list.first === 0 ? 0 : list.first + 1,
    last: list.last + 1,
  }));
}

function ledBy(lead: string, list: StatementList): StatementList {
  return { ...list, content: { ...list.content, lead } };
}

function startsOf(statements: readonly Statement[]): ReadonlySet<number> {
  return new Set(statements.map(({ start }) => start));
}

/** Several statements, each of which appears when it is spoken. */
function joinedBeat(group: Span, { spoken, spans, words }: Division): Beat {
  const inside = spans
    .filter(({ start }) => start >= group.start && start < group.end)
    .map(({ start, startSeconds }) => ({ start, startSeconds, appears: start > group.start }));
  return beatOf(spoken.narration, group, { isJoined: true, beginnings: withWords(inside, group, words) });
}

/** One beat, or one for each clause of a long statement. */
function beatsOfStatement(span: Span, { spoken, language, divisible, tied, words }: Division): Beat[] {
  const { narration } = spoken;
  if (secondsOf(span) <= LONGEST_BEAT) return [beatOf(narration, span)];
  const clauses = clausesOf(span, spoken, tied, language);
  if (!divisible.has(span.start) || clauses.length < 2)
    return [beatOf(narration, span, { beginnings: withWords(clauses, span, words) })];
  return clauses.map((clause, index) => {
    const end = clauses[index + 1] ?? { start: span.end, startSeconds: span.endSeconds };
    const part = { ...clause, end: end.start, endSeconds: end.startSeconds };
    const beginnings = withWords([clause], part, words);
    return beatOf(narration, part, { beginnings, continues: index > 0, isContinued: index < clauses.length - 1 });
  });
}

/** The beginnings of the statements that have one of the offsets in them. */
function startsAround(offsets: readonly number[], spans: readonly Span[]): ReadonlySet<number> {
  return new Set(offsets.flatMap((offset) => spans.findLast(({ start }) => start <= offset)?.start ?? []));
}

function hasAny(starts: ReadonlySet<number>, spans: readonly Span[], { first, last }: StatementList): boolean {
  return spans.slice(first, last + 1).some(({ start }) => starts.has(start));
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
    readonly beginnings?: readonly BeatPart[];
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
