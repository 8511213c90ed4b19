import type { Language } from '../language.ts';
import { clauseBeginningOf, cut, type Room } from './cut.ts';
import { hasQualifierWords } from './qualifier-words.ts';
import { qualifiersIn } from './qualifiers.ts';
import { withoutEnd } from './shorten.ts';
import { type Statement, statementsOf } from './statements.ts';
import { widthOf } from './width.ts';

export const CARD_ROOM: Room = { comfortable: 90, longest: 200 };
export const CHAPTER_ROOM: Room = { comfortable: 72, longest: 120 };

/** In UTF-16 units; what comes later in a narration is no headline. */
const LONGEST_READ = 4_000;
/** Share of the comfortable width up to which a sentence is short. */
const SHORT = 0.7;
/** The rank of a single word. */
const SCRAP = 4;

/**
 * Headlines for a text, the best first: its sentences, without the closing full stop. A sentence that is too long is cut
 * with "…"; its negations, conditions and comparisons are never cut off. Empty if the text has no words, or only
 * sentences that can neither be shown whole nor be cut.
 */
export function headlinesOf(text: string, language: Language, room: Room): string[] {
  const statements = statementsOf(text.slice(0, LONGEST_READ), language);
  // The last one is probably not whole.
  if (text.length > LONGEST_READ) statements.pop();
  const ranked = statements
    .map((statement) => ({ statement, line: lineOf(statement, language, room) }))
    .filter(({ line }) => line !== '')
    .map(({ statement, line }) => ({ line, rank: rankOf(statement, line, language, room) }))
    .toSorted((a, b) => a.rank - b.rank);
  // "No." answers what is not shown beside it.
  const shown = ranked.filter(({ rank }, i) => i === 0 || rank < SCRAP);
  return [...new Set(shown.map(({ line }) => line))];
}

function lineOf({ text, takenBack }: Statement, language: Language, room: Room): string {
  const { comfortable, longest } = room;
  const line = withoutEnd(text);
  if (!/[\p{L}\p{N}]/u.test(line)) return '';
  const width = widthOf(line);
  if (width <= comfortable) return line;
  const isWhole = takenBack || !hasQualifierWords(language.base);
  const isQualified = isWhole || qualifiersIn(line, language).length > 0;
  const clause = isQualified ? '' : clauseBeginningOf(line, room, language);
  if (clause !== '') return `${clause}…`;
  if (width <= longest) return line;
  return isWhole ? '' : cut(line, language, { limit: longest, measure: widthOf, betweenClauses: true });
}

/**
 * Whole sentences that are understandable alone come first, short ones before long ones; then cut ones; then those that
 * lean on the sentence before.
 */
function rankOf({ isDependent }: Statement, line: string, language: Language, { comfortable }: Room): number {
  const isScrap = language.spaced ? !/\s/u.test(line) : line.length < 4;
  if (isScrap) return SCRAP;
  if (!hasQualifierWords(language.base)) return 0;
  if (isDependent) return 3;
  if (line.includes('…')) return 2;
  return widthOf(line) <= comfortable * SHORT ? 0 : 1;
}
