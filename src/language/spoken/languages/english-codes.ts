import { toOrdinal } from 'n2words/en-US';
import { spelled } from '../rules/names.ts';
import type { Reader, Reading, Rule } from '../rules/reader.ts';
import { isInName, numberedVerse } from '../rules/references.ts';

const STATES: ReadonlyMap<string, string> = new Map(
  `AL Alabama AK Alaska AZ Arizona AR Arkansas CA California CO Colorado CT Connecticut DE Delaware FL Florida GA Georgia HI Hawaii
  ID Idaho IL Illinois IN Indiana IA Iowa KS Kansas KY Kentucky LA Louisiana ME Maine MD Maryland MA Massachusetts MI Michigan
  MN Minnesota MS Mississippi MO Missouri MT Montana NE Nebraska NV Nevada NH New_Hampshire NJ New_Jersey NM New_Mexico NY New_York
  NC North_Carolina ND North_Dakota OH Ohio OK Oklahoma OR Oregon PA Pennsylvania RI Rhode_Island SC South_Carolina SD South_Dakota
  TN Tennessee TX Texas UT Utah VT Vermont VA Virginia WA Washington WV West_Virginia WI Wisconsin WY Wyoming DC D.C.`
    .match(/[A-Z]{2} \S+/gu)
    ?.map((pair) => [pair.slice(0, 2), pair.slice(3).replace('_', ' ')] as const),
);

/** "CA 90210", "TX 78701-1234": a state and the digits of its postcode. */
const zipCode: Rule = (reader, at) => {
  const state = STATES.get(reader.text(at));
  const place = reader.skipSpace(at + 1);
  const digits = reader.text(place);
  if (state === undefined || place === at + 1 || !/^\d{5}$/u.test(digits)) return undefined;
  const isLong = reader.text(place + 1) === '-' && /^\d{4}$/u.test(reader.text(place + 2));
  const rest = isLong ? ` ${reader.digits(reader.text(place + 2))}` : '';
  return { words: `${state} ${reader.digits(digits)}${rest}`, end: isLong ? place + 3 : place + 1 };
};

const ERAS = /^(?:AD|CE|BC|BCE)$/u;

/** "1066 AD", "300 BC–200 AD": a year and its era. */
const eraYear: Rule = (reader, at) => {
  const first = eraYearAt(reader, at);
  if (first === undefined || !/^[-–—]$/u.test(reader.text(first.end))) return first;
  const second = eraYearAt(reader, first.end + 1);
  return second ? { words: `${first.words} ${reader.language.signs.range} ${second.words}`, end: second.end } : first;
};

function eraYearAt(reader: Reader, at: number): Reading | undefined {
  const year = reader.small(at);
  const era = reader.skipSpace(at + 1);
  if (year === undefined || !ERAS.test(reader.text(era)) || reader.text(at).startsWith('0')) return undefined;
  return { words: `${yearWords(reader, `${year}`)} ${spelled(reader.text(era))}`, end: era + 1 };
}

const yearWords = (reader: Reader, digits: string): string =>
  digits.length === 4 ? reader.language.year(digits) : reader.language.cardinal(digits, 'alone');

/** "In 1066": numbers from 1010 to 1099 are years only after these words, and where they count nothing. */
const earlyYear: Rule = (reader, at) => {
  const isEarly = /^10[1-9]\d$/u.test(reader.text(at)) && /^(?:in|since|until|year|by)$/iu.test(reader.wordBefore(at));
  const counts = /^(?:\p{Ll}{2,}s|people|men|women|children)$/u.test(reader.wordAfter(at + 1));
  return isEarly && !counts ? { words: reader.language.year(reader.text(at)), end: at + 1 } : undefined;
};

/** Words before a number that is said in pairs: "room 204", "Highway 101". */
const IN_PAIRS =
  /^(?:rooms?|suite|apt|apartment|routes?|highways?|interstate|flights?|bus|buses|boeing|http|error|channel)$/iu;

/** "room 204", "Boeing 747-400", "A320", "1080p": three or four digits that count nothing. */
const inPairs: Rule = (reader, at) => {
  const number = reader.text(at);
  if (!/^\d{3,4}$/u.test(number)) return undefined;
  const { code } = reader.language.references;
  if (/^(?:1080|720|480|360|240|1440|2160)$/u.test(number) && reader.text(at + 1) === 'p')
    return { words: code(number), end: at + 1 };
  if (!IN_PAIRS.test(reader.wordBefore(at)))
    return isInName(reader, at) ? { words: code(number), end: at + 1 } : undefined;
  const isPart = reader.text(at + 1) === '-' && /^\d{3}$/u.test(reader.text(at + 2));
  return isPart
    ? { words: `${code(number)} ${code(reader.text(at + 2))}`, end: at + 3 }
    : { words: code(number), end: at + 1 };
};

/** "Call 911": a number to dial. */
const dialed: Rule = (reader, at) => {
  const isNumber =
    /^\d{3}$/u.test(reader.text(at)) && /^(?:call|calls|called|dial|dialed|dialled)$/iu.test(reader.wordBefore(at));
  // "He called 300 people."
  const counts = /^\p{Ll}{2,}s$|^people$/u.test(reader.wordAfter(at + 1));
  return isNumber && !counts ? { words: reader.digits(reader.text(at)), end: at + 1 } : undefined;
};

const ORDINALS = ['', 'First', 'Second', 'Third', 'Fourth', 'Fifth'];

export const ENGLISH_CODES: readonly Rule[] = [
  numberedVerse((value) => ORDINALS[value] ?? toOrdinal(value)),
  zipCode,
  eraYear,
  earlyYear,
  dialed,
  inPairs,
];
