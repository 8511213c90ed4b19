import { toOrdinal } from 'n2words/pt-PT';
import { romanValue } from '../numerals.ts';
import type { Reader, Rule } from '../rules/reader.ts';
import { labels } from '../rules/references.ts';

/** An ordinal that ends in "o" or "a". */
export function portugueseOrdinal(value: number, ending: 'o' | 'a'): string {
  const words = toOrdinal(value);
  return ending === 'a' ? words.replace(/o\b/gu, 'a') : words;
}

/** "1º", "1.º", "3ª". */
const ordinal: Rule = (reader, at) => {
  const value = reader.small(at);
  const mark = reader.text(at + 1) === '.' ? at + 2 : at + 1;
  const sign = reader.text(mark);
  if (value === undefined || value === 0 || value > 999 || !/^[ºª°]$/u.test(sign)) return undefined;
  // "45° C" and "45°" are degrees.
  if (sign === '°' && value !== 1) return undefined;
  return { words: portugueseOrdinal(value, sign === 'ª' ? 'a' : 'o'), end: mark + 1 };
};

const RULERS =
  /^(?:Pedro|João|Paulo|Manuel|Afonso|Filipe|Sebastião|Luís|Carlos|Henrique|Dinis|Maria|Isabel|Elizabeth|Pio|Bento|Francisco|Leão|Eduardo|Jorge|Guilherme|Napoleão|Catarina)$/u;

/** "século XXI" (up to ten by ordinals), "D. Pedro II", "Luís XIV". */
const roman: Rule = (reader, at) => {
  const text = reader.text(at);
  const value = romanValue(text);
  const before = reader.wordBefore(at) || shortWordBefore(reader, at);
  if (value === undefined || reader.token(at - 1).kind !== 'space') return undefined;
  const isRuler = RULERS.test(before);
  const isCentury = /^séc(?:ulos?)?$/iu.test(before);
  const isNumbered = /^(?:capítulo|tomo|parte|ato|título|livro|volume|guerra|mundial|fase|tipo|e|ao)$/iu.test(before);
  if (!isRuler && !isCentury && (text.length < 2 || !(isNumbered || /^\p{Lu}\p{Ll}/u.test(before)))) return undefined;
  const ending = /^(?:Maria|Isabel|Elizabeth|Catarina)$/u.test(before) ? 'a' : 'o';
  const words =
    value > 10 || !(isRuler || isCentury)
      ? reader.language.cardinal(`${value}`, 'alone')
      : portugueseOrdinal(value, ending);
  return { words, end: at + 1 };
};

/** "séc" in "séc. XIX". */
function shortWordBefore(reader: Reader, at: number): string {
  return reader.text(at - 2) === '.' ? reader.text(at - 3) : '';
}

/** "nº 5", "n.º 5". */
const number: Rule = (reader, at) => {
  const end = reader.after(at, 'n.º') ?? reader.after(at, 'nº') ?? reader.after(at, 'Nº') ?? reader.after(at, 'n°');
  if (end === undefined) return undefined;
  const next = reader.skipSpace(end);
  return reader.token(next).kind === 'number' ? { words: 'número ', end: next } : undefined;
};

/** "1000-001 Lisboa": the digits of a postcode of Portugal. */
const postcode: Rule = (reader, at) => {
  const [first, second] = [reader.text(at), reader.text(at + 2)];
  const isCode = /^\d{4}$/u.test(first) && reader.text(at + 1) === '-' && /^\d{3}$/u.test(second);
  if (!isCode || !/^\p{Lu}\p{Ll}/u.test(reader.wordAfter(at + 3))) return undefined;
  return { words: `${reader.digits(first)} ${reader.digits(second)}`, end: at + 3 };
};

export const PORTUGUESE_RULES: readonly Rule[] = [
  ordinal,
  roman,
  number,
  labels({ p: 'página', pp: 'páginas' }),
  postcode,
];
