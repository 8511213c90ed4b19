import type { Books } from './books.ts';
import type { CalendarNames } from './calendar-names.ts';

/** How a number is used: alone, or before a noun of a gender ("uno", "un kilo", "una hora"). */
export type Form = 'alone' | 'masculine' | 'feminine' | 'neuter';
export type Gender = Exclude<Form, 'alone'>;

/** A noun in singular and plural; masculine if no gender is given. */
export type Noun = readonly [one: string, many: string, gender?: Gender];

export interface Currency {
  readonly unit: Noun;
  /** The hundredth part; without it decimals are read as a number. */
  readonly hundredth?: Noun;
}

/** A calendar day as written in digits. */
export interface Day {
  readonly day: number;
  /** 1 to 12. */
  readonly month: number;
  readonly year: string;
}

/** Words for signs. */
export interface SignWords {
  readonly and: string;
  readonly plus: string;
  readonly minus: string;
  readonly times: string;
  /** Between the sides of a rectangle. */
  readonly by: string;
  readonly plusMinus: string;
  readonly equals: string;
  readonly less: string;
  readonly greater: string;
  readonly about: string;
  readonly percent: string;
  readonly perThousand: string;
  /** Between the ends of a range, and between the two results of a match. */
  readonly range: string;
  readonly score: string;
  readonly per: string;
  readonly dot: string;
  readonly at: string;
  readonly number: string;
  readonly section: string;
  readonly version: string;
  readonly hashtag: string;
  readonly sharp: string;
  readonly squared: string;
  readonly cubed: string;
  readonly power: string;
  /** Before an amount: "<5", ">50%", "≤5" and "≥5". */
  readonly lessThan: string;
  readonly moreThan: string;
  readonly atMost: string;
  readonly atLeast: string;
  readonly dividedBy: string;
}

/** How numbers are said that count nothing: places in books, names, and codes. */
export interface ReferenceWords {
  readonly calendar: CalendarNames;
  readonly books: Books;
  /** Between a chapter and a verse; empty if there is no word. */
  readonly verse: string;
  /** Signs of formulas, wherever they are: "≠", "√". */
  readonly mathematics: Readonly<Record<string, string>>;
  /** "24/7". */
  readonly aroundTheClock: string;
  /** A word for a flight, before its number. */
  readonly flight: RegExp;
  /** The endings of ordinals in digits, without a full stop: "3rd–5th". */
  readonly ordinalEnding?: RegExp;
  /** Words before a number that is a name, without a noun of its own: "Absatz 1 BGB". */
  readonly label?: RegExp;
  /** "§§". */
  readonly sections: string;
  /** The plural of a name that ends in a number: "MP3s". */
  plural(number: string): string;
  /** The number of a flight or a model, in ASCII digits. */
  code(digits: string): string;
}

/** What the shared rules need to know of a language and region. */
export interface SpokenLanguage {
  readonly decimalMark: '.' | ',';
  /** Digits are grouped by spaces, too: "65 000". */
  readonly spaceGroups: boolean;
  /** The word for the decimal mark. */
  readonly point: string;
  /** Two decimals are read as one number: "trois virgule quatorze". */
  readonly pairsDecimals: boolean;
  readonly signs: SignWords;
  readonly units: Readonly<Record<string, Noun>>;
  /** By the sign or code before or after the amount; the most general one is "$". */
  readonly currencies: Readonly<Record<string, Currency>>;
  /** Names of currencies: "$2,000 pesos" is no amount of dollars. */
  readonly currencyNames: ReadonlySet<string>;
  /** After these an amount before a noun is singular: "a five dollar bill". */
  readonly articles: ReadonlySet<string>;
  readonly million: Noun;
  readonly billion: Noun;
  /** Words and abbreviations that multiply the number before them, with what is said. */
  readonly scales: Readonly<Record<string, Noun>>;
  /** Abbreviations that end in a full stop, without spaces: "z.B.". */
  readonly abbreviations: Readonly<Record<string, string>>;
  /** Abbreviations without a full stop: "Mme". */
  readonly shortWords: Readonly<Record<string, string>>;
  /** Words of capital letters that are spelled although they have vowels. */
  readonly spelled: ReadonlySet<string>;
  /** Month and day of "3/4/2024": the month comes first. */
  readonly monthFirst: boolean;
  /** What may follow a time, and how it is said: "p.m.", "Uhr". Empty if `time` says it. */
  readonly timeSuffixes: Readonly<Record<string, string>>;

  readonly references: ReferenceWords;

  /** A whole number of at most fifteen ASCII digits without a leading zero. */
  cardinal(digits: string, form: Form): string;
  /** A year of four digits. */
  year(digits: string): string;
  /** One of the groups of a telephone number. */
  groupWords(digits: string, groups: readonly string[]): string;
  /** The form of a number before this word. */
  formBefore(word: string): Form;
  /** An amount with hundredths: "six dollars and forty cents". */
  withHundredths(amount: string, hundredths: string, noun: Noun): string;
  /** The word between a scale and its noun: "cinco millones de dólares". */
  ofScale(noun: string): string;
  date(day: Day, wordBefore: string): string;
  /** `hasSuffix`: one of `timeSuffixes` follows. */
  time(hour: number, minute: number, hasSuffix: boolean): string;
  fraction(numerator: number, denominator: number): string;
  /** A half alone or before a noun. */
  half(form: Form): string;
  /** One and a half and so on: the number, its noun (may be empty), and the part. */
  mixed(whole: string, noun: string, part: readonly [numerator: number, denominator: number], form: Form): string;
}
