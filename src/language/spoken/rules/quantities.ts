import type { Currency, Form, Noun } from '../languages/spoken-language.ts';
import { isOne, type Numeral, shifted } from '../numerals.ts';
import { nounFor, type Reader, type Reading, type Rule } from './reader.ts';
import { currencyBefore, type Prefix, type Tail, tailAt } from './tails.ts';

/** A number with the letter that multiplies it ("20k"), and what a range or a product puts before it. */
interface Operand {
  readonly numeral: Numeral;
  readonly joint: 'range' | 'score' | 'times' | 'by' | undefined;
  readonly text: string;
  readonly scale: Noun | undefined;
}

/**
 * A quantity: an amount of money, numbers with a unit or a sign, ranges and products of them, or a number alone.
 */
export const quantity: Rule = (reader, at) => {
  const sign = signAt(reader, at);
  const prefix = currencyBefore(reader, sign.end);
  const first = operandAt(reader, prefix.end, undefined, prefix.currency !== undefined);
  if (first === undefined) return undefined;
  const operands = [first.operand];
  let { end } = first;
  for (let next = joined(reader, end, prefix); next; next = joined(reader, end, prefix)) {
    operands.push(next.operand);
    end = next.end;
  }
  const chain = operands.filter(({ joint }) => joint === 'range').length;
  if (chain > 1) return { words: operands.map(({ text }) => reader.digits(text)).join(' '), end };
  const tail = tailAt(reader, end, prefix.currency, operands.at(-1)?.scale);
  const words = sign.words + wordsOf(reader, operands, tail, at);
  return untilNext(reader, { words, end: tail.end }, tail);
};

/** "10%–20%", "9h-17h": a range whose ends both have a unit. */
function untilNext(reader: Reader, first: Reading, { noun, currency }: Tail): Reading {
  const isDash = /^[-–—~]$/u.test(reader.text(first.end));
  if (!(noun ?? currency) || !isDash || first.end === 0) return first;
  const next = quantity(reader, first.end + 1);
  return next ? { words: `${first.words} ${reader.language.signs.range} ${next.words}`, end: next.end } : first;
}

/** A minus or plus before a number, where it does not join two numbers. */
function signAt(reader: Reader, at: number): { readonly words: string; readonly end: number } {
  const { signs } = reader.language;
  const text = reader.text(at);
  // A dash that touches its number and no word before it is a minus.
  const isAfterWord = reader.token(at - 1).kind === 'space' && reader.token(at - 2).kind !== 'number';
  const isDash = text === '–' && isAfterWord && reader.token(at + 1).kind === 'number';
  const isSign = text === '-' || text === '+' || text === '±' || isDash;
  if (!isSign || !reader.isFree(at) || /^[\p{L}\p{N}]/u.test(reader.text(at - 1))) return { words: '', end: at };
  const words = text === '-' || isDash ? signs.minus : text === '+' ? signs.plus : signs.plusMinus;
  return { words: `${words} `, end: at + 1 };
}

function operandAt(
  reader: Reader,
  at: number,
  joint: Operand['joint'],
  isMoney: boolean,
): { operand: Operand; end: number } | undefined {
  const numeral = reader.numeral(at);
  if (numeral === undefined) return undefined;
  const letter = reader.token(at - 1).kind === 'word' ? '' : reader.text(at + 1);
  const isAudience = reader.skipSpace(at + 2) > at + 2 && AUDIENCE.test(reader.wordAfter(at + 2));
  const scaled = scaledBy(reader, numeral, letter, isMoney || isSuffixMoney(reader, at + 2), isAudience);
  return {
    operand: { joint, text: reader.text(at), numeral: scaled?.numeral ?? numeral, scale: scaled?.scale },
    end: scaled ? at + 2 : at + 1,
  };
}

const isSuffixMoney = (reader: Reader, at: number): boolean => /^[€£$¥]$/u.test(reader.text(at));

/** What is counted in millions and not in meters: "2m views". */
const AUDIENCE =
  /^(?:views|viewers|users|people|followers|subscribers|downloads|streams|customers|members|visitors|likes|copies|jobs)$/u;

/** "20k" is 20,000, "5M" five million, "$1.5B" one point five billion. */
function scaledBy(
  { language }: Reader,
  numeral: Numeral,
  letter: string,
  isMoney: boolean,
  isAudience: boolean,
): { numeral: Numeral; scale: Noun | undefined } | undefined {
  // "4K" and "5K" are names of a picture format and a run.
  const isName = numeral.whole.length === 1 && numeral.decimals === '' && letter === 'K';
  if ((letter === 'k' || letter === 'K') && numeral.decimals.length <= 3 && (isMoney || !isName))
    return { numeral: shifted(numeral, 3), scale: undefined };
  if (letter === 'M' || letter === 'mn' || (letter === 'm' && (isMoney || isAudience)))
    return { numeral, scale: language.million };
  if (letter === 'bn' || (letter === 'B' && (isMoney || numeral.decimals !== '')))
    return { numeral, scale: language.billion };
  return undefined;
}

/** The next number of a range ("4-5", "1914 – 1918", "$5–$10"), a result ("3:2") or a product ("3×4"). */
function joined(reader: Reader, at: number, prefix: Prefix): { operand: Operand; end: number } | undefined {
  const mark = reader.skipSpace(at);
  const sign = reader.text(mark);
  const isSpaced = mark > at;
  const afterMark = reader.skipSpace(mark + 1);
  if (isSpaced !== afterMark > mark + 1) return undefined;
  const next = prefix.key === '' ? afterMark : (reader.after(afterMark, prefix.key) ?? afterMark);
  const joint = jointOf(sign, isSpaced);
  if (joint === undefined) return undefined;
  const found = operandAt(reader, next, joint, prefix.currency !== undefined);
  // "10 - 3 = 7" is no range.
  if (found && /^[-–]$/u.test(sign) && isSpaced && reader.text(reader.skipSpace(found.end)) === '=') return undefined;
  return found;
}

function jointOf(sign: string, isSpaced: boolean): Operand['joint'] {
  if (/^[-–—~～]$/u.test(sign)) return 'range';
  if (sign === ':' && !isSpaced) return 'score';
  if (sign === 'x' && !isSpaced) return 'by';
  return sign === '×' || sign === 'x' ? 'times' : undefined;
}

function wordsOf(reader: Reader, operands: readonly Operand[], tail: Tail, at: number): string {
  const { language } = reader;
  const wordBefore = reader.wordBefore(at);
  const last = operands.at(-1)?.numeral ?? { whole: '', decimals: '', isGrouped: false };
  const noun = tail.currency?.unit ?? tail.noun;
  const form = noun === undefined && isLabelled(reader, at) ? 'alone' : formOf(reader, noun, tail);
  const single = operands.length === 1;
  if (tail.currency && single && !tail.scale && /^\d\d$/u.test(last.decimals) && tail.currency.hundredth)
    return moneyWithHundredths(reader, last, tail.currency, tail.currency.hundredth);
  const isYears = noun === undefined && tail.scale === undefined && areYears(reader, operands, tail.end, wordBefore);
  const numbers = operands
    .map((operand, index) => {
      const said = isYears ? sayYear(reader, operand.numeral) : reader.say(operand.numeral, form);
      return index === 0 ? said : `${jointWord(reader, operand, operands[index - 1], noun)} ${said}`.trimStart();
    })
    .join(' ');
  // "a $5 bill", "a $1.2 million grant"
  const isAttribute = tail.currency && language.articles.has(wordBefore.toLowerCase()) && reader.wordAfter(tail.end);
  const said: Noun | undefined = noun && isAttribute ? [noun[0], noun[0]] : noun;
  if (tail.scale) return scaleWords(reader, numbers, last, tail.scale, said);
  return said === undefined ? numbers : `${numbers} ${nounFor(single ? last : { ...last, whole: '2' }, said)}`;
}

function formOf(reader: Reader, noun: Noun | undefined, tail: Tail): Form {
  if (tail.scale) return tail.scale[2] ?? 'masculine';
  if (noun) return noun[2] ?? 'masculine';
  const word = reader.skipSpace(tail.end) > tail.end ? reader.wordAfter(tail.end) : '';
  return word === '' ? 'alone' : reader.language.formBefore(word);
}

/** "Absatz 1 BGB", "Nr. 1 Hamburg": the number belongs to the word before it. */
function isLabelled(reader: Reader, at: number): boolean {
  const { label } = reader.language.references;
  const before = reader.token(at - 1).kind === 'space' ? at - 2 : at - 1;
  return label?.test(reader.text(reader.text(before) === '.' ? before - 1 : before)) ?? false;
}

const THOUSAND = /^mil(?:le|a)?$/u;

function scaleWords(reader: Reader, numbers: string, last: Numeral, scale: Noun, noun: Noun | undefined): string {
  const said = `${numbers} ${nounFor(last, scale)}`;
  if (noun === undefined) return said;
  // "cinco mil reais", but "cinco milhões de reais".
  const of = THOUSAND.test(scale[0]) ? '' : reader.language.ofScale(noun[1]);
  return `${said} ${of}${noun[1]}`;
}

function moneyWithHundredths(reader: Reader, numeral: Numeral, { unit }: Currency, hundredth: Noun): string {
  const { language } = reader;
  const whole: Numeral = { ...numeral, decimals: '' };
  const cents: Numeral = { whole: numeral.decimals.replace(/^0(?=\d)/u, ''), decimals: '', isGrouped: false };
  const amount = `${reader.say(whole, unit[2] ?? 'masculine')} ${nounFor(whole, unit)}`;
  if (cents.whole === '0') return amount;
  const hundredths = reader.say(cents, hundredth[2] ?? 'masculine');
  if (whole.whole === '0') return `${hundredths} ${nounFor(cents, hundredth)}`;
  return language.withHundredths(amount, hundredths, isOne(cents) ? [hundredth[0], hundredth[0]] : hundredth);
}

function jointWord(
  { language: { signs } }: Reader,
  { joint, text }: Operand,
  before: Operand | undefined,
  noun: Noun | undefined,
): string {
  // "50-50" is "fifty fifty".
  if (joint === 'range' && text === before?.text) return '';
  if (joint === 'by') return signs.by;
  if (joint === 'times') return noun ? signs.by : signs.times;
  return joint === 'score' ? signs.score : signs.range;
}

const isYear = ({ whole, decimals, isGrouped }: Numeral): boolean =>
  decimals === '' && !isGrouped && /^(?:1[1-9]|20)\d\d$/u.test(whole);

/** A year, or years: "1914–1918", "1939–45". A plural noun after the number makes it an amount, except in "the 1931 floods". */
function areYears(reader: Reader, operands: readonly Operand[], end: number, wordBefore: string): boolean {
  const [first, second, ...others] = operands;
  if (first === undefined || first.scale || !isYear(first.numeral) || others.length > 0) return false;
  if (second) return second.joint === 'range' && (isYear(second.numeral) || /^\d\d$/u.test(second.text));
  const word = reader.token(end).kind === 'space' ? reader.wordAfter(end) : '';
  return !isPlural(word) || (isOfThings(word) && !first.numeral.whole.endsWith('00') && /^the$/iu.test(wordBefore));
}

const isOfThings = (word: string): boolean =>
  !/^(?:people|men|women|children|feet|\p{Ll}+(?:er|or|ant|ent)s)$/u.test(word);

const isPlural = (word: string): boolean =>
  /^(?:people|men|women|children|feet)$/u.test(word) ||
  (/^\p{Ll}{3,}s$/u.test(word) && !/^(?:was|has|is|its|this|does|as)$/u.test(word));

function sayYear(reader: Reader, numeral: Numeral): string {
  return isYear(numeral) ? reader.language.year(numeral.whole) : reader.say(numeral, 'alone');
}
