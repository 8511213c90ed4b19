import { FUNCTIONS, SYMBOLS } from './formula-symbols.ts';

/** Marks of formulas, and the longest formula between them in UTF-16 units: a longer one is no part of a sentence. */
const MARKS: Readonly<Record<string, { readonly closing: string; readonly longest: number }>> = {
  $$: { closing: '$$', longest: 600 },
  '\\[': { closing: '\\]', longest: 600 },
  '\\(': { closing: '\\)', longest: 300 },
  $: { closing: '$', longest: 200 },
};
const OPENING = /\$\$|\\[[(]|\$/gu;
/** Commands outside of marks. */
const BARE = /\\[dt]?frac\{[^{}]{1,40}\}\{[^{}]{1,40}\}|\\sqrt\{[^{}]{1,40}\}|\\([A-Za-z]{2,12})(?![A-Za-z{])/gu;
/** Between dollars there are no words, but names of functions and products of two letters. */
const WORDS = /(?<![\\A-Za-z])[A-Za-z]{2,}/gu;
const DEEPEST = 12;

const RAISED: ReadonlyMap<string, string> = pairs('0123456789-+n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ');
const LOWERED: ReadonlyMap<string, string> = pairs('0123456789', '₀₁₂₃₄₅₆₇₈₉');

function pairs(plain: string, other: string): ReadonlyMap<string, string> {
  const characters = Array.from(other);
  return new Map(Array.from(plain, (character, i) => [character, characters[i] ?? character]));
}

/** Formulas of TeX as they are printed: "$x^2$" → "x²", "\frac{1}{2}" → "1/2". Amounts of dollars are no formulas. */
export function withPlainFormulas(text: string): string {
  if (!/\\|\$/u.test(text)) return text;
  return inMarks(text).replace(BARE, (found, command?: string) =>
    command === undefined || SYMBOLS.has(command) ? plainFormula(found) : found,
  );
}

function inMarks(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { 0: opening, index } of text.matchAll(OPENING)) {
    if (index < done) continue;
    const formula = formulaAt(text, index, opening);
    if (formula === undefined) continue;
    const closing = MARKS[opening]?.closing ?? '';
    parts.push(text.slice(done, index), plainFormula(formula));
    done = index + opening.length + formula.length + closing.length;
  }
  return parts.join('') + text.slice(done);
}

/** The formula that begins with an opening mark; undefined if the mark is another sign, such as that of dollars. */
function formulaAt(text: string, at: number, opening: string): string | undefined {
  const { closing, longest } = MARKS[opening] ?? { closing: '', longest: 0 };
  const start = at + opening.length;
  const within = text.slice(start, start + longest);
  const end = within.indexOf(closing);
  const formula = within.slice(0, Math.max(0, end));
  if (formula.trim() === '' || (opening.startsWith('$') && !isTex(formula))) return undefined;
  if (opening !== '$') return formula;
  // "US$", "$5 and $10": a dollar beside a letter or digit on its outer side is no mark.
  const isInWord = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at));
  const isOpen = /^\s|[\s\\]$|\n/u.test(formula) || /^[\p{L}\p{N}]/u.test(text.slice(start + end + 1, start + end + 3));
  return isInWord || isOpen ? undefined : formula;
}

function isTex(formula: string): boolean {
  const bare = formula.replace(/\\(?:text|mathrm|operatorname)\{[^{}]{0,60}\}/gu, '').replace(/\\[A-Za-z]{1,20}/gu, '');
  const words = bare.match(WORDS) ?? [];
  if (words.some((word) => !FUNCTIONS.has(word) && !/^[A-Za-z]{2}$/u.test(word))) return false;
  return /^[A-Za-z]$/u.test(formula) || /[\\^_=]/u.test(formula) || /[A-Za-z]\s?[-+*/<>]/u.test(formula);
}

function plainFormula(formula: string): string {
  return new FormulaReader(formula).read().replace(/\s+/gu, ' ').trim();
}

/** Reads a formula from left to right. */
class FormulaReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(formula: string) {
    this.#tokens = formula.match(/\\[A-Za-z]+|\\.|[\s\S]/gu) ?? [];
  }

  read(): string {
    let text = '';
    while (this.#at < this.#tokens.length) text += this.#part(0);
    return text;
  }

  /** A group, a command with what it takes, or a character. */
  #part(depth: number): string {
    const token = this.#tokens[this.#at] ?? '';
    this.#at += 1;
    if (token === '{') return this.#group(depth);
    if (token === '}') return '';
    if (token === '^') return raised(this.#argument(depth));
    if (token === '_') return lowered(this.#argument(depth));
    return token.startsWith('\\') ? this.#command(token.slice(1), depth) : token;
  }

  #group(depth: number): string {
    let text = '';
    while (this.#at < this.#tokens.length && this.#tokens[this.#at] !== '}')
      text += depth < DEEPEST ? this.#part(depth + 1) : this.#skip();
    this.#at += 1;
    return text;
  }

  #skip(): string {
    this.#at += 1;
    return '';
  }

  #argument(depth: number): string {
    while (this.#tokens[this.#at] === ' ') this.#at += 1;
    return this.#at < this.#tokens.length && depth < DEEPEST ? this.#part(depth + 1) : '';
  }

  #command(name: string, depth: number): string {
    if (/^[dt]?frac$/u.test(name)) return quotient(this.#argument(depth), this.#argument(depth));
    if (name === 'sqrt') return `√${inBrackets(this.#argument(depth))}`;
    if (/^(?:text|mathrm|mathbf|mathit|mathbb|mathcal|operatorname|vec|hat|bar|overline)$/u.test(name))
      return this.#argument(depth);
    return (
      SYMBOLS.get(name) ??
      (FUNCTIONS.has(name) ? `${name} ` : /^[A-Za-z]/u.test(name) ? '' : name.replace(/[,;:! ]/u, ' '))
    );
  }
}

/** "1/2"; of letters with the sign of a fraction, since "a/b" may be two words. */
function quotient(top: string, bottom: string): string {
  const isNumber = /^\d+$/u.test(top) && /^\d+$/u.test(bottom);
  return isNumber ? `${top}/${bottom}` : `${inBrackets(top)}⁄${inBrackets(bottom)}`;
}

function inBrackets(part: string): string {
  return /^[\p{L}\p{N}]*[²³]?$/u.test(part) ? part : `(${part})`;
}

function raised(exponent: string): string {
  if (exponent === '°') return '°';
  if (exponent === "'" || exponent === '′') return '′';
  const characters = Array.from(exponent.replaceAll('−', '-'));
  if (characters.length > 0 && characters.every((one) => RAISED.has(one)))
    return characters.map((one) => RAISED.get(one) ?? one).join('');
  return `^${inBrackets(exponent)}`;
}

function lowered(index: string): string {
  const characters = Array.from(index);
  if (characters.every((one) => LOWERED.has(one))) return characters.map((one) => LOWERED.get(one) ?? one).join('');
  return `_${inBrackets(index)}`;
}
