import { ENGLISH_BOOKS, FRENCH_BOOKS, GERMAN_BOOKS, ITALIAN_BOOKS, PORTUGUESE_BOOKS, SPANISH_BOOKS } from './books.ts';
import {
  ENGLISH_CALENDAR,
  FRENCH_CALENDAR,
  GERMAN_CALENDAR,
  ITALIAN_CALENDAR,
  PORTUGUESE_CALENDAR,
  SPANISH_CALENDAR,
} from './calendar-names.ts';
import { digitWords } from './digit-words.ts';
import {
  ENGLISH_MATHEMATICS,
  FRENCH_MATHEMATICS,
  GERMAN_MATHEMATICS,
  ITALIAN_MATHEMATICS,
  PORTUGUESE_MATHEMATICS,
  SPANISH_MATHEMATICS,
} from './mathematics.ts';
import type { ReferenceWords } from './spoken-language.ts';

type Cardinal = (digits: string) => string;

/** "two oh four", "seven thirty-seven", "twelve hundred": digits of a code in pairs; two digits are a number. */
export function englishCode(digits: string, cardinal: Cardinal): string {
  if (digits.length < 3 || digits.length > 4 || digits.startsWith('0') || /^\d?00$|000$/u.test(digits))
    return digits.startsWith('0') ? digitWords(digits, cardinal) : cardinal(digits);
  const [head, tail] = [digits.slice(0, -2), digits.slice(-2)];
  if (tail === '00') return `${cardinal(head)} hundred`;
  return `${cardinal(head)} ${tail.startsWith('0') ? 'oh ' : ''}${cardinal(`${Number(tail)}`)}`;
}

export const englishReferences = (cardinal: Cardinal): ReferenceWords => ({
  calendar: ENGLISH_CALENDAR,
  books: ENGLISH_BOOKS,
  mathematics: ENGLISH_MATHEMATICS,
  verse: '',
  aroundTheClock: 'twenty-four seven',
  flight: /^[Ff]lights?$/u,
  ordinalEnding: /^(?:st|nd|rd|th)$/u,
  sections: 'sections',
  plural: (number) => {
    if (number.endsWith('y')) return `${number.slice(0, -1)}ies`;
    return number.endsWith('x') ? `${number}es` : `${number}s`;
  },
  code: (digits) => englishCode(digits, cardinal),
});

export const germanReferences = (cardinal: Cardinal): ReferenceWords => ({
  calendar: GERMAN_CALENDAR,
  books: GERMAN_BOOKS,
  mathematics: GERMAN_MATHEMATICS,
  verse: 'Vers',
  aroundTheClock: 'vierundzwanzig sieben',
  flight: /^Fl[uü]ge?$/u,
  label:
    /^(?:Abs|Absatz|Art|Artikel|Nr|Nummer|Platz|Satz|Kapitel|Kap|Paragraf|Teil|Band|Bd|Seite|S|Halle|Stufe|Gleis|Typ)$/u,
  sections: 'Paragrafen',
  plural: (number) => `${number}s`,
  code: (digits) => digitWords(digits, cardinal),
});

export const frenchReferences = (cardinal: Cardinal): ReferenceWords => ({
  calendar: FRENCH_CALENDAR,
  books: FRENCH_BOOKS,
  mathematics: FRENCH_MATHEMATICS,
  verse: 'verset',
  aroundTheClock: 'vingt-quatre heures sur vingt-quatre, sept jours sur sept',
  flight: /^[Vv]ols?$/u,
  ordinalEnding: /^(?:er|re|ère|nd|nde|e|ème|eme|ième|es|èmes)$/u,
  sections: 'paragraphes',
  plural: (number) => number,
  code: (digits) => cardinal(digits),
});

export const spanishReferences = (cardinal: Cardinal): ReferenceWords => ({
  calendar: SPANISH_CALENDAR,
  books: SPANISH_BOOKS,
  mathematics: SPANISH_MATHEMATICS,
  verse: 'versículo',
  aroundTheClock: 'veinticuatro siete',
  flight: /^[Vv]uelos?$/u,
  ordinalEnding: /^(?:[ºª]|er)$/u,
  sections: 'párrafos',
  plural: (number) => number,
  code: (digits) => cardinal(digits),
});

export const portugueseReferences = (cardinal: Cardinal): ReferenceWords => ({
  calendar: PORTUGUESE_CALENDAR,
  books: PORTUGUESE_BOOKS,
  mathematics: PORTUGUESE_MATHEMATICS,
  verse: 'versículo',
  aroundTheClock: 'vinte e quatro horas por dia, sete dias por semana',
  flight: /^[Vv]oos?$/u,
  ordinalEnding: /^[ºª]$/u,
  sections: 'parágrafos',
  plural: (number) => number,
  code: (digits) => cardinal(digits),
});

export const italianReferences = (cardinal: Cardinal): ReferenceWords => ({
  calendar: ITALIAN_CALENDAR,
  books: ITALIAN_BOOKS,
  mathematics: ITALIAN_MATHEMATICS,
  verse: 'versetto',
  aroundTheClock: 'ventiquattro ore su ventiquattro, sette giorni su sette',
  flight: /^[Vv]ol[oi]$/u,
  ordinalEnding: /^[ºª]$/u,
  sections: 'paragrafi',
  plural: (number) => number,
  code: (digits) => cardinal(digits),
});
