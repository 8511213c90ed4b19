import { characterBefore } from '../../unicode.ts';
import { hasContent } from '../clean.ts';
import { type Language, WIDE_SCRIPT } from '../language.ts';
import { LARGE_NUMBERS } from '../sentences/unit-words.ts';

const CLOSED = /[\p{Po}\p{Pf}\p{Pe}"]$/u;
/** "40%" ends with a sign, not with a full stop. */
const SIGNS = /[%‰&@#*/\\§′″]$/u;

/**
 * An item of a list or a row of a table as a sentence: with the full stop of its script if it has no closing punctuation.
 * An item that ends with a unit or a name in Latin letters still is Chinese.
 */
export function asSentence(item: string, language: Language): string {
  const text = item.trimEnd();
  if (!hasContent(text) || (CLOSED.test(text) && !SIGNS.test(text))) return text;
  const isWide = WIDE_SCRIPT.test(language.spaced ? characterBefore(text, text.length) : text);
  return `${text}${isWide ? '。' : '.'}`;
}

/** A number, and the word after it, which may be a part of it. */
const NUMBER = /^[~<>≈+−-]?\s?\p{Nd}[\p{Nd}.,'\u00a0\u202f/–-]{0,30}(?:\s?(\S{1,20}))?$/u;

/** True for a number without a unit, which says nothing without the name of its column: "2", "10 millones", "250萬". */
function isBareNumber(cell: string): boolean {
  const number = NUMBER.exec(cell);
  return (
    number !== null && (number[1] === undefined || /^[千萬万億亿]$/u.test(number[1]) || LARGE_NUMBERS.has(number[1]))
  );
}

/**
 * A row of a table as a sentence. Its first cell is what it speaks of; the names of the other columns stand before their cells
 * where there are several, or where a cell is a number alone: "Adult: $4.50." "Mars, moons: 2." "Boat 7, leaves: 9:00, price: $12."
 */
export function rowText(headers: readonly string[], cells: readonly string[], language: Language): string {
  const isChinese = WIDE_SCRIPT.test(`${headers.join('')}${cells.join('')}`);
  const colon = isChinese ? '：' : ': ';
  const filled = cells.flatMap((cell, i) => (hasContent(cell) ? [{ cell, header: headers[i] ?? '', i }] : []));
  const [subject, value] = filled;
  if (subject === undefined) return '';
  const named = ({ cell, header }: { readonly cell: string; readonly header: string }): string =>
    hasContent(header) ? `${header}${colon}${cell}` : cell;
  // A row that begins with an empty cell continues the one before it, or has no subject.
  if (subject.i > 0) return asSentence(filled.map(named).join(isChinese ? '，' : ', '), language);
  const isPair = value !== undefined && filled.length === 2 && cells.length === 2;
  if (isPair && hasContent(value.header) && !isBareNumber(value.cell) && !CLOSED.test(subject.cell))
    return asSentence(`${subject.cell}${colon}${value.cell}`, language);
  const others = filled.slice(1).map(named);
  return asSentence([subject.cell, ...others].join(isChinese ? '，' : ', '), language);
}
