import type { Language } from '../../../../language/language.ts';
import { numbersIn, type Quantity } from '../../../../language/quantities/numbers-in-text.ts';
import type { Figure, FigureCounter } from '../../../../overlays/overlay.ts';
import { areAsserted } from './asserted-numbers.ts';

/** What a beat shows large above its sentence. */
export interface FigureContent {
  readonly figure: Figure;
  readonly lead: string;
  /** UTF-16 units of the beat's text. */
  readonly start: number;
}

/** A smaller whole number of things, metres or days is no surprise. */
const SMALLEST_COUNT = 10;
/** An amount of money, a share, or one of thousands and more. */
const STRONG =
  /%|‰|percent|per cent|Prozent|pour cent|por ciento|por cento|per cento|°|ill?i|mil|tausend|thousand|[千萬万億亿]/iu;
/** With fewer steps it would not look like counting. */
const FEWEST_STEPS = 10;
const YEAR_FIRST =
  /^(?:in|by|since|im jahr|seit|en|depuis|desde|em|no ano de|nel|dal|en el año) (\p{Nd}{4})(?=[ ,])|^(?:到|自|從|从|在)?(\p{Nd}{4}) ?年(?!前|[來来間间代]|以[前來来上]|的?[歷历]史)/iu;

/** The one amount that a text is about, or the year that it begins with; null if it is not certain. */
export function figureIn(text: string, language: Language): FigureContent | null {
  const numbers = numbersIn(text, language);
  const [only, ...others] = numbers.filter(({ kind }) => kind !== 'year');
  if (only === undefined) return yearIn(text, numbers.length);
  if (others.length > 0 || only.kind !== 'quantity' || !isSalient(only)) return null;
  if (!areAsserted(text, [only], language)) return null;
  const { before, digits, after, modifier, start } = only;
  return { figure: { before, digits, after, counter: counterOf(only) }, lead: modifier, start };
}

function isSalient({ value, before, digits, after, isMeasured }: Quantity): boolean {
  if (value === null) return isMeasured;
  const isStrong = before !== '' || STRONG.test(after) || /[.,]/u.test(digits);
  if (isMeasured && isStrong) return value > 1;
  return after !== '' && value >= SMALLEST_COUNT;
}

function yearIn(text: string, count: number): FigureContent | null {
  const found = count === 1 ? YEAR_FIRST.exec(text) : null;
  const digits = found?.[1] ?? found?.[2];
  if (digits === undefined) return null;
  return { figure: { before: '', digits, after: '', counter: null }, lead: '', start: text.indexOf(digits) };
}

/** Null where the numbers between 0 and the author's cannot be written as his. */
function counterOf({ digits, value }: Quantity): FigureCounter | null {
  const ascii = /^[0-9][0-9.,'’ \u00a0\u202f]*$/u.test(digits);
  if (value === null || !ascii || !Number.isSafeInteger(Math.round(value * 1000))) return null;
  const marks = digits.replaceAll(/[0-9]/gu, '');
  const decimals = String(value).includes('.') ? digits.length - lastMark(digits) - 1 : 0;
  if (value * 10 ** decimals < FEWEST_STEPS) return null;
  const groupMark = decimals > 0 ? (marks.slice(0, -1)[0] ?? '') : (marks[0] ?? '');
  const counter = { value, decimals, decimalMark: decimals > 0 ? (marks.at(-1) ?? '') : '', groupMark };
  return counter;
}

function lastMark(digits: string): number {
  return Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
}
