import type { Reader, Reading, Rule } from './reader.ts';
import { tailAt } from './tails.ts';

const VULGAR: Readonly<Record<string, readonly [number, number]>> = {
  '½': [1, 2],
  '⅓': [1, 3],
  '⅔': [2, 3],
  '¼': [1, 4],
  '¾': [3, 4],
  '⅕': [1, 5],
  '⅖': [2, 5],
  '⅗': [3, 5],
  '⅘': [4, 5],
  '⅙': [1, 6],
  '⅚': [5, 6],
  '⅐': [1, 7],
  '⅛': [1, 8],
  '⅜': [3, 8],
  '⅝': [5, 8],
  '⅞': [7, 8],
  '⅑': [1, 9],
  '⅒': [1, 10],
};

/** "½ cup", "2½ cups", "1 1/2 cups", "3/4". */
export const fraction: Rule = (reader, at) => {
  const { language } = reader;
  const alone = fractionAt(reader, at);
  if (alone) return fractionAlone(reader, alone);
  const whole = reader.numeral(at);
  if (whole === undefined || whole.decimals !== '') return undefined;
  const after = fractionAt(reader, at + 1) ?? (whole.whole.length < 3 ? slashedAfter(reader, at + 1) : undefined);
  if (after === undefined) return undefined;
  const { end, noun } = tailAt(reader, after.end, undefined, undefined);
  const next = reader.skipSpace(after.end);
  const word = noun?.[1] ?? (next > after.end ? reader.wordAfter(after.end) : '');
  const form = noun ? (noun[2] ?? 'masculine') : word === '' ? 'alone' : language.formBefore(word);
  const words = language.mixed(reader.say(whole, form), word, after.part, form);
  return { words, end: noun ? end : word === '' ? after.end : next + 1 };
};

function fractionAlone(reader: Reader, { part, end }: { part: readonly [number, number]; end: number }): Reading {
  const { language } = reader;
  const tail = tailAt(reader, end, undefined, undefined);
  const word = tail.noun ? '' : reader.wordAfter(end);
  const form = tail.noun ? (tail.noun[2] ?? 'masculine') : word === '' ? 'alone' : language.formBefore(word);
  const isHalf = part[0] === 1 && part[1] === 2;
  const words = isHalf ? language.half(form) : fractionWords(reader, part);
  return { words: tail.noun ? `${words} ${tail.noun[0]}` : words, end: tail.end };
}

function fractionWords({ language }: Reader, [numerator, denominator]: readonly [number, number]): string {
  if (numerator !== denominator) return language.fraction(numerator, denominator);
  // "50/50" and "20/20" are no fractions.
  const number = language.cardinal(`${numerator}`, 'alone');
  return `${number} ${number}`;
}

function fractionAt(reader: Reader, at: number): { part: readonly [number, number]; end: number } | undefined {
  const part = VULGAR[reader.text(at)];
  if (part) return { part, end: at + 1 };
  if (!reader.isFree(at) || reader.text(at + 1) !== '/' || /^[/\p{L}]/u.test(reader.text(at + 3))) return undefined;
  const numerator = reader.small(at);
  const denominator = reader.small(at + 2);
  if (numerator === undefined || denominator === undefined || denominator === 0) return undefined;
  return { part: [numerator, denominator], end: at + 3 };
}

function slashedAfter(reader: Reader, at: number): ReturnType<typeof fractionAt> {
  const found = reader.text(at) === ' ' ? fractionAt(reader, at + 1) : undefined;
  return found && found.part[0] < found.part[1] ? found : undefined;
}
