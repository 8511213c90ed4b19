import { toCardinal, toOrdinal } from 'n2words/de-DE';
import { digitWords } from './digit-words.ts';
import { GERMAN_CODES } from './german-codes.ts';
import { GERMAN_MONTHS, germanOrdinal } from './german-ordinals.ts';
import { GERMAN_RULES } from './german-rules.ts';
import { GERMAN_ABBREVIATIONS, GERMAN_CURRENCIES, GERMAN_SPELLED, GERMAN_UNITS } from './german-words.ts';
import { germanReferences } from './reference-words.ts';
import type { RuledLanguage } from './ruled-language.ts';
import type { Form } from './spoken-language.ts';

const ONE: Readonly<Record<Form, string>> = { alone: 'eins', masculine: 'ein', neuter: 'ein', feminine: 'eine' };
const HALF: Readonly<Record<Form, string>> = {
  alone: 'ein halb',
  masculine: 'ein halber',
  neuter: 'ein halbes',
  feminine: 'eine halbe',
};
/** Most nouns with these endings are feminine. */
const FEMININE = /(?:ung|heit|keit|schaft|ion|tät|ik|ei|e|Frau|Person|Woche|Million|Nacht|Stadt|Zahl|Mutter)$/u;
const MASCULINE = /(?:Name|Junge|Kunde|Käse|Ende|Auge|Experte|Kollege|Interesse|Gebäude|Ei|Drittel)$/u;
const MILLION = ['Million', 'Millionen', 'feminine'] as const;
const BILLION = ['Milliarde', 'Milliarden', 'feminine'] as const;

const cardinal = (digits: string, form: Form = 'alone'): string => (digits === '1' ? ONE[form] : toCardinal(digits));
const say = (value: number): string => toCardinal(value);

export const GERMAN: RuledLanguage = {
  decimalMark: ',',
  spaceGroups: true,
  point: 'Komma',
  pairsDecimals: false,
  signs: {
    and: 'und',
    plus: 'plus',
    minus: 'minus',
    times: 'mal',
    by: 'mal',
    plusMinus: 'plus minus',
    equals: 'gleich',
    less: 'kleiner als',
    greater: 'größer als',
    about: 'etwa',
    percent: 'Prozent',
    perThousand: 'Promille',
    range: 'bis',
    score: 'zu',
    per: 'pro',
    dot: 'Punkt',
    at: 'at',
    number: 'Nummer',
    section: 'Paragraf',
    version: 'Version',
    hashtag: 'Hashtag',
    sharp: 'sharp',
    squared: 'hoch zwei',
    cubed: 'hoch drei',
    power: 'hoch',
    lessThan: 'weniger als',
    moreThan: 'mehr als',
    atMost: 'höchstens',
    atLeast: 'mindestens',
    dividedBy: 'geteilt durch',
  },
  units: GERMAN_UNITS,
  currencies: GERMAN_CURRENCIES,
  currencyNames: new Set('euro dollar pesos franken pfund yen yuan kronen'.split(' ')),
  articles: new Set(),
  million: MILLION,
  billion: BILLION,
  scales: {
    'Mio.': MILLION,
    Mio: MILLION,
    Million: MILLION,
    Millionen: MILLION,
    'Mrd.': BILLION,
    Mrd: BILLION,
    Milliarde: BILLION,
    Milliarden: BILLION,
    Billion: ['Billion', 'Billionen', 'feminine'],
    Billionen: ['Billion', 'Billionen', 'feminine'],
    'Tsd.': ['tausend', 'tausend'],
    Tausend: ['tausend', 'tausend'],
  },
  abbreviations: GERMAN_ABBREVIATIONS,
  shortWords: {},
  spelled: GERMAN_SPELLED,
  references: germanReferences(cardinal),
  monthFirst: false,
  timeSuffixes: { Uhr: '' },
  rules: [...GERMAN_CODES, ...GERMAN_RULES],
  cardinal,
  groupWords: (digits) => digitWords(digits, cardinal),
  year: (digits) => {
    const [century, rest] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
    if (century < 11 || century > 19) return toCardinal(digits);
    return `${say(century)}hundert${rest === 0 ? '' : say(rest)}`;
  },
  formBefore: (word) => {
    if (!/^\p{Lu}/u.test(word)) return 'alone';
    return FEMININE.test(word) && !MASCULINE.test(word) ? 'feminine' : 'masculine';
  },
  withHundredths: (amount, hundredths) => `${amount} ${hundredths.replace(/^ein$/u, 'eins')}`,
  ofScale: () => '',
  date: ({ day, month, year }, before) =>
    `${germanOrdinal(day, before)} ${GERMAN_MONTHS[month - 1] ?? ''} ${GERMAN.year(year)}`,
  time: (hour, minute) => `${cardinal(`${hour}`, 'masculine')} Uhr${minute === 0 ? '' : ` ${cardinal(`${minute}`)}`}`,
  fraction: (numerator, denominator) => {
    const one = numerator === 1 ? 'ein' : say(numerator);
    if (denominator > 100 || denominator === 1) return `${one} durch ${say(denominator)}`;
    if (denominator === 2) return numerator === 1 ? 'ein halb' : `${one} halbe`;
    return `${one} ${partOf(denominator)}`;
  },
  half: (form) => HALF[form],
  mixed: (whole, noun, [numerator, denominator]) => {
    const words =
      denominator === 2
        ? `${whole.replace(/eins?$/u, 'ein')}einhalb`
        : `${whole} ${GERMAN.fraction(numerator, denominator)}`;
    return `${words} ${noun}`.trimEnd();
  },
};

/** "Drittel", "Viertel", "Zwanzigstel". */
function partOf(denominator: number): string {
  const part = toOrdinal(denominator)
    .replace(/te$/u, 'tel')
    .replace(/sttel$/u, 'stel');
  return part.charAt(0).toUpperCase() + part.slice(1);
}
