import { toCardinal, toOrdinal } from 'n2words/es-ES';
import { romanValue } from '../numerals.ts';
import type { Rule } from '../rules/reader.ts';
import { byRegion, labels, postcode } from '../rules/references.ts';

/** An ordinal that ends in "o" or "a", or, before a masculine noun, in nothing: "primer", "tercer". */
export function spanishOrdinal(value: number, ending: 'o' | 'a' | ''): string {
  const words = toOrdinal(value, { gender: ending === 'a' ? 'feminine' : 'masculine' });
  return ending === '' ? words.replace(/(primer|tercer)o$/u, '$1') : words;
}

/** "1º", "1.º", "3ª", "1er". */
const ordinal: Rule = (reader, at) => {
  const value = reader.small(at);
  const mark = reader.text(at + 1) === '.' ? at + 2 : at + 1;
  const sign = reader.text(mark);
  if (value === undefined || value === 0 || value > 999) return undefined;
  if (sign === 'º') {
    const isBeforeNoun = /^\p{Ll}{4,}/u.test(reader.wordAfter(mark + 1));
    return { words: spanishOrdinal(value, isBeforeNoun ? '' : 'o'), end: mark + 1 };
  }
  if (sign === 'ª') return { words: spanishOrdinal(value, 'a'), end: mark + 1 };
  return /^e?r$/u.test(sign) ? { words: spanishOrdinal(value, ''), end: mark + 1 } : undefined;
};

const RULERS =
  /^(?:Felipe|Carlos|Isabel|Juan|Fernando|Alfonso|Enrique|Luis|Pedro|Sancho|Jaime|Pablo|Pío|Benedicto|Francisco|León|Gregorio|Urbano|Jorge|Eduardo|Napoleón|Guillermo|Catalina)$/u;

/** "siglo XXI", "Felipe VI" (up to ten by ordinals), "Alfonso XIII". */
const roman: Rule = (reader, at) => {
  const text = reader.text(at);
  const value = romanValue(text);
  const before = reader.wordBefore(at);
  if (value === undefined || reader.token(at - 1).kind !== 'space') return undefined;
  const isNumbered = /^(?:siglos?|capítulo|tomo|parte|acto|título|libro|volumen|guerra|mundial|fase|tipo|y|al)$/iu.test(
    before,
  );
  if (RULERS.test(before)) {
    const isFeminine = /^(?:Isabel|Catalina)$/u.test(before);
    return { words: value > 10 ? toCardinal(value) : spanishOrdinal(value, isFeminine ? 'a' : 'o'), end: at + 1 };
  }
  if (text.length < 2 ? !/^siglos?$/iu.test(before) : !isNumbered && !/^\p{Lu}\p{Ll}/u.test(before)) return undefined;
  return { words: toCardinal(value).replace('dieciseis', 'dieciséis'), end: at + 1 };
};

const MONTHS =
  /^(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)$/iu;

/** "s. XVIII". */
const century: Rule = (reader, at) => {
  const place = reader.skipSpace(at + 2);
  const value = reader.text(at) === 's' && reader.text(at + 1) === '.' ? romanValue(reader.text(place)) : undefined;
  return value === undefined
    ? undefined
    : { words: `siglo ${reader.language.cardinal(`${value}`, 'alone')}`, end: place + 1 };
};

/** "1 de mayo" is "primero de mayo" in Latin America. */
const firstDay: Rule = (reader, at) => {
  const of = reader.skipSpace(at + 1);
  if (reader.text(at) !== '1' || reader.text(of) !== 'de' || !MONTHS.test(reader.wordAfter(of + 1))) return undefined;
  return { words: reader.language.decimalMark === '.' ? 'primero' : 'uno', end: at + 1 };
};

/** "n.º 5", "nº 5". */
const number: Rule = (reader, at) => {
  const end = reader.after(at, 'n.º') ?? reader.after(at, 'N.º') ?? reader.after(at, 'nº') ?? reader.after(at, 'n°');
  if (end === undefined) return undefined;
  const next = reader.skipSpace(end);
  return reader.token(next).kind === 'number' ? { words: 'número ', end: next } : undefined;
};

/** "3/4 partes" is "tres cuartas partes". */
const parts: Rule = (reader, at) => {
  const [part, whole] = [reader.small(at), reader.small(at + 2)];
  if (part === undefined || whole === undefined || reader.text(at + 1) !== '/') return undefined;
  if (whole < 3 || whole > 10 || !/^partes?$/u.test(reader.wordAfter(at + 3))) return undefined;
  const name = spanishOrdinal(whole, 'a');
  return { words: `${toCardinal(part)} ${name}${part > 1 ? 's' : ''}`, end: at + 3 };
};

export const SPANISH_RULES: readonly Rule[] = [
  ordinal,
  century,
  roman,
  firstDay,
  number,
  parts,
  labels({ p: 'página', pp: 'páginas' }),
  postcode(byRegion),
];
