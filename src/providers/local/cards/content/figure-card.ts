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
/** Money and temperatures. */
const PRECISE =
  /[$€£¥₩₹元円圓塊块°℃℉]|(?<!\p{L}|per |pour )(?:dollar|euro|pound|pfund|franken|franc|livre|peso|libra|lira|lire|real|reais|yen|yuan|cent|penny|pence|rupee|degr[eé]|gra[du]|EUR|USD|CHF|GBP|JPY|CNY|TWD|NTD|BRL)/iu;
/** A bound that is said after the amount: without it the amount would say something else. */
const BOUND_AFTER = /\d[^\d，。；、\s]{0,4}\s?(?:以[上下内內]|之[内內])/u;
const YEAR_FIRST =
  /^(?:in|by|since|im jahr|seit|en|depuis|desde|em|no ano de|nel|dal|en el año) (\p{Nd}{4})(?=[ ,])|^(?:到|自|從|从|在)?(\p{Nd}{4}) ?年(?!前|[來来間间代]|以[前來来上]|的?[歷历]史)/iu;

/** The one amount that a text is about, or the year that it begins with; null if it is not certain. */
export function figureIn(text: string, language: Language): FigureContent | null {
  const numbers = numbersIn(text, language);
  const [only, ...others] = numbers.filter(({ kind }) => kind !== 'year');
  if (only === undefined) return yearIn(text, numbers.length);
  if (others.length > 0 || only.kind !== 'quantity' || !isSalient(only)) return null;
  if (!areAsserted(text, [only], language) || BOUND_AFTER.test(text)) return null;
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

/**
 * Null for all but whole numbers of things, measures and shares: an amount of money, a temperature, a number with a sign or
 * with decimals appears as it is written, because a number near it would be believed.
 */
function counterOf({ before, digits, after, value }: Quantity): FigureCounter | null {
  const isWhole = value !== null && Number.isSafeInteger(value) && /^[0-9][0-9.,'’ \u00a0\u202f]*$/u.test(digits);
  if (!isWhole || value < SMALLEST_COUNT || before !== '' || PRECISE.test(after)) return null;
  const groupMark = digits.replaceAll(/[0-9]/gu, '').slice(0, 1);
  return digits.replaceAll(/[^0-9]/gu, '') === String(value) ? { value, groupMark } : null;
}
