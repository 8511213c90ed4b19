import type { Language } from '../language.ts';
import { MONTHS, NUMBERED_WORDS } from '../sentences/unit-words.ts';
import { numeralOf } from '../spoken/numerals.ts';
import { modifierBefore } from './modifiers.ts';
import { HAN_QUANTITY, HAN_UNIT, nounAt, OF, scaleAt, unitAt } from './unit-patterns.ts';

/** A number of a text: text.slice(start, end), in UTF-16 units. */
export type NumberInText = Quantity | OtherNumber;

/** An amount of something. */
export interface Quantity {
  readonly kind: 'quantity';
  readonly start: number;
  readonly end: number;
  /** "$" or "−"; may be empty. */
  readonly before: string;
  /** As the author writes them. */
  readonly digits: string;
  /** Null if the digits are Chinese characters, or can be read in two ways. */
  readonly value: number | null;
  /** The unit or what is counted, with the space before it; may be empty. */
  readonly after: string;
  /** "more than", "about"; may be empty. It ends directly before the number. */
  readonly modifier: string;
  /** True if the author measures with a unit, a currency or a large number, or groups the digits. */
  readonly isMeasured: boolean;
}

/** A year, or what is no amount or not surely one: dates, times, ordinals, versions, ranges, names. */
export interface OtherNumber {
  readonly kind: 'year' | 'other';
  readonly start: number;
  readonly end: number;
}

const DIGITS = /\p{Nd}{1,20}(?:[.,'’]\p{Nd}{1,20}){0,8}/gu;
/** Digits that are grouped by spaces, too. */
const SPACED_DIGITS =
  /\p{Nd}{1,3}(?:[ \u00a0\u202f]\p{Nd}{3}(?!\p{Nd})){1,4}(?:,\p{Nd}{1,9})?|\p{Nd}{1,20}(?:[.,'’]\p{Nd}{1,20}){0,8}/gu;
const SPACED_LANGUAGES = new Set(['de', 'fr', 'es', 'pt', 'it']);
/** In UTF-16 units, before and after a number. */
const NEAR = 40;

const CURRENCY_BEFORE = /(?:(?:^|[\s(（])(?:US|NT|HK|CA|A|R)?\$|[€£¥₩₹]|百分之) ?$/u;
const MINUS_BEFORE = /(?:^|[\s(])[−–-]$/u;
/** "5 p.m.", "16 h", "5 Uhr", "3rd", "5月". */
const TIME_OR_ORDINAL =
  /^[ \u00a0\u202f]?(?:[ap]\.? ?m\b|Uhr|h(?!\p{L})|o['’]clock|點|点|時(?!間)|时(?!间)|月|日|號|号|世紀|世纪)|^(?:st|nd|rd|th|er|re|e|ème|º|ª)(?!\p{L})/u;
/** "one in 10", "neun von 10": a share, not an amount. */
const SHARE_BEFORE =
  /(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|eine?[rs]?|zwei|drei|neun|une?|uno|uma?|una) (?:in|out of|of|von|sur|de|em|su|in|en|cada)(?: cada)? $/iu;
/** Before a number that only counts: "every 30 seconds", "minus 15". */
const WORDS_OF_OTHERS =
  /(?:^|\s)(?:every|each|per|minus|plus|times|number|jede[rnms]?|alle|pro|mal|chaque|toutes les|tous les|moins|cada|por|ogni|meno|menos|or|oder|ou|o) $|[每第負负]$/iu;

/** All numbers in digits in order, and in Chinese also those in characters that surely are amounts. Takes linear time. */
export function numbersIn(text: string, language: Language): NumberInText[] {
  const pattern = SPACED_LANGUAGES.has(language.base) ? SPACED_DIGITS : DIGITS;
  const numbers = Array.from(text.matchAll(pattern), ({ 0: digits, index }) => numberAt(text, digits, index, language));
  if (language.base !== 'zh') return numbers;
  const inCharacters = Array.from(text.matchAll(HAN_QUANTITY), ({ 0: digits, index }): Quantity => {
    const modifier = modifierBefore(text, index, 'zh');
    const place = { start: index, end: index + digits.length };
    return { kind: 'quantity', ...place, before: '', digits, value: null, after: '', modifier, isMeasured: true };
  });
  return [...numbers, ...inCharacters].toSorted((a, b) => a.start - b.start);
}

/** The place of an item's number: the beginning of a sentence. */
const LIST_NUMBER_BEFORE = /(?:^|[.!?:。！？：;\n])\s?$/u;

function numberAt(text: string, digits: string, at: number, language: Language): NumberInText {
  const end = at + digits.length;
  const left = text.slice(Math.max(0, at - NEAR), at);
  const right = text.slice(end, end + NEAR);
  const other: OtherNumber = { kind: 'other', start: at, end };
  const currency = CURRENCY_BEFORE.exec(left)?.[0].replace(/^[\s(（]/u, '') ?? '';
  const minus = MINUS_BEFORE.test(left) ? left.slice(-1) : '';
  const before = currency || minus;
  const joinsLeft = language.base === 'zh' ? /[A-Za-z#/.:_@&–—-]$/u : /[\p{L}#/.:_@&–—-]$/u;
  if (before === '' && joinsLeft.test(left)) return other;
  if (/^[-/:_@–—~～]|^ [-–—] ?\p{Nd}|^\.\p{L}/u.test(right) || TIME_OR_ORDINAL.test(right)) return other;
  if (language.base === 'zh' && /^ ?年/u.test(right))
    return /^\p{Nd}{4}$/u.test(digits) ? { ...other, kind: 'year' } : other;
  if (/^\. \S/u.test(right) && digits.length < 3 && (language.base === 'de' || LIST_NUMBER_BEFORE.test(left)))
    return other;
  if (isBesideMonth(left, right, language.base) || SHARE_BEFORE.test(left)) return other;
  return amountAt(text, { digits, at, end, before, left, right }, language);
}

interface Place {
  readonly digits: string;
  readonly at: number;
  readonly end: number;
  readonly before: string;
  readonly left: string;
  readonly right: string;
}

function amountAt(text: string, { digits, at, end, before, left, right }: Place, language: Language): NumberInText {
  const numeral = numeralOf(digits.replaceAll(/[\u00a0\u202f]/gu, ' ').replaceAll(/['’]/gu, ''), markOf(language));
  if (numeral === undefined || /^0\p{Nd}/u.test(digits)) return { kind: 'other', start: at, end };
  const { after, isMeasured } = afterNumber(right, language.base);
  if (after === '' && language.base !== 'zh' && /^[\p{L}\p{Nd}]/u.test(right)) return { kind: 'other', start: at, end };
  const isYear = before === '' && !isMeasured && /^(?:1[1-9]|20)\p{Nd}{2}$/u.test(digits);
  if (isYear) return { kind: after === '' && !isNumbered(left) ? 'year' : 'other', start: at, end };
  const start = at - before.length;
  const isCertain = before !== '' || isMeasured || numeral.isGrouped;
  if (
    isNumbered(left) ||
    (!isCertain && isName(left)) ||
    WORDS_OF_OTHERS.test(text.slice(Math.max(0, start - NEAR), start))
  )
    return { kind: 'other', start: at, end };
  const value = isAmbiguous(digits, language) ? null : Number(`${numeral.whole}.${numeral.decimals || '0'}`);
  const modifier = modifierBefore(text, start, language.base);
  return {
    kind: 'quantity',
    start,
    end: end + after.length,
    before,
    digits,
    value,
    after,
    modifier,
    isMeasured: isCertain,
  };
}

/** Words before a number that name a thing, and are not in `NUMBERED_WORDS`. */
const MORE_NUMBERED = new Set(['no.', 'nr.', 'artikel', 'article', 'top']);

/** "page 12", "Nr. 5". */
function isNumbered(left: string): boolean {
  const word = /(?<!\S)(\S{1,30}) $/u.exec(left.slice(-40))?.[1]?.toLowerCase() ?? '';
  return NUMBERED_WORDS.has(word) || MORE_NUMBERED.has(word);
}

/** "Apollo 11": a word with a capital before the number that does not begin the text. */
function isName(left: string): boolean {
  return /[\p{L}\p{P}] \p{Lu}[\p{L}\p{M}’'-]{0,30} $/u.test(left);
}

function afterNumber(right: string, base: string): { readonly after: string; readonly isMeasured: boolean } {
  if (base === 'zh') {
    const unit = HAN_UNIT.exec(right)?.[0] ?? unitAt(right);
    return { after: unit, isMeasured: unit !== '' };
  }
  const scale = scaleAt(right);
  const rest = right.slice(scale.length);
  const of = scale === '' ? '' : (OF.exec(rest)?.[0] ?? '');
  const thing = of === '' ? rest : ` ${rest.slice(of.length)}`;
  const unit = unitAt(thing);
  const counted = unit || nounAt(thing, base);
  const length = counted === '' ? 0 : counted.length + Math.max(0, of.length - 1);
  return { after: scale + rest.slice(0, length), isMeasured: scale !== '' || unit !== '' };
}

function isBesideMonth(left: string, right: string, base: string): boolean {
  const months = MONTHS[base];
  if (months === undefined) return false;
  const wordBefore = /(?<!\p{L})(\p{L}{1,20})\.? $/u.exec(left.slice(-24))?.[1] ?? '';
  const wordAfter = /^\.? (?:de )?(\p{L}+)/u.exec(right)?.[1] ?? '';
  return [wordBefore, wordAfter].some((word) => isMonth(word, months));
}

/** "may" and "mar" are other words, too: a month of English or German has a capital. */
function isMonth(word: string, months: ReadonlySet<string>): boolean {
  return months.has(word.toLowerCase()) && (word.length > 3 || /^\p{Lu}/u.test(word));
}

function markOf({ base, tag }: Language): '.' | ',' {
  if (base === 'en' || base === 'zh') return '.';
  return base === 'es' && /-(?:MX|US|419|GT|HN|NI|PA|PE|PR|SV|DO)/iu.test(tag) ? '.' : ',';
}

/** "4,000" in Spanish is four or four thousand. */
function isAmbiguous(digits: string, { base }: Language): boolean {
  return base !== 'en' && base !== 'zh' && /^\p{Nd}{1,3},\p{Nd}{3}$/u.test(digits);
}
