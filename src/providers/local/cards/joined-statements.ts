import { withoutEnd } from '../../../language/headlines/shorten.ts';
import { widthOf } from '../../../language/headlines/width.ts';
import { type Span, secondsOf } from './spans.ts';

/** Seconds. Statements are joined up to this. */
const SHORTEST_BEAT = 2.4;
/** A statement of this length is long enough alone, also beside a short one. */
const LONG_STATEMENT = 4;
/** And this is too short to be read alone. */
const VERY_SHORT = 1;
const LONGEST_JOINED = 10;
/** A statement of this length is long enough to be read alone where both together would have small letters. */
const READABLE_ALONE = 1.2;
/** As `widthOf` measures it. Statements that are wider together have small letters. */
const LONGEST_TOGETHER = 60;
/** Beside a statement that stays whole. */
const SHORTEST_ALONE = 0.8;

/** Statements that are shown together, or one alone. */
export interface StatementGroup extends Span {
  readonly isJoined: boolean;
  /** True if code is shown with one of them. */
  readonly hasCode: boolean;
}

/** The starts of statements that are not joined like others. */
export interface SpecialStatements {
  readonly whole: ReadonlySet<number>;
  readonly coded: ReadonlySet<number>;
  /** Items that begin with their numbers: each begins its own group. */
  readonly numbered: ReadonlySet<number>;
}

/** Joins short statements of a narration with their neighbours, except those that stay `whole`, and two with code. */
export function joined(
  spans: readonly Span[],
  narration: string,
  { whole, coded, numbered }: SpecialStatements,
): StatementGroup[] {
  const groups: StatementGroup[] = [];
  const begins = (previous: Span, next: Span): boolean => numbered.has(next.start) && secondsOf(previous) >= VERY_SHORT;
  const areReadable = (previous: Span, next: Span): boolean =>
    Math.min(secondsOf(previous), secondsOf(next)) >= READABLE_ALONE &&
    widthOf(withoutEnd(narration.slice(previous.start, next.end).trim())) > LONGEST_TOGETHER;
  for (const span of spans) {
    const next = { ...span, isJoined: false, hasCode: coded.has(span.start) };
    const previous = groups.at(-1);
    if (
      previous !== undefined &&
      belongTogether(previous, next, whole) &&
      !begins(previous, next) &&
      !areReadable(previous, next)
    )
      groups[groups.length - 1] = {
        ...previous,
        end: span.end,
        endSeconds: span.endSeconds,
        isJoined: true,
        hasCode: previous.hasCode || next.hasCode,
      };
    else groups.push(next);
  }
  return groups;
}

function belongTogether(previous: StatementGroup, next: StatementGroup, whole: ReadonlySet<number>): boolean {
  const seconds = [secondsOf(previous), secondsOf(next)];
  const [shorter, longer] = [Math.min(...seconds), Math.max(...seconds)];
  if (previous.hasCode && next.hasCode) return false;
  // Code is shown with a neighbour of its sentence only where that sentence is too short for it.
  if (previous.hasCode || next.hasCode)
    return secondsOf(previous.hasCode ? previous : next) < SHORTEST_BEAT && shorter + longer <= LONGEST_JOINED;
  const staysWhole = whole.has(previous.start) || whole.has(next.start);
  if (staysWhole && shorter >= SHORTEST_ALONE) return false;
  if (shorter < VERY_SHORT) return shorter + longer <= LONGEST_JOINED;
  return shorter < SHORTEST_BEAT && longer < LONG_STATEMENT;
}
