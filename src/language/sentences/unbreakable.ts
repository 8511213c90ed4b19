import { type Language, languageOf } from '../language.ts';
import { isStopWord } from '../words/stop-words.ts';
import { abbreviationsOf } from './abbreviation-lists.ts';
import { withoutElision } from './abbreviations.ts';
import { ratiosIn } from './ratios.ts';
import { sentencesOf } from './sentences.ts';
import {
  COMPANY_FORMS,
  CURRENCY,
  HAN_UNITS,
  isUnit,
  LARGE_NUMBERS,
  MONTHS,
  NUMBERED_WORDS,
  SIGNS,
  TITLES_WITHOUT_DOT,
} from './unit-words.ts';

/** A part of a text: text.slice(start, end), in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A longer row of tokens is not kept together: it would not fit on a line. UTF-16 units. */
const LONGEST = 40;

/** UTF-16 units of a ratio and what it counts: "8 of 9 wells". */
const LONGEST_RATIO = 14;

/** A run of characters between white space. */
interface Token extends Span {
  /** Without opening marks before it and without commas and closing marks after it; a last full stop is kept. */
  readonly bare: string;
  /** The same without the last full stop and without an article before an apostrophe, in lower case. */
  readonly word: string;
  /** True if a comma or a similar mark follows it. */
  readonly closed: boolean;
}

/**
 * The parts of a text that must not be torn apart at their white space: "Mr. Smith", "z. B.", "3. Oktober", "Jan. 5",
 * "12,4 Mrd. €", "EUR 250,000", "J. K. Rowling", "250 g", "2 o 3 semanas", "8 of 9", "(555) 010-0199". Ascending, without overlaps, each about 40 UTF-16
 * units long at most and without the punctuation after it, apart from a full stop. `language` is a BCP 47 tag; throws INVALID_INPUT for a malformed one. Takes
 * linear time.
 */
export function unbreakableSpans(text: string, language: string): Span[] {
  const known = languageOf(language);
  const { base } = known;
  // "18 h. Then" is no name with an initial.
  const sentenceEnds = new Set(sentencesOf(text, known).map(({ end }) => end));
  const spans: Span[] = [];
  let open: Token[] = [];
  const close = () => {
    const [first, last] = [open[0], open.at(-1)];
    if (open.length > 1 && first && last) spans.push({ start: first.start, end: last.end });
    open = [];
  };
  for (const token of tokensOf(text, base)) {
    const last = open.at(-1);
    const fits = token.end - (open[0]?.start ?? 0) <= LONGEST;
    if (last && !(fits && (belongTogether(open.at(-2), last, token, base) || counts(open.at(-2), last, token, known))))
      close();
    open.push(token);
    if (sentenceEnds.has(token.end)) close();
  }
  close();
  return withRatios(merged([...spans, ...phoneNumbers(text), ...ranges(text)]), ratiosIn(text, base));
}

/** Groups of digits that spaces and other marks part, with an area code: "(555) 010-0199", "+44 20 7946 0958", "138 1234 5678". */
function phoneNumbers(text: string): Span[] {
  const groups =
    /(?<![\p{Script=Latin}\p{Nd}.,])(?:\+|\(\+?)?\d{1,5}\)?(?:[ \u00a0./-]{1,3}\(?\d{1,8}\)?){1,6}(?![\p{Script=Latin}\p{Nd}])/gu;
  return Array.from(text.matchAll(groups)).flatMap(({ 0: found, index }) => {
    const digits = found.replace(/\D/gu, '').length;
    const hasCode = /^(?:[+(]|0\d)/u.test(found) || /^(?:1\d{2} \d{4} \d{4}|\d{3}[ .-]\d{3}[ .-]\d{4})$/u.test(found);
    return hasCode && digits >= 7 && digits <= 15 ? [{ start: index, end: index + found.length }] : [];
  });
}

/** Two numbers and what they count: "2 o 3 semanas", "4 to 5 minutes", "10 bis 12 Uhr". */
function ranges(text: string): Span[] {
  const pairs =
    /(?<![\p{L}\p{Nd}.,])\d{1,4} (?:or|to|oder|bis|ou|o|u|à|a|e|y|–|-) \d{1,4}(?: \p{Ll}{1,10}(?!\p{L}))?(?![\p{L}\p{Nd}]|[.,]\p{Nd})/gu;
  return Array.from(text.matchAll(pairs), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

/** Ratios with what they count, unless both together are too long for a line: then the numbers stay together. */
function withRatios(spans: readonly Span[], ratios: readonly Span[]): Span[] {
  let next = 0;
  const apart = spans.filter(({ start, end }) => {
    while ((ratios[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    const ratio = ratios[next];
    return ratio === undefined || start < ratio.start || start >= ratio.end || end - ratio.start <= LONGEST_RATIO;
  });
  return merged([...apart, ...ratios]);
}

/** Ascending spans without overlaps. */
function merged(spans: readonly Span[]): Span[] {
  const apart: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = apart.at(-1);
    if (last && span.start < last.end) apart.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
    else apart.push(span);
  }
  return apart;
}

function belongTogether(before: Token | undefined, left: Token, right: Token, base: string): boolean {
  const isNumber = /^[\p{Nd}½¼¾⅓⅔⅛]/u.test(right.bare);
  // "Jan. 5, 2027"
  if (left.closed) return isMonth(before, base) && /^\d{1,2}$/u.test(left.bare) && /^\d{4}$/u.test(right.word);
  if (isNumber && opensNumber(left, base)) return true;
  if (/[\p{Nd}½¼¾⅓⅔⅛]$/u.test(left.bare) && continuesNumber(before, left, right, base)) return true;
  if (LARGE_NUMBERS.has(left.word) && CURRENCY.test(right.bare)) return true;
  return opensName(before, left, right, base) || COMPANY_FORMS.has(right.word);
}

/** "300 postes", "20 minutes"; not "2010 was", "10 of them" or "version 2.1 connects". */
function counts(before: Token | undefined, left: Token, right: Token, language: Language): boolean {
  if (before !== undefined && NUMBERED_WORDS.has(before.word)) return false;
  if (left.closed || !/^\p{Nd}{1,3}(?:[.,]\p{Nd}{1,3}){0,3}$/u.test(left.bare)) return false;
  const isNoun = language.base === 'de' ? /^\p{Lu}\p{Ll}/u : /^\p{Ll}{3}/u;
  return isNoun.test(right.bare) && !isStopWord(right.word, language);
}

/** "No. 7", "Jan. 5", "March 3", "page 12", "EUR 250,000", "± 5" */
function opensNumber(left: Token, base: string): boolean {
  if (SIGNS.test(left.bare) || CURRENCY.test(left.bare) || isMonth(left, base)) return true;
  return (
    NUMBERED_WORDS.has(left.word) || (left.bare.endsWith('.') && abbreviationsOf(base).beforeNumber.has(left.word))
  );
}

/** "250 g", "5 p.m.", "12 000", "1.5 million", "16 h 30", "3 May"; `left` ends with a digit. */
function continuesNumber(before: Token | undefined, left: Token, right: Token, base: string): boolean {
  if (isUnit(right.bare, base) || LARGE_NUMBERS.has(right.word)) return true;
  if (CURRENCY.test(right.bare) || HAN_UNITS.test(right.bare)) return true;
  if (/^\d{1,3}$/u.test(left.bare) && /^\d{3}(?:[.,]\d+)?$/u.test(right.word) && base !== 'zh') return true;
  if (/^\d{1,2}$/u.test(left.bare) && isMonth(right, base)) return true;
  return before !== undefined && /^[ap]\.$/u.test(left.bare) && right.bare === 'm.';
}

/** "Mr. Smith", "J. K. Rowling", "z. B.", "EE. UU.", "3. Oktober", "Louis XIV", "5 p. m." */
function opensName(before: Token | undefined, left: Token, right: Token, base: string): boolean {
  const isCapital = /^\p{Lu}/u.test(right.bare);
  if (/^[IVX]{2,5}$/u.test(right.bare.replace(/\.$/u, '')) && /^\p{Lu}\p{Ll}/u.test(left.bare)) return true;
  // "King George V": alone, these letters may also be words.
  if (/^[IVX]$/u.test(right.word.toUpperCase()) && TITLES_WITHOUT_DOT.has(before?.bare ?? '')) return true;
  if (left.word === 'h' && /^\d{2}$/u.test(right.word)) return true;
  if (!left.bare.endsWith('.')) return isCapital && TITLES_WITHOUT_DOT.has(left.bare);
  if (base === 'de' && /^\d{1,2}\.$/u.test(left.bare) && (isCapital || isGermanDatePart(before, right))) return true;
  if (
    /^(?:\p{L}|(?![IVX]{2})\p{Lu}{2}|(?:\p{Lu}\.){1,3}\p{Lu})\.$/u.test(left.bare) &&
    (isCapital || /^\p{L}{1,3}\.$/u.test(right.bare))
  )
    return true;
  return abbreviationsOf(base).neverLast.has(left.word);
}

/** "4." and "1887" in "3. 4. 1887". */
function isGermanDatePart(before: Token | undefined, right: Token): boolean {
  if (/^\d{1,2}\.$/u.test(right.bare)) return true;
  return /^\d{4}$/u.test(right.word) && before !== undefined && /^\d{1,2}\.$/u.test(before.bare);
}

function isMonth(token: Token | undefined, base: string): boolean {
  return token !== undefined && !token.closed && (MONTHS[base]?.has(token.word) ?? false);
}

/** Chinese punctuation parts tokens like white space. */
function* tokensOf(text: string, base: string): Generator<Token> {
  for (const { index, 0: raw } of text.matchAll(/[^\s，。、；：！？]+/gu)) {
    const opening = /^[\p{Pi}\p{Ps}"'¿¡„‚]{1,9}/u.exec(raw)?.[0].length ?? 0;
    const bare = withoutClosing(raw.slice(opening));
    const start = index + opening;
    const end = start + bare.length;
    const closed = /[^\s]/u.test(text.charAt(end));
    const word = withoutElision(bare.replace(/\.$/u, '').toLowerCase(), base);
    yield { start, end, bare, word, closed };
  }
}

function withoutClosing(raw: string): string {
  let end = raw.length;
  while (end > 0 && /[\p{Pf}\p{Pe}"',;:!?…]/u.test(raw.charAt(end - 1))) end -= 1;
  return raw.slice(0, end);
}
