import type { Language } from '../../../../language/language.ts';
import { numbersIn, type Quantity } from '../../../../language/quantities/numbers-in-text.ts';
import { areAsserted, modifierStart } from './asserted-numbers.ts';

/** Amounts of the same unit that a beat compares. */
export interface BarContent {
  readonly label: string;
  readonly amount: string;
  /** Of the largest amount: 0 to 1. */
  readonly share: number;
  /** UTF-16 units of the beat's text. */
  readonly start: number;
}

const MOST_BARS = 6;
/** A shorter bar could not be seen. */
const SMALLEST_SHARE = 0.01;
const FROM = /(?:^|\s)(?:from|von|de|da|dal|dall[’']|du|des)(?: just| nur| about| etwa)? $|[從从由] ?$/iu;
const TO =
  /^ ?(?:to|auf|à|a|para|al|ad|zu) $|^ ?(?:[增上升提成]?[長长升加高]?[至到]|[減下降]?[少降]?[至到]|到|至|降到|升到) ?$/u;
/** Without such a verb, "from 10 to 20 percent" is a range. */
const CHANGES =
  /(?:^|\P{L})(?:rose|rise|rises|risen|grew|grow|grows|grown|fell|fall|falls|fallen|drop|drops|dropped|climb(?:s|ed)?|increased?|increases|decreased?|decreases|shrank|jumped|went|stieg|steigt|gestiegen|sank|sinkt|gesunken|wuchs|fiel|gefallen|passé|passée|passés|passe|passer|pasó|pasaron|subió|bajó|creció|aumentó|passou|passaram|subiu|caiu|aumentou|è passato|è passata|passata|passato|salito|salita|sceso|scesa|cresciuto|cresciuta)(?!\p{L})|[增上升降減减]/iu;
const AGAINST =
  /(?:^|[\s,])(?:against|versus|vs\.?|compared (?:with|to)|while|whereas|gegenüber|gegen|verglichen mit|während|contre|tandis que|frente a|contra|mientras que|enquanto|contro|mentre)(?:\s|$)|[，,]?(?:而|相比|對比|对比)/iu;
/** Commas and short words between an amount and its year. */
const YEAR_BETWEEN = /^[ ,]{0,2}(?:in|im Jahr|en|em|nel|de|im|by|bis|um)? ?$/iu;

/** The amounts of a text as bars: from one to another, one against another, or one for each of some years; else null. */
export function barsIn(text: string, language: Language): readonly BarContent[] | null {
  const numbers = numbersIn(text, language);
  const found = numbers.filter((one) => one.kind === 'quantity');
  const years = numbers.filter(({ kind }) => kind === 'year');
  if (found.length < 2 || found.length > MOST_BARS || numbers.some(({ kind }) => kind === 'other')) return null;
  const quantities = withSharedUnit(found, text);
  if (quantities === null || !areAsserted(text, quantities, language)) return null;
  const labels = labelsOf(quantities, years, text);
  if (labels === null && !(quantities.length === 2 && areCompared(quantities, text))) return null;
  const values = quantities.map(({ value }) => value ?? 0);
  const largest = Math.max(...values);
  if (values.some((value) => value < largest * SMALLEST_SHARE || value <= 0)) return null;
  return quantities.map((one, index) => ({
    label: labels?.[index] ?? '',
    amount: text.slice(modifierStart(one), one.start) + one.before + one.digits + one.after,
    share: (values[index] ?? 0) / largest,
    start: one.start,
  }));
}

/** Null unless all have the same unit; in "from 12 to 40 percent" the first one has that of the second. */
function withSharedUnit(quantities: readonly Quantity[], text: string): Quantity[] | null {
  const [first, second] = quantities;
  if (first === undefined || second === undefined) return null;
  const isShort = first.after === '' && second.after !== '' && TO.test(text.slice(first.end, modifierStart(second)));
  const all = isShort ? [{ ...first, after: second.after }, ...quantities.slice(1)] : [...quantities];
  const unit = `${second.before}/${second.after.trim()}`;
  const isSame = all.every(({ before, after, value }) => value !== null && `${before}/${after.trim()}` === unit);
  return isSame && unit !== '/' && !/[−–-]/u.test(second.before) ? all : null;
}

function areCompared(quantities: readonly Quantity[], text: string): boolean {
  const [first, second] = quantities;
  if (first === undefined || second === undefined) return false;
  const between = text.slice(first.end, modifierStart(second));
  const before = text.slice(Math.max(0, modifierStart(first) - 16), modifierStart(first));
  return (FROM.test(before) && TO.test(between) && CHANGES.test(text)) || AGAINST.test(between);
}

/** The year directly before or after each amount; null if one is missing. */
function labelsOf(
  quantities: readonly Quantity[],
  years: readonly { readonly start: number; readonly end: number }[],
  text: string,
): string[] | null {
  if (years.length !== quantities.length) return null;
  const labels = quantities.flatMap((one, index) => {
    const year = years[index];
    if (year === undefined) return [];
    const isBefore = year.start < one.start;
    const between = isBefore ? '' : text.slice(one.end, year.start);
    return isBefore || YEAR_BETWEEN.test(between) ? [text.slice(year.start, year.end)] : [];
  });
  const order = quantities.map((one, index) => (years[index]?.start ?? 0) < one.start);
  const alternates = quantities.every((one, index) => {
    const next = quantities[index + 1];
    const year = years[index + 1];
    return (
      next === undefined || year === undefined || (one.end <= year.start && (years[index]?.end ?? 0) <= next.start)
    );
  });
  return labels.length === quantities.length && new Set(order).size === 1 && alternates ? labels : null;
}
