import type { SignWords } from '../languages/spoken-language.ts';
import { camelWords } from './names.ts';
import type { Reader, Reading, Rule } from './reader.ts';

/** Signs that are said before a number only. */
const BEFORE_NUMBER: Readonly<Record<string, keyof SignWords>> = {
  '~': 'about',
  '≈': 'about',
  '#': 'number',
  '№': 'number',
  '§': 'section',
  '≤': 'atMost',
  '≥': 'atLeast',
};
/** Signs that are said before a number that they touch: ">50%". */
const TOUCHING: Readonly<Record<string, keyof SignWords>> = { '<': 'lessThan', '>': 'moreThan' };
/** Signs that are said between two numbers or names only. */
const BETWEEN: Readonly<Record<string, keyof SignWords>> = {
  '<': 'less',
  '>': 'greater',
  '=': 'equals',
  '×': 'times',
  '+': 'plus',
  '÷': 'dividedBy',
  '→': 'range',
};
const POWERS = new Map(Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹', (sign, value) => [sign, value] as const));
/** Markup and drawing symbols, which espeak-ng would name one by one. */
const SILENT = /^[[\]{}<>|\\^_*`•·→←↑↓※†‡§¶#~≈№™]$/u;

/** Signs in words, and nothing for marks that are not spoken. */
export const sign: Rule = (reader, at) => {
  const { kind, text } = reader.token(at);
  if (kind !== 'sign') return undefined;
  return (
    beforeNumber(reader, at, text) ??
    shortYear(reader, at, text) ??
    pointBefore(reader, at, text) ??
    beforeName(reader, at, text) ??
    touching(reader, at, text) ??
    between(reader, at, text) ??
    power(reader, at) ??
    afterNumber(reader, at, text) ??
    mathematical(reader, at, text) ??
    (SILENT.test(text) ? { words: ' ', end: at + 1 } : undefined)
  );
};

function beforeNumber(reader: Reader, at: number, text: string): Reading | undefined {
  const key = BEFORE_NUMBER[text];
  const next = reader.skipSpace(at + 1);
  const several = reader.skipSpace(at + 2);
  if (text === '§' && reader.text(at + 1) === '§' && reader.token(several).kind === 'number')
    return { words: ` ${reader.language.references.sections} `, end: several };
  if (key === undefined || reader.token(next).kind !== 'number' || (text === '#' && next > at + 1)) return undefined;
  return { words: ` ${reader.language.signs[key]} `, end: next };
}

/** ".5 mile" is "point five". */
function pointBefore(reader: Reader, at: number, text: string): Reading | undefined {
  const { decimalMark, point } = reader.language;
  const isPoint = text === '.' && decimalMark === '.' && reader.isFree(at) && /^\d{1,9}$/u.test(reader.text(at + 1));
  return isPoint ? { words: `${point} ${reader.digits(reader.text(at + 1))}`, end: at + 2 } : undefined;
}

/** The apostrophe of "'90" is not spoken. */
function shortYear(reader: Reader, at: number, text: string): Reading | undefined {
  const isYear =
    text === "'" && reader.isFree(at) && /^\d\d$/u.test(reader.text(at + 1)) && reader.text(at + 2) !== "'";
  return isYear ? { words: '', end: at + 1 } : undefined;
}

/** "@name" and "#MeToo". */
function beforeName(reader: Reader, at: number, text: string): Reading | undefined {
  if ((text !== '@' && text !== '#') || reader.token(at + 1).kind !== 'word' || !reader.isFree(at)) return undefined;
  const { at: atWord, hashtag } = reader.language.signs;
  if (text === '@') return { words: `${atWord} `, end: at + 1 };
  return { words: `${hashtag} ${camelWords(reader.text(at + 1))}`, end: at + 2 };
}

function between(reader: Reader, at: number, text: string): Reading | undefined {
  const { signs } = reader.language;
  const before = reader.token(reader.token(at - 1).kind === 'space' ? at - 2 : at - 1);
  const after = reader.token(reader.skipSpace(at + 1));
  const isOperand = ({ kind, text: found }: { kind: string; text: string }): boolean =>
    kind === 'number' || (kind === 'word' && found !== '') || /^[¹²³⁰⁴-⁹)%€$£½¼¾]$/u.test(found);
  if (text === '&' && isOperand(before)) return { words: ` ${signs.and} `, end: at + 1 };
  // "5 – 3 = 2"; a range is read before.
  const isSpaced = [at - 1, at + 1].every((place) => reader.token(place).kind === 'space');
  if (text === '–' && isSpaced && before.kind === 'number' && after.kind === 'number')
    return { words: signs.minus, end: at + 1 };
  const key = BETWEEN[text];
  const areNumbers = before.kind === 'number' || after.kind === 'number' || text === '+' || text === '=';
  if (key === undefined || !isOperand(before) || !(isOperand(after) || after.text === '-') || !areNumbers)
    return undefined;
  return { words: ` ${signs[key]} `, end: at + 1 };
}

/** ">50%" is "more than fifty percent"; "<3" alone is a heart. */
function touching(reader: Reader, at: number, text: string): Reading | undefined {
  const key = TOUCHING[text];
  const number = reader.token(at + 1);
  const isHeart = text === '<' && number.text === '3' && reader.text(at + 2) !== '%';
  if (key === undefined || number.kind !== 'number' || !reader.isFree(at) || isHeart) return undefined;
  return { words: ` ${reader.language.signs[key]} `, end: at + 1 };
}

/** Powers: "x²", "10⁶". */
function power(reader: Reader, at: number): Reading | undefined {
  const { signs, cardinal } = reader.language;
  if (reader.text(at) === '^') {
    const next = reader.token(at + 1);
    const isExponent = next.kind === 'number' || /^[(-]$/u.test(next.text) || /^\p{L}{1,2}$/u.test(next.text);
    const isPower = reader.token(at - 1).kind !== 'space' && isExponent;
    return isPower ? { words: ` ${signs.power} `, end: at + 1 } : undefined;
  }
  const isNegative = reader.text(at) === '⁻';
  let [end, exponent] = [isNegative ? at + 1 : at, ''];
  for (
    let value = POWERS.get(reader.text(end));
    value !== undefined && end < at + 4;
    value = POWERS.get(reader.text(end))
  ) {
    exponent += value;
    end += 1;
  }
  if (exponent === '') return undefined;
  if (isNegative) return { words: ` ${signs.power} ${signs.minus} ${cardinal(`${Number(exponent)}`, 'alone')}`, end };
  if (exponent === '2') return { words: ` ${signs.squared}`, end };
  if (exponent === '3') return { words: ` ${signs.cubed}`, end };
  return { words: ` ${signs.power} ${cardinal(`${Number(exponent)}`, 'alone')}`, end };
}

/** "a ≠ b", "√2". */
function mathematical(reader: Reader, at: number, text: string): Reading | undefined {
  const words = reader.language.references.mathematics[text];
  return words === undefined ? undefined : { words: ` ${words} `, end: at + 1 };
}

/** "10+" and "45°". */
function afterNumber(reader: Reader, at: number, text: string): Reading | undefined {
  if (text !== '+' || reader.token(at - 1).kind !== 'number') return undefined;
  return { words: ` ${reader.language.signs.plus}`, end: at + 1 };
}
