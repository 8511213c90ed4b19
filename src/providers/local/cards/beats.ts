import { wordSegmenter } from '../../../language/headlines/qualifiers.ts';
import { type Statement, statementsOf } from '../../../language/headlines/statements.ts';
import type { Language } from '../../../language/language.ts';
import type { SpokenNarration } from '../../ports.ts';
import { type BeatPart, clausesOf, isDivisible, LONGEST_BEAT, tiedOffsets, withWords } from './clauses.ts';
import type { ListContent, StatementList } from './content/list-content.ts';
import { listsIn } from './content/statement-list.ts';
import { type Beginning, type Span, secondsOf, spansOf, spokenWords } from './spans.ts';

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

/** Seconds. Statements are joined up to this. */
const SHORTEST_BEAT = 2.4;
/** A statement of this length is long enough alone, also beside a short one. */
const LONG_STATEMENT = 4;
/** And this is too short to be read alone. */
const VERY_SHORT = 1;
const LONGEST_JOINED = 10;
/** Beside a statement that stays whole. */
const SHORTEST_ALONE = 0.8;

export interface BeatOptions {
  /** The author's, which may lead to a list. */
  readonly heading?: string;
  readonly canShow?: (list: ListContent) => boolean;
  /** True for a statement that is one beat however long it is, such as a definition; it is joined with no other. */
  readonly staysWhole?: (text: string) => boolean;
}

/** Statements that are shown together, or one alone. */
interface StatementGroup extends Span {
  readonly isJoined: boolean;
}

/** What the division of a narration needs besides the groups of its statements. */
interface Division {
  readonly spoken: SpokenNarration;
  readonly spans: readonly Span[];
  /** The starts of the statements whose clauses may be beats of their own. */
  readonly divisible: ReadonlySet<number>;
  readonly tied: ReadonlySet<number>;
  readonly words: readonly Beginning[];
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
  const whole = startsOf(statements.filter(({ text }) => staysWhole(text)));
  const segmenter = wordSegmenter(language);
  const divided = statements.filter((one) => isDivisible(one, language, segmenter) && !whole.has(one.start));
  const tied = tiedOffsets(narration, language);
  const words = spokenWords(spoken, language).filter(({ start }) => !tied.has(start));
  const division = { spoken, spans, divisible: startsOf(divided), tied, words };
  const groups = betweenLists(spans, lists).flatMap((some) => joined(some, whole));
  const beats = groups.flatMap((group) =>
    group.isJoined ? [joinedBeat(group, division)] : beatsOfStatement(group, division),
  );
  const listBeats = lists.flatMap((list) => listBeat(narration, spans, list) ?? []);
  return [...beats, ...listBeats].toSorted((a, b) => a.start - b.start);
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
function beatsOfStatement(span: Span, { spoken, divisible, tied, words }: Division): Beat[] {
  const { narration } = spoken;
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

/** Joins short statements with their neighbours, except those that stay `whole`. */
function joined(spans: readonly Span[], whole: ReadonlySet<number>): StatementGroup[] {
  const groups: StatementGroup[] = [];
  for (const span of spans) {
    const previous = groups.at(-1);
    if (previous !== undefined && belongTogether(previous, span, whole))
      groups[groups.length - 1] = { ...previous, end: span.end, endSeconds: span.endSeconds, isJoined: true };
    else groups.push({ ...span, isJoined: false });
  }
  return groups;
}

function belongTogether(previous: Span, next: Span, whole: ReadonlySet<number>): boolean {
  const seconds = [secondsOf(previous), secondsOf(next)];
  const [shorter, longer] = [Math.min(...seconds), Math.max(...seconds)];
  const staysWhole = whole.has(previous.start) || whole.has(next.start);
  if (staysWhole && shorter >= SHORTEST_ALONE) return false;
  if (shorter < VERY_SHORT) return shorter + longer <= LONGEST_JOINED;
  return shorter < SHORTEST_BEAT && longer < LONG_STATEMENT;
}
