import { toCardinal, toOrdinal } from 'n2words/de-DE';
import { romanValue } from '../numerals.ts';
import type { Reader, Reading, Rule } from '../rules/reader.ts';
import { GERMAN_MONTHS, germanOrdinal } from './german-ordinals.ts';

const ARTICLES = /^(?:am|im|vom|zum|zur|beim|der|die|das|dem|den|des|ab|bis|seit|diesem|jedem|ihrem|seinem|unser)$/iu;
/** Words that may follow an ordinal, also without an article. */
const COUNTED =
  /^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez|Jahrhunderts?|Jahrtausends?|Jh|Weltkriegs?|Klasse|Stock|Platz|Kapitel|Auflage|Tag|Jahrestag|Geburtstag|Mal|Liga|Runde|Etappe|Semester|Quartal|Halbzeit)$/u;

/** "3. Oktober", "der 2. Weltkrieg": a number with a full stop, before a noun. */
const ordinal: Rule = (reader, at) => {
  const last = spanEnd(reader, at);
  if (last === undefined) return ordinalAt(reader, at, reader.wordBefore(at));
  const second = ordinalAt(reader, last, reader.wordBefore(at));
  const value = reader.small(at);
  if (second === undefined || value === undefined || value === 0) return undefined;
  const ending = /(?:te|ste)([rsn]?)$/u.exec(second.words)?.[1] ?? '';
  return { words: `${toOrdinal(value)}${ending} bis ${second.words}`, end: second.end };
};

/** The second number of "3.–5. Mai". */
function spanEnd(reader: Reader, at: number): number | undefined {
  if (reader.text(at + 1) !== '.' || !/^[-–—]$/u.test(reader.text(at + 2))) return undefined;
  return reader.token(at + 3).kind === 'number' && reader.text(at + 4) === '.' ? at + 3 : undefined;
}

/** `before`: the word that decides the ending. */
function ordinalAt(reader: Reader, at: number, wordBefore: string): Reading | undefined {
  const value = reader.small(at);
  const next = reader.wordAfter(at + 2);
  if (value === undefined || value === 0 || reader.text(at + 1) !== '.' || !/^\p{Lu}/u.test(next)) return undefined;
  const before = reader.text(at - 1) === '-' || reader.text(at - 1) === '–' ? wordBefore : articleBefore(reader, at);
  if (!COUNTED.test(next) && !(ARTICLES.test(before) && value < 1000)) return undefined;
  const isNeuter = /^(?:Jahrhundert|Jahrtausend|Mal|Kapitel|Quartal|Semester)$/u.test(next) && before === '';
  const isFeminine = /^(?:Klasse|Auflage|Liga|Runde|Etappe|Halbzeit)$/u.test(next) && before === '';
  if (isFeminine) return { words: toOrdinal(value), end: at + 2 };
  return { words: isNeuter ? `${toOrdinal(value)}s` : germanOrdinal(value, before), end: at + 2 };
}

/** The word that decides the ending: in "im 18. und 19. Jahrhundert" it is "im" for both. */
function articleBefore(reader: Reader, at: number): string {
  const before = reader.wordBefore(at);
  const isSecond = JOINTS.test(before) && reader.text(at - 4) === '.' && reader.token(at - 5).kind === 'number';
  return isSecond ? reader.wordBefore(at - 5) : before;
}

const JOINTS = /^(?:und|oder|bis)$/u;

/** "18. und 19. Jahrhundert": the first of two. */
const firstOrdinal: Rule = (reader, at) => {
  const value = reader.small(at);
  const joint = reader.skipSpace(at + 2);
  const second = reader.skipSpace(joint + 1);
  if (value === undefined || value === 0 || reader.text(at + 1) !== '.' || !JOINTS.test(reader.text(joint)))
    return undefined;
  if (reader.token(second).kind !== 'number' || reader.text(second + 1) !== '.') return undefined;
  return { words: germanOrdinal(value, reader.wordBefore(at)), end: at + 2 };
};

/** Words before a day: after others, "2.1." may be a version or the number of a section. */
const BEFORE_DAY = /^(?:am|vom|zum|ab|bis|seit|den|dem|der|und|vor|nach)$/iu;

/** "am 21.3.", "am 21. 3. um", "am 3. 4. 1887": the day and the number of the month. */
const day: Rule = (reader, at) => {
  const before = reader.wordBefore(at);
  const found = BEFORE_DAY.test(before) ? (closeDay(reader, at) ?? spacedDay(reader, at)) : undefined;
  if (found === undefined || found.day < 1 || found.day > 31) return undefined;
  const month = GERMAN_MONTHS[found.month - 1];
  if (month === undefined) return undefined;
  const words = `${germanOrdinal(found.day, before)} ${month}`;
  const next = reader.token(reader.skipSpace(found.end));
  // The full stop ends the sentence, too, if no word in lower case and no number follows.
  const isInside = next.kind === 'number' || /^[\p{Ll},;:()–-]/u.test(next.text);
  return { words: isInside ? words : `${words}.`, end: found.end };
};

interface NumberedDay {
  readonly day: number;
  readonly month: number;
  readonly end: number;
}

/** "21.3." */
function closeDay(reader: Reader, at: number): NumberedDay | undefined {
  const [, number, month] = /^(\d{1,2})\.(\d{1,2})$/u.exec(reader.text(at)) ?? [];
  return month !== undefined && reader.text(at + 1) === '.'
    ? { day: Number(number), month: Number(month), end: at + 2 }
    : undefined;
}

/** "21. 3." */
function spacedDay(reader: Reader, at: number): NumberedDay | undefined {
  const [number, place] = [reader.small(at), reader.skipSpace(at + 2)];
  const month = reader.small(place);
  if (number === undefined || month === undefined || reader.text(at + 1) !== '.') return undefined;
  return reader.text(place + 1) === '.' ? { day: number, month, end: place + 2 } : undefined;
}

/** "S. 12" is a page. */
const page: Rule = (reader, at) => {
  const next = reader.skipSpace(at + 2);
  const isPage = reader.text(at) === 'S' && reader.text(at + 1) === '.' && reader.token(next).kind === 'number';
  return isPage ? { words: 'Seite ', end: next } : undefined;
};

/** "1860er", "90ern". */
const decade: Rule = (reader, at) => {
  const [, century = '', tens = ''] = /^(1\d|20)?(\d0)$/u.exec(reader.text(at)) ?? [];
  const [ending = ''] = /^ern?$/u.exec(reader.text(at + 1)) ?? [];
  if (tens === '' || ending === '' || tens === '00') return undefined;
  const hundreds = century === '' ? '' : century === '20' ? 'zweitausend' : `${toCardinal(century)}hundert`;
  return { words: `${hundreds}${toCardinal(tens)}${ending}`, end: at + 2 };
};

/** Words that a number follows: the full stop after it ends the sentence. */
const NUMBERED = /^(?:Kapitel|Teil|Band|Buch|Akt|Szene|Artikel|Abschnitt|Anhang|Phase|Stufe|Typ)$/u;

/** "Ludwig XIV." is "Ludwig der Vierzehnte". */
const roman: Rule = (reader, at) => {
  const text = reader.text(at);
  const value = romanValue(text);
  const before = reader.wordBefore(at);
  if (value === undefined || reader.token(at - 1).kind !== 'space' || !/^\p{Lu}\p{Ll}/u.test(before)) return undefined;
  if (NUMBERED.test(before)) return { words: toCardinal(value), end: at + 1 };
  if (reader.text(at + 1) === '.' && value < 40) {
    const name = toOrdinal(value);
    const isEnd = reader.wordAfter(at + 2) === '';
    const article = /^(?:Elisabeth|Elizabeth|Katharina|Maria|Margarethe|Margrethe|Christina|Sophie)$/u.test(before)
      ? 'die'
      : 'der';
    const words = `${article} ${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return { words: isEnd ? `${words}.` : words, end: at + 2 };
  }
  return text.length < 2 ? undefined : { words: toCardinal(value), end: at + 1 };
};

export const GERMAN_RULES: readonly Rule[] = [day, ordinal, firstOrdinal, page, decade, roman];
