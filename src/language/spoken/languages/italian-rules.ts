import { toCardinal, toOrdinal } from 'n2words/it-IT';
import { romanValue } from '../numerals.ts';
import type { Rule } from '../rules/reader.ts';
import { labels, postcode } from '../rules/references.ts';

const feminine = (ordinal: string): string => ordinal.replace(/o$/u, 'a');
/** Words after an angle or a temperature, not after an ordinal: "45° di latitudine". */
const AFTER_DEGREES = /^(?:di|a|e|o|in|per|con|sotto|sopra|nord|sud|est|ovest|all|da|ma|centigradi|ed|circa)$/iu;

/** "1º", "1°" after an article, "3ª". */
const ordinal: Rule = (reader, at) => {
  const value = reader.small(at);
  const sign = reader.text(at + 1);
  if (value === undefined || value === 0 || value > 999 || !/^[ºª°]$/u.test(sign)) return undefined;
  if (
    sign === '°' &&
    !(value < 100 && /^\p{Ll}/u.test(reader.wordAfter(at + 2)) && !AFTER_DEGREES.test(reader.wordAfter(at + 2)))
  )
    return undefined;
  return { words: sign === 'ª' ? feminine(toOrdinal(value)) : toOrdinal(value), end: at + 2 };
};

const MONTHS = /^(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)$/iu;

/** "1 maggio" is "primo maggio". */
const firstDay: Rule = (reader, at) =>
  reader.text(at) === '1' && MONTHS.test(reader.wordAfter(at + 1)) ? { words: 'primo', end: at + 1 } : undefined;

/** "XXI secolo", "Luigi XIV". */
const roman: Rule = (reader, at) => {
  const text = reader.text(at);
  const value = romanValue(text);
  if (value === undefined || !reader.isFree(at)) return undefined;
  const isCentury = /^(?:secolo|sec|millennio|capitolo|guerra|edizione|legislatura)$/iu.test(reader.wordAfter(at + 1));
  if (isCentury) {
    const isFeminine = /^(?:guerra|edizione|legislatura)$/iu.test(reader.wordAfter(at + 1));
    return { words: isFeminine ? feminine(toOrdinal(value)) : toOrdinal(value), end: at + 1 };
  }
  const before = reader.wordBefore(at);
  if (/^(?:secolo|capitolo|tomo|parte|atto|titolo|libro|volume|fase|tipo)$/iu.test(before))
    return { words: /^secolo$/iu.test(before) ? toOrdinal(value) : toCardinal(value), end: at + 1 };
  if (text.length < 2 || !/^\p{Lu}\p{Ll}/u.test(before)) return undefined;
  const isQueen = /^(?:Elisabetta|Caterina|Maria|Cristina)$/u.test(before);
  return { words: isQueen ? feminine(toOrdinal(value)) : toOrdinal(value), end: at + 1 };
};

/** "n. 5", "n° 5". */
const number: Rule = (reader, at) => {
  if (!/^[nN]$/u.test(reader.text(at)) || !reader.isFree(at)) return undefined;
  const next = reader.skipSpace(at + 2);
  const isMarked = /^[.°]$/u.test(reader.text(at + 1)) && reader.token(next).kind === 'number';
  return isMarked ? { words: 'numero ', end: next } : undefined;
};

export const ITALIAN_RULES: readonly Rule[] = [
  ordinal,
  firstDay,
  roman,
  number,
  labels({ p: 'pagina', pp: 'pagine' }),
  postcode((digits, reader) => reader.digits(digits)),
];
