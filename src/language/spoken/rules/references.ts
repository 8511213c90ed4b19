import { spelled } from './names.ts';
import type { Reader, Reading, Rule } from './reader.ts';
import { tailAt } from './tails.ts';

/** "Psalm 23:4", "Joh 3,16–18", "Matt. 5:3": chapter and verse. */
export const verse: Rule = (reader, at) => {
  const { books } = reader.language.references;
  const book = books.get(reader.text(at));
  if (book === undefined || !reader.isFree(at)) return undefined;
  const place = reader.skipSpace(reader.text(at + 1) === '.' ? at + 2 : at + 1);
  const cited = place > at + 1 ? citedAt(reader, place, book.isPerson) : undefined;
  return cited && { words: `${book.name} ${cited.words}`, end: cited.end };
};

/** Chapter, verse and last verse. */
function citedAt(reader: Reader, at: number, isPerson: boolean): Reading | undefined {
  const found = withColon(reader, at) ?? withComma(reader, at, isPerson);
  if (found === undefined || isAmount(reader, found.end)) return undefined;
  const say = (digits: string): string => reader.language.cardinal(`${Number(digits)}`, 'alone');
  const { verse: word } = reader.language.references;
  const words = `${say(found.chapter)} ${word === '' ? '' : `${word} `}${say(found.verse)}`;
  const isRange = /^[-–—]$/u.test(reader.text(found.end)) && /^\d{1,3}$/u.test(reader.text(found.end + 1));
  if (!isRange) return { words, end: found.end };
  const last = say(reader.text(found.end + 1));
  return { words: `${words} ${reader.language.signs.range} ${last}`, end: found.end + 2 };
}

interface Place {
  readonly chapter: string;
  readonly verse: string;
  readonly end: number;
}

function withColon(reader: Reader, at: number): Place | undefined {
  const [chapter, verse] = [reader.text(at), reader.text(at + 2)];
  const isPlace = /^\d{1,3}$/u.test(chapter) && reader.text(at + 1) === ':' && /^\d{1,3}$/u.test(verse);
  return isPlace && reader.text(at + 3) !== ':' ? { chapter, verse, end: at + 3 } : undefined;
}

/** Where numbers have a decimal comma, it parts chapter and verse too; after the name of a person, only before two digits. */
function withComma(reader: Reader, at: number, isPerson: boolean): Place | undefined {
  if (reader.language.decimalMark !== ',') return undefined;
  const [, chapter, verse = ''] = /^(\d{1,3}),(\d{1,3})$/u.exec(reader.text(at)) ?? [];
  if (chapter === undefined || /^0/u.test(verse) || (isPerson && !/^\d[1-46-9]$/u.test(verse))) return undefined;
  return { chapter, verse, end: at + 1 };
}

/** "Lukas 1,80 m", "Dan 10:30 pm". */
function isAmount(reader: Reader, end: number): boolean {
  const { noun, currency, scale } = tailAt(reader, end, undefined, undefined);
  return noun !== undefined || currency !== undefined || scale !== undefined || isTime(reader, end);
}

const isTime = (reader: Reader, end: number): boolean =>
  reader.longest(reader.skipSpace(end), 'timeSuffixes') !== undefined;

/** "24/7". */
export const aroundTheClock: Rule = (reader, at) => {
  const isAlways = reader.text(at) === '24' && reader.text(at + 1) === '/' && reader.text(at + 2) === '7';
  if (!isAlways || !reader.isFree(at) || /^[/\d]/u.test(reader.text(at + 3))) return undefined;
  return { words: reader.language.references.aroundTheClock, end: at + 3 };
};

/** "MP3s", "B-52s": a number that ends a name, in the plural. */
export const plural: Rule = (reader, at) => {
  const numeral = reader.numeral(at);
  if (numeral === undefined || numeral.decimals !== '' || reader.text(at + 1) !== 's') return undefined;
  const { references, cardinal } = reader.language;
  // "747s" is no number of seconds.
  const isModel = /^7[0-9]7$/u.test(numeral.whole);
  if (!isModel && !isInName(reader, at)) return undefined;
  const number = numeral.whole.length > 2 ? references.code(numeral.whole) : cardinal(numeral.whole, 'alone');
  return { words: references.plural(number), end: at + 2 };
};

/** After a letter, or after a hyphen and capital letters. */
export function isInName(reader: Reader, at: number): boolean {
  if (reader.token(at - 1).kind === 'word') return true;
  return reader.text(at - 1) === '-' && /^\p{Lu}{1,3}$/u.test(reader.text(at - 2));
}

/** "flight BA 117", "vol AF117": the letters of the airline and the number. */
export const flight: Rule = (reader, at) => {
  const airline = reader.text(at);
  if (!/^[A-Z]{2}$/u.test(airline) || !reader.language.references.flight.test(reader.wordBefore(at))) return undefined;
  const place = reader.skipSpace(at + 1);
  const number = reader.text(place);
  if (!/^\d{1,4}$/u.test(number)) return undefined;
  return { words: `${spelled(airline)} ${reader.language.references.code(number)}`, end: place + 1 };
};

/** "1 Corinthians 13:4": the number of a book, a chapter and a verse. `ordinal` says the number before the name. */
export function numberedVerse(ordinal: (value: number, book: string) => string): Rule {
  return (reader, at) => {
    const value = reader.small(at);
    if (value === undefined || value < 1 || value > 5 || !reader.isFree(at)) return undefined;
    const place = reader.skipSpace(reader.text(at + 1) === '.' ? at + 2 : at + 1);
    const cited = verse(reader, place);
    const book = reader.language.references.books.get(reader.text(place))?.name ?? '';
    return cited && { words: `${ordinal(value, book)} ${cited.words}`, end: cited.end };
  };
}

/** Abbreviations that are said only before a number, by what is before their full stop: "p. 5". */
export function labels(table: Readonly<Record<string, string>>): Rule {
  return (reader, at) => {
    const text = reader.text(at);
    const next = reader.skipSpace(at + 2);
    if (!Object.hasOwn(table, text) || reader.text(at + 1) !== '.' || !reader.isFree(at)) return undefined;
    return reader.token(next).kind === 'number' ? { words: `${table[text]} `, end: next } : undefined;
  };
}

/**
 * "75001 Paris": five digits before a name. Only where other nouns have no capitals, so that they count nothing. `say`
 * reads the digits.
 */
export function postcode(say: (digits: string, reader: Reader) => string): Rule {
  return (reader, at) => {
    const digits = reader.text(at);
    const name = reader.skipSpace(at + 1) > at + 1 ? reader.wordAfter(at + 1) : '';
    if (!/^\d{5}$/u.test(digits) || !TOWN.test(name) || !isFreeOrMarked(reader, at)) return undefined;
    if (PEOPLE.test(name) || reader.language.currencyNames.has(name.toLowerCase())) return undefined;
    return { words: say(digits, reader), end: at + 1 };
  };
}

/** "12000 Km" is no town. */
const TOWN = /^(?:\p{Lu}\p{Ll}{2}|L[ae]s?$|El$)/u;
/** "12500 Français", "20000 Catholiques". */
const PEOPLE = /^(?!Calais|Amiens|Blois|Beauvais).{2,}(?:ais|ois|ains|iens|éens|mands|gnols|ques|istes)$/u;

/** "F-75001". */
const isFreeOrMarked = (reader: Reader, at: number): boolean => reader.isFree(at) || reader.text(at - 1) === '-';

/** The two digits of a region as a number, then the rest: "soixante-quinze zéro zéro un". */
export function byRegion(digits: string, reader: Reader): string {
  const [region, rest] = [digits.slice(0, 2), digits.slice(2)];
  const { cardinal } = reader.language;
  if (rest === '000' && !region.startsWith('0')) return cardinal(digits, 'alone');
  const zeros = /^0*/u.exec(rest)?.[0] ?? '';
  const number = rest.slice(zeros.length);
  const said = region.startsWith('0') ? reader.digits(region) : cardinal(region, 'alone');
  return [said, reader.digits(zeros), number === '' ? '' : cardinal(number, 'alone')].filter(Boolean).join(' ');
}
