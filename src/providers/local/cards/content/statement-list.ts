import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import type { Statement } from '../../../../language/headlines/statements.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { Language } from '../../../../language/language.ts';
import { datedListsIn } from './dated.ts';
import type { ListRow, StatementList } from './list-content.ts';

const MOST_ROWS = 5;
const FEWEST_STEPS = 3;
/** As `widthOf` measures it. */
const LONGEST_ROW = 60;
const LONGEST_ANSWER = 45;
/** A statement and the one that takes it back. */
const LONGEST_TAKEN_BACK = 80;
const FIRST_STEP =
  /^(?:first(?:ly)?|step one|zuerst|zunächst|erstens|(?:tout )?d[’']abord|premièrement|primero|en primer lugar|primeiro|em primeiro lugar|prima|innanzitutto|per prima cosa)(?!\p{L})|^(?:首先|第一步|先)/iu;
const NEXT_STEP =
  /^(?:then|next|after that|second(?:ly)?|third(?:ly)?|finally|lastly|last|dann|danach|anschließend|zweitens|drittens|schließlich|zuletzt|zum schluss|ensuite|puis|deuxièmement|enfin|finalement|luego|después|segundo|tercero|finalmente|por último|depois|em seguida|segundo|por fim|poi|dopo|quindi|infine)(?!\p{L})|^(?:然後|然后|接著|接着|再|最後|最后|第[二三四五]步)/iu;

/**
 * The lists in a scene's statements, in order, if they certainly are some. `heading` is the one above the scene, or an empty
 * string.
 */
export function listsIn(
  statements: readonly Statement[],
  heading: string,
  language: Language,
): readonly StatementList[] {
  const dated = datedListsIn(statements, heading, language);
  const headed = isWhole(dated, statements) ? [] : headedListsIn(statements, heading);
  if (headed.length > 0 || dated.length > 0) return headed.length > 0 ? headed : dated;
  const list = stepsIn(statements) ?? ledListIn(statements) ?? answersIn(statements);
  return list === null ? [] : [list];
}

function isWhole([first]: readonly StatementList[], { length }: readonly Statement[]): boolean {
  return first !== undefined && first.first === 0 && first.last === length - 1;
}

/** Short statements below a heading, in even parts: a list of the author's, or what reads like one. */
function headedListsIn(statements: readonly Statement[], heading: string): StatementList[] {
  const { length } = statements;
  if (heading === '' || widthOf(heading) > LONGEST_ROW || length < FEWEST_STEPS || length > 2 * MOST_ROWS) return [];
  const areShort = statements.every((one) => isRow(one, one.takenBack ? LONGEST_TAKEN_BACK : LONGEST_ROW));
  if (!areShort) return [];
  const middle = length > MOST_ROWS ? Math.ceil(length / 2) : length;
  const parts = [statements.slice(0, middle), statements.slice(middle)].filter((part) => part.length > 0);
  return parts.map((part, index) => ({
    content: { lead: heading, rows: part.map(rowOf), isNumbered: false },
    first: index * middle,
    last: index * middle + part.length - 1,
  }));
}

/** "First, … Then, … Finally, …" */
function stepsIn(statements: readonly Statement[]): StatementList | null {
  const first = statements.findIndex(({ text }) => FIRST_STEP.test(text));
  if (first < 0) return null;
  const others = statements.slice(first + 1);
  const end = others.findIndex(({ text }) => !NEXT_STEP.test(text));
  const last = first + (end < 0 ? others.length : end);
  const steps = statements.slice(first, last + 1);
  if (steps.length < FEWEST_STEPS || !areRows(steps, LONGEST_ROW)) return null;
  return { content: { lead: '', rows: steps.map(rowOf), isNumbered: true }, first, last };
}

/** A scene that is "You need: Flour." and its other items: a list of the author's. */
function ledListIn(statements: readonly Statement[]): StatementList | null {
  const [head, ...others] = statements;
  const colon = head?.text.search(/[:：](?=\s)|：/u) ?? -1;
  if (head === undefined || colon < 0 || others.length < 2) return null;
  const lead = head.text.slice(0, colon);
  const begins = head.text.slice(colon + 1);
  const start = head.start + colon + 1 + begins.length - begins.trimStart().length;
  const firstRow: ListRow = { text: withoutEnd(begins), start };
  const isShort = widthOf(lead) <= LONGEST_ROW && widthOf(firstRow.text) <= LONGEST_ANSWER && firstRow.text !== '';
  if (!isShort || /["“„«「]/u.test(lead) || !areRows(others, LONGEST_ANSWER)) return null;
  const rows = [firstRow, ...others.map(rowOf)];
  if (rows.length > MOST_ROWS) return null;
  return { content: { lead, rows, isNumbered: false }, first: 0, last: statements.length - 1 };
}

/** "What can you do? Plant native flowers. Do not use pesticides." at the end of a scene. */
function answersIn(statements: readonly Statement[]): StatementList | null {
  const first = statements.findIndex(({ text }) => /[?？]$/u.test(text));
  const question = statements[first];
  const answers = statements.slice(first + 1);
  if (question === undefined || question.takenBack || answers.length < 2 || answers.length > MOST_ROWS) return null;
  if (widthOf(question.text) > LONGEST_ROW || !areRows(answers, LONGEST_ANSWER)) return null;
  const content = { lead: question.text, rows: answers.map(rowOf), isNumbered: false };
  return { content, first, last: statements.length - 1 };
}

function areRows(statements: readonly Statement[], longest: number): boolean {
  return statements.length <= MOST_ROWS && statements.every((one) => !one.takenBack && isRow(one, longest));
}

function isRow({ text }: Statement, longest: number): boolean {
  return !/[?？:：\n"“„«「]/u.test(text) && /\p{L}/u.test(text) && widthOf(text) <= longest;
}

function rowOf({ text, start }: Statement): ListRow {
  return { text: withoutEnd(text), start };
}
