import { digitWords } from '../languages/digit-words.ts';
import type { Form, SpokenLanguage } from '../languages/spoken-language.ts';
import { isOne, type Numeral, numeralOf } from '../numerals.ts';
import { type Token, tokensOf } from '../tokens.ts';

/** The words for the tokens from the place of a rule to `end`, which is not included. */
export interface Reading {
  readonly words: string;
  readonly end: number;
}

/** Reads the tokens that begin at a place; undefined if it has nothing to say about them. Looks at few tokens only. */
export type Rule = (reader: Reader, at: number) => Reading | undefined;

/** The tables whose keys may have several tokens. */
type KeyTable = 'abbreviations' | 'currencies' | 'scales' | 'timeSuffixes' | 'units';
/** Keys by their first token, the longest first. */
type KeysByToken = ReadonlyMap<string, readonly string[]>;

const END: Token = { kind: 'space', text: '', start: Number.POSITIVE_INFINITY };
/** Longer numbers without separators are codes or telephone numbers. */
const LONGEST_PLAIN = 9;
const LONGEST = 15;

/** The tokens of a text in a language. Places outside the text are empty. */
export class Reader {
  readonly language: SpokenLanguage;
  readonly #source: string;
  readonly #tokens: readonly Token[];
  readonly #keys: Readonly<Record<KeyTable, KeysByToken>>;

  constructor(language: SpokenLanguage, source: string, tokens: readonly Token[]) {
    this.language = language;
    this.#source = source;
    this.#tokens = tokens;
    this.#keys = {
      abbreviations: keysByToken(language.abbreviations),
      currencies: keysByToken(language.currencies),
      scales: keysByToken(language.scales),
      timeSuffixes: keysByToken(language.timeSuffixes),
      units: keysByToken(language.units),
    };
  }

  get length(): number {
    return this.#tokens.length;
  }

  token(at: number): Token {
    return this.#tokens[at] ?? END;
  }

  text(at: number): string {
    return this.token(at).text;
  }

  /** The place after white space at a place, within the line. */
  skipSpace(at: number): number {
    const { kind, text } = this.token(at);
    return kind === 'space' && text !== '' && !text.includes('\n') ? at + 1 : at;
  }

  /** The word before a place, over a space; empty if there is none. */
  wordBefore(at: number): string {
    const before = this.token(at - 1).kind === 'space' ? at - 2 : at - 1;
    return this.token(before).kind === 'word' ? this.text(before) : '';
  }

  /** The word after a place, over a space; empty if there is none. */
  wordAfter(at: number): string {
    const after = this.skipSpace(at);
    return this.token(after).kind === 'word' ? this.text(after) : '';
  }

  /** True where a word or number does not continue something: at the beginning, after a space or an opening bracket. */
  isFree(at: number): boolean {
    const { kind, text } = this.token(at - 1);
    return at === 0 || kind === 'space' || /^[("'[«¿¡:;,…/*>-]$/u.test(text);
  }

  /** The place after `text`, if the text is at that place and ends with a token. */
  after(at: number, text: string): number | undefined {
    const { start } = this.token(at);
    if (!this.#source.startsWith(text, start)) return undefined;
    const end = start + text.length;
    let place = at;
    while (this.token(place).start < end) place += 1;
    return this.token(place).start === end || end === this.#source.length ? place : undefined;
  }

  /** The longest key of a table of the language at a place, and the place after it. */
  longest(at: number, table: KeyTable): { readonly text: string; readonly end: number } | undefined {
    for (const text of this.#keys[table].get(this.text(at)) ?? []) {
      const end = this.after(at, text);
      if (end !== undefined) return { text, end };
    }
    return undefined;
  }

  numeral(at: number): Numeral | undefined {
    const { kind, text } = this.token(at);
    return kind === 'number' ? numeralOf(text, this.language.decimalMark) : undefined;
  }

  /** A whole number at a place, as a value; undefined for decimals and more than four digits. */
  small(at: number): number | undefined {
    const { kind, text } = this.token(at);
    return kind === 'number' && /^\d{1,4}$/u.test(text) ? Number(text) : undefined;
  }

  /** A number in words. Codes (a leading zero, ten digits and more) are read digit by digit. */
  say(numeral: Numeral, form: Form): string {
    const { whole, decimals, isGrouped } = numeral;
    const { cardinal, point, pairsDecimals } = this.language;
    const isCode = (whole.length > 1 && whole.startsWith('0')) || whole.length > (isGrouped ? LONGEST : LONGEST_PLAIN);
    if (isCode) return this.digits(whole + decimals);
    if (decimals === '') return cardinal(whole, form);
    const paired = pairsDecimals && decimals.length <= 2 && !decimals.startsWith('0');
    return `${cardinal(whole, 'alone')} ${point} ${paired ? cardinal(decimals, 'alone') : this.digits(decimals)}`;
  }

  digits(digits: string): string {
    return digitWords(digits, this.language.cardinal);
  }
}

function keysByToken(table: Readonly<Record<string, unknown>>): KeysByToken {
  const keys = Object.keys(table).toSorted((a, b) => b.length - a.length);
  return Map.groupBy(keys, (key) => tokensOf(key, false)[0]?.text ?? '');
}

/** Singular for exactly one, plural otherwise. */
export function nounFor(numeral: Numeral, [one, many]: readonly [string, string, ...unknown[]]): string {
  return isOne(numeral) ? one : many;
}
