import { toCardinal, toOrdinal } from 'n2words/en-US';
import { romanValue } from '../numerals.ts';
import type { Reader, Reading, Rule } from '../rules/reader.ts';

const MONTHS: ReadonlyMap<string, string> = new Map(
  [
    ['January', 'Jan'],
    ['February', 'Feb'],
    ['March', 'Mar'],
    ['April', 'Apr'],
    ['May'],
    ['June', 'Jun'],
    ['July', 'Jul'],
    ['August', 'Aug'],
    ['September', 'Sept', 'Sep'],
    ['October', 'Oct'],
    ['November', 'Nov'],
    ['December', 'Dec'],
  ].flatMap((names) => names.map((name) => [name, names[0] ?? name] as const)),
);

interface Month {
  readonly name: string;
  readonly end: number;
  readonly isShort: boolean;
}

function monthAt(reader: Reader, at: number): Month | undefined {
  const text = reader.text(at);
  const name = MONTHS.get(text);
  if (name === undefined) return undefined;
  const hasDot = reader.text(at + 1) === '.' && text !== name;
  return { name, end: hasDot ? at + 2 : at + 1, isShort: text !== name };
}

/** A day of a month with its ending: "3", "3rd"; the place after it. */
function dayAt(reader: Reader, at: number): { readonly day: number; readonly end: number } | undefined {
  const day = reader.small(at);
  if (day === undefined || day < 1 || day > 31 || reader.text(at).length > 2) return undefined;
  const hasEnding = /^(?:st|nd|rd|th)$/u.test(reader.text(at + 1));
  const end = hasEnding ? at + 2 : at + 1;
  return /^[:/]$/u.test(reader.text(end)) ? undefined : { day, end };
}

/** "Jan. 5", "March 3rd": the month before its day. */
const monthAndDay: Rule = (reader, at) => {
  const month = monthAt(reader, at);
  if (month === undefined) return undefined;
  const place = reader.skipSpace(month.end);
  const found = place > month.end ? dayAt(reader, place) : undefined;
  if (found === undefined) {
    const isYear = /^\d{4}$/u.test(reader.text(place));
    return month.isShort && (month.end > at + 1 || isYear) ? { words: month.name, end: month.end } : undefined;
  }
  const the = reader.language.monthFirst ? '' : 'the ';
  const last = lastDay(reader, found.end);
  const words = `${month.name} ${the}${toOrdinal(found.day)}`;
  return last ? { words: `${words} to ${the}${toOrdinal(last.day)}`, end: last.end } : { words, end: found.end };
};

/** The second day of "March 3–5". */
function lastDay(reader: Reader, at: number): ReturnType<typeof dayAt> {
  return /^[-–—]$/u.test(reader.text(at)) ? dayAt(reader, at + 1) : undefined;
}

/** "3 March", "3rd of March": the day before its month. */
const dayAndMonth: Rule = (reader, at) => {
  const found = dayAt(reader, at);
  if (found === undefined || !reader.isFree(at)) return undefined;
  const last = lastDay(reader, found.end);
  const end = last?.end ?? found.end;
  const month = monthAt(reader, reader.skipSpace(end));
  if (month === undefined || reader.skipSpace(end) === end) return undefined;
  const the = reader.wordBefore(at).toLowerCase() === 'the' ? '' : 'the ';
  const days = last ? `${toOrdinal(found.day)} to ${toOrdinal(last.day)}` : toOrdinal(found.day);
  return { words: `${the}${days} of ${month.name}`, end: month.end };
};

/** "21st", "1,000th". */
const ordinal: Rule = (reader, at) => {
  const numeral = reader.numeral(at);
  if (numeral === undefined || numeral.decimals !== '' || numeral.whole.length > 9) return undefined;
  if (numeral.whole === '0' || !/^(?:st|nd|rd|th)$/u.test(reader.text(at + 1))) return undefined;
  return { words: toOrdinal(numeral.whole), end: at + 2 };
};

const TENS: Readonly<Record<string, string>> = {
  '10': 'tens',
  '20': 'twenties',
  '30': 'thirties',
  '40': 'forties',
  '50': 'fifties',
  '60': 'sixties',
  '70': 'seventies',
  '80': 'eighties',
  '90': 'nineties',
};

/** "1860s", "the '90s", "the 90s". */
const decade: Rule = (reader, at) => {
  const place = reader.text(at) === "'" ? at + 1 : at;
  const [, century = '', tens = ''] = /^(1[1-9]|20)?(\d0)$/u.exec(reader.text(place)) ?? [];
  const end = reader.text(place + 1) === "'" ? place + 2 : place + 1;
  if (tens === '' || reader.text(end) !== 's') return undefined;
  if (tens === '00' && century !== '') return { words: `${hundreds(century)}`, end: end + 1 };
  const words = TENS[tens];
  if (words === undefined) return undefined;
  return { words: century === '' ? words : `${toCardinal(century)} ${words}`, end: end + 1 };
};

const hundreds = (century: string): string => (century === '20' ? 'two thousands' : `${toCardinal(century)} hundreds`);

const RULERS = new Set(
  (
    'Henry Louis Elizabeth Charles George William Edward Richard James Philip Pius Paul John Benedict Leo Peter ' +
    'Catherine Alexander Nicholas Frederick Napoleon Ivan Francis Ferdinand Ramses Mary Victor Urban Gregory Clement ' +
    'Innocent Otto Friedrich Wilhelm Felipe Juan Carlos Alfonso Christian Gustav Haakon Harald Olaf Albert Leopold'
  ).split(' '),
);
const NUMBERED = new Set(
  'War Chapter Part Act Book Volume Section Phase Type Article Appendix Bowl Level Class Stage Vol Olympiad Title'.split(
    ' ',
  ),
);

/** "World War II", "Henry VIII", "Chapter IV". A single letter needs a word that numbers follow. */
const roman: Rule = (reader, at) => {
  const value = romanValue(reader.text(at));
  const before = reader.wordBefore(at);
  if (value === undefined || reader.token(at - 1).kind !== 'space' || !/^\p{Lu}/u.test(before)) return undefined;
  const isRuler = RULERS.has(before) && value < 30;
  if (reader.text(at).length === 1 && !NUMBERED.has(before) && !(isRuler && reader.text(at) === 'V')) return undefined;
  if (before === before.toUpperCase() && !NUMBERED.has(before)) return undefined;
  return { words: isRuler ? `the ${capital(toOrdinal(value))}` : toCardinal(value), end: at + 1 };
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** "No. 5", "Fig. 3", "pp. 5–7": abbreviations only before a number. */
const BEFORE_NUMBER: Readonly<Record<string, string>> = {
  No: 'number',
  no: 'number',
  Nos: 'numbers',
  Fig: 'figure',
  fig: 'figure',
  p: 'page',
  pp: 'pages',
  Vol: 'volume',
  vol: 'volume',
  Ch: 'chapter',
  Eq: 'equation',
  Art: 'Article',
  Sec: 'Section',
  ca: 'circa',
  c: 'circa',
};
const beforeNumber: Rule = (reader, at) => {
  const text = reader.text(at);
  const next = reader.skipSpace(at + 2);
  if (!Object.hasOwn(BEFORE_NUMBER, text) || reader.text(at + 1) !== '.') return undefined;
  if (reader.token(next).kind !== 'number' || !reader.isFree(at)) return undefined;
  // "He said no. 5 people left."
  if (text === 'no' && /^\p{Ll}/u.test(reader.wordAfter(next + 1))) return undefined;
  return { words: `${BEFORE_NUMBER[text]} `, end: next };
};

/** "St." is a saint before a name and a street after one; "Dr." is a doctor or a drive. */
const TWOFOLD: Readonly<Record<string, readonly [before: string, after: string]>> = {
  St: ['Saint', 'Street'],
  Dr: ['Doctor', 'Drive'],
};
const twofold: Rule = (reader, at) => {
  const [before, after] = TWOFOLD[reader.text(at)] ?? [];
  if (before === undefined || after === undefined) return undefined;
  const end = reader.text(at + 1) === '.' ? at + 2 : at + 1;
  const next = reader.wordAfter(end);
  const isName = /^\p{Lu}/u.test(next) && reader.skipSpace(end) > end;
  const followsName = /^\p{Lu}\p{Ll}/u.test(reader.wordBefore(at)) && !TITLE_BEFORE.test(reader.wordBefore(at));
  if (isName && !(followsName && end > at + 1 && SENTENCE_WORD.test(next))) return { words: before, end };
  if (!followsName || end === at + 1) return undefined;
  const closes = isName || reader.text(end) === '' || reader.text(end).includes('\n');
  return { words: closes ? `${after}.` : after, end };
};
const TITLE_BEFORE = /^(?:The|A|In|On|At|And|But|For|To|From|With|By)$/u;
const SENTENCE_WORD = /^(?:The|A|An|In|On|At|It|He|She|They|We|You|I|And|But|This|That|There|Then|When|If)$/u;

/** "5 ft 10 in": inches only after feet, because "5 in 10 people" is another "in". */
const feetAndInches: Rule = (reader, at) => {
  const feet = reader.numeral(at);
  const unit = reader.skipSpace(at + 1);
  const inches = reader.skipSpace(unit + 1);
  const last = reader.skipSpace(inches + 1);
  if (feet === undefined || reader.text(unit) !== 'ft' || reader.text(last) !== 'in') return undefined;
  const found = reader.numeral(inches);
  if (found === undefined) return undefined;
  const words = `${reader.say(feet, 'alone')} feet ${reader.say(found, 'alone')} inches`;
  return { words, end: last + 1 } satisfies Reading;
};

/** 5'10" is "five feet ten". */
const feetWithMarks: Rule = (reader, at) => {
  const [feet, inches] = [reader.small(at), reader.small(at + 2)];
  if (feet === undefined || inches === undefined || reader.text(at + 1) !== "'" || reader.text(at + 3) !== '"')
    return undefined;
  return { words: `${toCardinal(feet)} feet ${toCardinal(inches)}`, end: at + 4 };
};

export const ENGLISH_RULES: readonly Rule[] = [
  feetWithMarks,
  monthAndDay,
  dayAndMonth,
  ordinal,
  decade,
  roman,
  beforeNumber,
  twofold,
  feetAndInches,
];
