import { toCardinal, toOrdinal } from 'n2words/it-IT';
import { digitWords } from './digit-words.ts';
import { ITALIAN_RULES } from './italian-rules.ts';
import { ITALIAN_ABBREVIATIONS, ITALIAN_CURRENCIES, ITALIAN_SPELLED, ITALIAN_UNITS } from './italian-words.ts';
import { italianReferences } from './reference-words.ts';
import type { RuledLanguage } from './ruled-language.ts';
import type { Form, Noun } from './spoken-language.ts';

const MONTHS = 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(
  ' ',
);
const ONE: Readonly<Record<Form, string>> = { alone: 'uno', masculine: 'un', neuter: 'un', feminine: 'una' };
const MILLION: Noun = ['milione', 'milioni'];
const BILLION: Noun = ['miliardo', 'miliardi'];

const cardinal = (digits: string, form: Form = 'alone'): string => (digits === '1' ? ONE[form] : toCardinal(digits));
const say = (value: number): string => toCardinal(value);

/** "un terzo", "tre quarti". */
function fraction(numerator: number, denominator: number): string {
  if (denominator > 100 || denominator === 1) return `${say(numerator)} su ${say(denominator)}`;
  const part = denominator === 2 ? 'mezzo' : toOrdinal(denominator);
  return numerator === 1 ? `un ${part}` : `${say(numerator)} ${part.replace(/o$/u, 'i')}`;
}

export const ITALIAN: RuledLanguage = {
  decimalMark: ',',
  spaceGroups: true,
  point: 'virgola',
  pairsDecimals: true,
  signs: {
    and: 'e',
    plus: 'più',
    minus: 'meno',
    times: 'per',
    by: 'per',
    plusMinus: 'più o meno',
    equals: 'uguale a',
    less: 'è minore di',
    greater: 'è maggiore di',
    about: 'circa',
    percent: 'per cento',
    perThousand: 'per mille',
    range: 'a',
    score: 'a',
    per: 'al',
    dot: 'punto',
    at: 'chiocciola',
    number: 'numero',
    section: 'paragrafo',
    version: 'versione',
    hashtag: 'hashtag',
    sharp: 'sharp',
    squared: 'al quadrato',
    cubed: 'al cubo',
    power: 'alla',
    lessThan: 'meno di',
    moreThan: 'più di',
    atMost: 'al massimo',
    atLeast: 'almeno',
    dividedBy: 'diviso',
  },
  units: ITALIAN_UNITS,
  currencies: ITALIAN_CURRENCIES,
  currencyNames: new Set('euro dollari dollaro pesos sterline yen franchi'.split(' ')),
  articles: new Set(),
  million: MILLION,
  billion: BILLION,
  scales: {
    mila: ['mila', 'mila'],
    milione: MILLION,
    milioni: MILLION,
    mln: MILLION,
    miliardo: BILLION,
    miliardi: BILLION,
    mld: BILLION,
  },
  abbreviations: ITALIAN_ABBREVIATIONS,
  shortWords: {},
  spelled: ITALIAN_SPELLED,
  references: italianReferences(cardinal),
  monthFirst: false,
  timeSuffixes: {},
  rules: ITALIAN_RULES,
  cardinal,
  groupWords: (digits) => digitWords(digits, cardinal),
  year: (digits) => toCardinal(digits),
  formBefore: (word) => {
    if (/^(?:di|del|della|dei|e|o|a|al|per|in|con|che|è|da|su|ma|non|più|meno)$/iu.test(word)) return 'alone';
    return /a$/u.test(word) && !/^(?:problema|programma|sistema|tema|pianeta|chilogramma)$/u.test(word)
      ? 'feminine'
      : 'masculine';
  },
  withHundredths: (amount, hundredths) => `${amount} e ${hundredths}`,
  ofScale: (noun) => (noun === '' ? '' : 'di '),
  date: ({ day, month, year }) => `${day === 1 ? 'primo' : say(day)} ${MONTHS[month - 1] ?? ''} ${toCardinal(year)}`,
  time: (hour, minute) => `${hour === 1 ? 'una' : say(hour)}${minute === 0 ? '' : ` e ${say(minute)}`}`,
  fraction,
  half: (form) => ({ alone: 'un mezzo', masculine: 'mezzo', neuter: 'mezzo', feminine: 'mezza' })[form],
  mixed: (whole, noun, [numerator, denominator], form) => {
    const half = form === 'feminine' || /[^aeiou]e$/u.test(noun) ? 'mezza' : 'mezzo';
    return `${whole} ${noun} e ${denominator === 2 ? half : fraction(numerator, denominator)}`.replace('  ', ' ');
  },
};
