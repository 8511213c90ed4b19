import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../../language/headlines/qualifiers.ts';
import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import type { Statement } from '../../../../language/headlines/statements.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { Language } from '../../../../language/language.ts';
import { numbersIn } from '../../../../language/quantities/numbers-in-text.ts';
import type { ListContent, ListRow, StatementList } from './list-content.ts';

const MOST_ROWS = 5;
const FEWEST_ROWS = 2;
/** As `widthOf` measures it. */
const LONGEST_ROW = 80;
const SHORTEST_ROW = 5;
const LONGEST_SENTENCE = 400;
const MARKS = /["“”„«»「」『』?？()（）;；:：\n–—]|[.。]\s/u;

/** A year and what happened in it. */
type DatedRow = Required<ListRow>;

interface YearWords {
  /** A text that begins with a year, which is the first group. */
  readonly first: RegExp;
  /** A text that ends with one; null where no place of the year is usual. */
  readonly last: RegExp | null;
  /** Between two clauses of a sentence; also a full stop before a year, where a sentence is not surely at its end. */
  readonly joint: RegExp;
}

const YEAR_WORDS: Readonly<Record<string, YearWords>> = {
  en: { first: /^in (\p{Nd}{4}),? /iu, last: / in (\p{Nd}{4})$/u, joint: /, and |, | and |\. (?=\p{Nd}{4} )/u },
  de: {
    first: /^(?:im jahre? )?(\p{Nd}{4}),? /iu,
    last: / im Jahre? (\p{Nd}{4})$/u,
    joint: /, und |, | und |\. (?=\p{Nd}{4} )/u,
  },
  fr: { first: /^en (\p{Nd}{4}),? /iu, last: / en (\p{Nd}{4})$/u, joint: /, et |, | et |\. (?=\p{Nd}{4} )/u },
  es: {
    first: /^en (?:el año )?(\p{Nd}{4}),? /iu,
    last: / en (?:el año )?(\p{Nd}{4})$/u,
    joint: /, y |, | y |\. (?=\p{Nd}{4} )/u,
  },
  pt: { first: /^em (\p{Nd}{4}),? /iu, last: / em (\p{Nd}{4})$/u, joint: /, e |, | e |\. (?=\p{Nd}{4} )/u },
  it: { first: /^nel (\p{Nd}{4}),? /iu, last: / nel (\p{Nd}{4})$/u, joint: /, e |, | e |\. (?=\p{Nd}{4} )/u },
  zh: {
    first: /^(?:在|到了?|西元|公元)?(\p{Nd}{4}) ?年(?![前來来間间代底初中末以之的起])[，,]?/u,
    last: null,
    joint: /[，,]/u,
  },
};
/** "1200 BC", "1969 and later", "1969 alone". */
const NO_YEAR =
  /^(?:B\.?C|C\.?E|A\.?D|[vn]\. ?Chr|av\. |ap\. |a\. ?C|d\. ?C|and |or |alone|und |oder |allein|et |ou |y |o |e )/u;
/** What limits a year at the end: "early in 1969". */
const LIMITED = /(?:early|late|again|once|back|only|later|earlier|soon) ?$/iu;

/** Consecutive statements that each begin or end with a year, in the order of their years. */
export function datedListsIn(statements: readonly Statement[], heading: string, language: Language): StatementList[] {
  const lists: StatementList[] = [];
  let open: { readonly first: number; readonly rows: DatedRow[] } | null = null;
  for (const [index, statement] of statements.entries()) {
    const row = statement.takenBack ? null : datedRow(statement.text, statement.start, language);
    const last = open?.rows.at(-1);
    if (row === null) open = null;
    else if (open !== null && last !== undefined && Number(row.label) > Number(last.label)) open.rows.push(row);
    else open = { first: index, rows: [row] };
    const { first, rows } = open ?? { first: index, rows: [] };
    if (rows.length < FEWEST_ROWS) continue;
    if (lists.at(-1)?.first === first) lists.pop();
    if (rows.length > MOST_ROWS) return [];
    const isWhole = first === 0 && index === statements.length - 1;
    const lead = isWhole && widthOf(heading) <= LONGEST_ROW ? heading : '';
    lists.push({ content: { lead, rows: [...rows], isNumbered: false }, first, last: index });
  }
  return lists;
}

/** "It was built in 1903, rebuilt in 1950 and closed in 1999." Null unless each clause has its own year. */
export function datedClausesIn(text: string, language: Language): ListContent | null {
  const rules = YEAR_WORDS[language.base];
  const sentence = withoutEnd(text);
  if (rules === undefined || text.length > LONGEST_SENTENCE || qualifiersIn(text, language).length > 0) return null;
  const rows: DatedRow[] = [];
  let at = text.indexOf(sentence);
  for (const clause of sentence.split(rules.joint)) {
    const start = text.indexOf(clause, at);
    const row = datedRow(clause, start, language);
    const last = rows.at(-1);
    if (row === null || (last !== undefined && Number(row.label) <= Number(last.label))) return null;
    rows.push(row);
    at = start + clause.length;
  }
  return rows.length >= FEWEST_ROWS && rows.length <= MOST_ROWS ? { lead: '', rows, isNumbered: false } : null;
}

/** Null unless the text has one year, at its beginning or end, and enough beside it. */
function datedRow(statement: string, start: number, language: Language): DatedRow | null {
  const rules = YEAR_WORDS[language.base];
  const text = withoutEnd(statement);
  if (rules === undefined || !hasQualifierWords(language.base) || text.length > LONGEST_SENTENCE) return null;
  if (MARKS.test(statement.trim()) || !hasOneYear(text, language)) return null;
  const lead = start + statement.indexOf(text);
  const first = rules.first.exec(text);
  const rest = first === null ? '' : text.slice(first[0].length);
  if (first?.[1] !== undefined && !NO_YEAR.test(rest) && isRow(rest))
    return { label: first[1], text: rest, start: lead };
  const last = rules.last?.exec(text);
  const before = text.slice(0, last?.index ?? 0);
  // "It did not open in 1903" does not say what happened in 1903.
  const isClaimed = last?.[1] !== undefined && qualifiersIn(text, language).length === 0 && !LIMITED.test(before);
  return isClaimed && isRow(before) ? { label: last[1] ?? '', text: before, start: lead } : null;
}

function hasOneYear(text: string, language: Language): boolean {
  const numbers = numbersIn(text, language);
  const years = numbers.filter(({ kind }) => kind === 'year');
  // A year of a date or a range: "1914–1918".
  const others = numbers.filter(
    ({ kind, start, end }) => kind === 'other' && /^[12]\p{Nd}{3}$/u.test(text.slice(start, end)),
  );
  return years.length === 1 && others.length === 0;
}

function isRow(text: string): boolean {
  return widthOf(text) >= SHORTEST_ROW && widthOf(text) <= LONGEST_ROW && /\p{L}/u.test(text);
}
