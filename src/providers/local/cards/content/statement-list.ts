import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import type { Statement } from '../../../../language/headlines/statements.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { Language } from '../../../../language/language.ts';
import { datedListsIn } from './dated.ts';
import type { ListRow, StatementList } from './list-content.ts';
import { numberedListsIn } from './numbered-list.ts';

const MOST_ROWS = 5;
const FEWEST_STEPS = 3;
const FEWEST_PAIRS = 2;
/** As `widthOf` measures it. */
const LONGEST_ROW = 60;
const LONGEST_ANSWER = 45;
/** A statement and the one that takes it back. */
const LONGEST_TAKEN_BACK = 80;
const COLON = /[:：](?=\s)|：/u;
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
  if (isWhole(dated, statements)) return dated;
  const numbered = numberedListsIn(statements, heading);
  if (numbered.length > 0) return numbered;
  const steps = stepsIn(statements, heading);
  if (steps !== null) return [steps];
  const others = [headedListsIn(statements, heading), dated, ledListsIn(statements)];
  const answers = answersIn(statements);
  return others.find(({ length }) => length > 0) ?? (answers === null ? [] : [answers]);
}

function isWhole([first]: readonly StatementList[], { length }: readonly Statement[]): boolean {
  return first !== undefined && first.first === 0 && first.last === length - 1;
}

/** Short statements below a heading, in even parts: a list of the author's, or what reads like one. */
function headedListsIn(statements: readonly Statement[], heading: string): StatementList[] {
  const { length } = statements;
  if (heading === '' || widthOf(heading) > LONGEST_ROW || length > 2 * MOST_ROWS) return [];
  if (length >= FEWEST_PAIRS && statements.every(isPair)) return inParts(statements.map(rowOf), heading);
  if (length < FEWEST_STEPS) return [];
  const areShort = statements.every((one) => isRow(one, one.takenBack ? LONGEST_TAKEN_BACK : LONGEST_ROW));
  if (!areShort) return [];
  return inParts(statements.map(rowOf), heading);
}

/** "First, … Then, … Finally, …", below what leads to them: "You make rice like this: First, …", or the heading. */
function stepsIn(statements: readonly Statement[], heading: string): StatementList | null {
  const first = statements.findIndex(({ text }) => FIRST_STEP.test(ledText(text)));
  const opening = statements[first];
  if (opening === undefined) return null;
  const others = statements.slice(first + 1);
  const end = others.findIndex(({ text }) => !NEXT_STEP.test(text));
  const last = first + (end < 0 ? others.length : end);
  const { lead, row } = ledRow(opening);
  const steps = [{ ...opening, ...row }, ...others.slice(0, last - first)];
  if (steps.length < FEWEST_STEPS || !areRows(steps, LONGEST_ROW)) return null;
  const before = lead || heading;
  const shown = isLead(before) ? before : '';
  return { content: { lead: shown, rows: steps.map(rowOf), isNumbered: true }, first, last };
}

/** A scene that is "You need: Flour." and its other items: a list of the author's, in even parts. */
function ledListsIn(statements: readonly Statement[]): StatementList[] {
  const [head, ...others] = statements;
  if (head === undefined || others.length < 2 || statements.length > 2 * MOST_ROWS) return [];
  const { lead, row } = ledRow(head);
  if (lead === '' || !isLead(lead) || row.text === '' || widthOf(row.text) > LONGEST_ANSWER) return [];
  if (!others.every((one) => !one.takenBack && isRow(one, LONGEST_ANSWER))) return [];
  return inParts([row, ...others.map(rowOf)], lead);
}

/** What leads to a list in its first statement, which may be empty, and the rest. */
function ledRow({ text, start }: Statement): { readonly lead: string; readonly row: ListRow } {
  const rest = ledText(text);
  const lead = text.slice(0, text.length - rest.length).trimEnd();
  return {
    lead: lead.slice(0, -1).trimEnd(),
    row: { text: withoutEnd(rest), start: start + text.length - rest.length },
  };
}

/** What follows the first colon; the whole text if there is none. */
function ledText(text: string): string {
  const colon = text.search(COLON);
  return colon < 0 ? text : text.slice(colon + 1).trimStart();
}

function isLead(lead: string): boolean {
  return widthOf(lead) <= LONGEST_ROW && !/["“„«「]/u.test(lead);
}

/** Two lists where one would have too many rows. */
function inParts(rows: readonly ListRow[], lead: string): StatementList[] {
  const middle = rows.length > MOST_ROWS ? Math.ceil(rows.length / 2) : rows.length;
  const parts = [rows.slice(0, middle), rows.slice(middle)].filter((part) => part.length > 0);
  return parts.map((part, index) => ({
    content: { lead, rows: part, isNumbered: false },
    first: index * middle,
    last: index * middle + part.length - 1,
  }));
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

function isRow({ text }: Pick<Statement, 'text'>, longest: number): boolean {
  return !/[?？:：\n"“„«「]/u.test(text) && /\p{L}/u.test(text) && widthOf(text) <= longest;
}

/** A name and its value, as in a table of two columns: "Adult: $4.50" */
function isPair({ text, takenBack }: Statement): boolean {
  const colon = text.search(COLON);
  // "Monday: 9:00–17:00"
  const plain = `${text.slice(0, colon)} ${text.slice(colon + 1).replaceAll(/(?<=\d):(?=\d)/gu, '')}`;
  return colon > 0 && !takenBack && isRow({ text: plain }, LONGEST_ROW);
}

function rowOf({ text, start }: Statement): ListRow {
  return { text: withoutEnd(text), start };
}
