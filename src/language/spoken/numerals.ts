/** A number as written. */
export interface Numeral {
  /** ASCII digits without separators. */
  readonly whole: string;
  /** The digits after the decimal mark; empty if there is none. */
  readonly decimals: string;
  /** The thousands were grouped, so that it is an amount and not a year or a code. */
  readonly isGrouped: boolean;
}

/**
 * Reads digits with separators as a number of a language with this decimal mark. Undefined for what is no number, such
 * as the version "2.1.3". A number in the other notation is understood where it cannot be confused: "1.234,5".
 */
export function numeralOf(text: string, decimalMark: '.' | ','): Numeral | undefined {
  const digits = text.replaceAll('_', '').replaceAll(' ', '');
  const isSpaced = digits.length < text.length;
  const groupMark = decimalMark === '.' ? ',' : '.';
  const parts = digits.split(/[.,]/u);
  const marks = digits.replace(/\d/gu, '');
  const [first = '', ...others] = parts;
  const last = others.at(-1);
  if (last === undefined) return { whole: first, decimals: '', isGrouped: isSpaced };
  const isGroup = (part: string): boolean => part.length === 3;
  const canBegin = first.length <= 3 && (!first.startsWith('0') || first === '0');
  const allGroups = canBegin && first !== '0' && others.every(isGroup);
  if (allGroups && marks === groupMark.repeat(others.length) && marks !== '')
    return { whole: parts.join(''), decimals: '', isGrouped: true };
  // "1,00,000" of India, and "1.000.000" in a text whose decimal mark is the full stop; an address has four groups.
  const isIndian = groupMark === ',' && /^\d{1,2}(?:,\d\d){1,4},\d{3}(?:\.\d{1,9})?$/u.test(digits);
  if (isIndian) {
    const [whole = '', decimals = ''] = digits.replaceAll(',', '').split('.');
    return { whole, decimals, isGrouped: true };
  }
  if (allGroups && others.length === 2 && marks === decimalMark.repeat(2))
    return { whole: parts.join(''), decimals: '', isGrouped: true };
  if (others.length === 1) return { whole: first, decimals: last, isGrouped: isSpaced };
  const grouping = marks.slice(0, -1);
  const isUniform = grouping === (grouping[0] ?? '').repeat(grouping.length);
  if (isUniform && canBegin && marks.at(-1) !== grouping[0] && others.slice(0, -1).every(isGroup))
    return { whole: parts.slice(0, -1).join(''), decimals: last, isGrouped: true };
  return undefined;
}

/** The number times ten to the power of `exponent`: 1.5 and 3 make 1500. */
export function shifted({ whole, decimals }: Numeral, exponent: number): Numeral {
  const digits = whole + decimals.slice(0, exponent).padEnd(exponent, '0');
  return { whole: digits.replace(/^0+(?=\d)/u, ''), decimals: decimals.slice(exponent), isGrouped: true };
}

export const isOne = ({ whole, decimals }: Numeral): boolean => whole === '1' && decimals === '';

const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
const roman = /^(?=[IVXLC])C?(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/u;

/** The value of a Roman numeral up to 199 in capital letters; undefined for any other word. */
export function romanValue(word: string): number | undefined {
  if (word.length > 9 || !roman.test(word)) return undefined;
  let total = 0;
  for (const [index, letter] of Array.from(word).entries()) {
    const value = values[letter] ?? 0;
    total += value < (values[word[index + 1] ?? ''] ?? 0) ? -value : value;
  }
  return total;
}
