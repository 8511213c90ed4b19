import { toCardinal as britishCardinal } from 'n2words/en-GB';
import { toCardinal as americanCardinal, toOrdinal } from 'n2words/en-US';
import { digitWords } from './digit-words.ts';
import { ENGLISH_CODES } from './english-codes.ts';
import { ENGLISH_RULES } from './english-rules.ts';
import { ENGLISH_ABBREVIATIONS, ENGLISH_SHORT_WORDS, ENGLISH_SPELLED, englishUnits } from './english-words.ts';
import { englishReferences } from './reference-words.ts';
import type { RuledLanguage } from './ruled-language.ts';
import type { Noun, SpokenLanguage } from './spoken-language.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const cent: Noun = ['cent', 'cents'];
const dollar = (name: string) => ({ unit: [`${name} dollar`, `${name} dollars`] as const, hundredth: cent });

const CURRENCIES: SpokenLanguage['currencies'] = {
  $: { unit: ['dollar', 'dollars'], hundredth: cent },
  US$: { unit: ['dollar', 'dollars'], hundredth: cent },
  USD: { unit: ['dollar', 'dollars'], hundredth: cent },
  HK$: dollar('Hong Kong'),
  A$: dollar('Australian'),
  AU$: dollar('Australian'),
  C$: dollar('Canadian'),
  CA$: dollar('Canadian'),
  S$: dollar('Singapore'),
  NZ$: dollar('New Zealand'),
  NT$: dollar('Taiwan'),
  R$: { unit: ['real', 'reais'], hundredth: ['centavo', 'centavos'] },
  '€': { unit: ['euro', 'euros'], hundredth: cent },
  EUR: { unit: ['euro', 'euros'], hundredth: cent },
  '£': { unit: ['pound', 'pounds'], hundredth: ['penny', 'pence'] },
  GBP: { unit: ['pound', 'pounds'], hundredth: ['penny', 'pence'] },
  '¥': { unit: ['yen', 'yen'] },
  '₹': { unit: ['rupee', 'rupees'] },
  '₩': { unit: ['won', 'won'] },
  CHF: { unit: ['franc', 'francs'] },
  '¢': { unit: cent },
};

const SCALES: SpokenLanguage['scales'] = {
  thousand: ['thousand', 'thousand'],
  million: ['million', 'million'],
  mn: ['million', 'million'],
  billion: ['billion', 'billion'],
  bn: ['billion', 'billion'],
  trillion: ['trillion', 'trillion'],
  tn: ['trillion', 'trillion'],
};
const FRACTIONS: Readonly<Record<number, Noun>> = { 2: ['half', 'halves'], 4: ['quarter', 'quarters'] };

export const AMERICAN = english(false);
export const BRITISH = english(true);

/** `isBritish`: "one hundred and one", "metres", and days before months. */
function english(isBritish: boolean): RuledLanguage {
  const cardinal = isBritish ? britishCardinal : americanCardinal;
  return {
    decimalMark: '.',
    spaceGroups: false,
    point: 'point',
    pairsDecimals: false,
    signs: {
      and: 'and',
      plus: 'plus',
      minus: 'minus',
      times: 'times',
      by: 'by',
      plusMinus: 'plus or minus',
      equals: 'equals',
      less: 'is less than',
      greater: 'is greater than',
      about: 'about',
      percent: 'percent',
      perThousand: 'per thousand',
      range: 'to',
      score: 'to',
      per: 'per',
      dot: 'dot',
      at: 'at',
      number: 'number',
      section: 'section',
      version: 'version',
      hashtag: 'hashtag',
      sharp: 'sharp',
      squared: 'squared',
      cubed: 'cubed',
      power: 'to the power of',
      lessThan: 'less than',
      moreThan: 'more than',
      atMost: 'at most',
      atLeast: 'at least',
      dividedBy: 'divided by',
    },
    units: englishUnits(isBritish),
    currencies: CURRENCIES,
    currencyNames: new Set('pesos peso dollars dollar euros euro pounds pound yen yuan rupees reais'.split(' ')),
    articles: new Set(['a', 'an']),
    million: ['million', 'million'],
    billion: ['billion', 'billion'],
    scales: SCALES,
    abbreviations: ENGLISH_ABBREVIATIONS,
    shortWords: ENGLISH_SHORT_WORDS,
    spelled: ENGLISH_SPELLED,
    references: englishReferences((digits) => cardinal(digits)),
    monthFirst: !isBritish,
    rules: [...ENGLISH_CODES, ...ENGLISH_RULES],
    timeSuffixes: {
      'a.m.': 'A.M.',
      'p.m.': 'P.M.',
      am: 'A.M.',
      pm: 'P.M.',
      AM: 'A.M.',
      PM: 'P.M.',
      'A.M.': 'A.M.',
      'P.M.': 'P.M.',
    },
    cardinal: (digits) => cardinal(digits),
    groupWords: (digits) => digitWords(digits, (digit) => cardinal(digit)),
    year: (digits) => englishYear(digits, cardinal),
    formBefore: () => 'alone',
    withHundredths: (amount, hundredths, noun) => `${amount} and ${hundredths} ${noun[1]}`,
    ofScale: () => '',
    date: ({ day, month, year }, before) => {
      const name = MONTHS[month - 1] ?? '';
      const said = `${englishYear(year, cardinal)}`;
      if (!isBritish) return `${name} ${toOrdinal(day)}, ${said}`;
      return `${before === 'the' ? '' : 'the '}${toOrdinal(day)} of ${name} ${said}`;
    },
    time: (hour, minute, hasSuffix) => {
      const said = cardinal(hour);
      if (minute > 0) return `${said} ${minute < 10 ? 'oh ' : ''}${cardinal(minute)}`;
      if (hasSuffix) return said;
      return hour > 12 || hour === 0 ? `${said} hundred` : `${said} o'clock`;
    },
    fraction: (numerator, denominator) => {
      if (numerator === 24 && denominator === 7) return 'twenty-four seven';
      if (numerator === 9 && denominator === 11) return 'nine eleven';
      if (denominator > 100 || numerator >= denominator) return `${cardinal(numerator)} over ${cardinal(denominator)}`;
      const [one, many] = FRACTIONS[denominator] ?? [toOrdinal(denominator), `${toOrdinal(denominator)}s`];
      return `${cardinal(numerator)} ${numerator === 1 ? one : many}`;
    },
    half: () => 'one half',
    mixed: (whole, noun, [numerator, denominator]) => {
      const name = FRACTIONS[denominator]?.[numerator === 1 ? 0 : 1];
      const ordinal = numerator === 1 ? toOrdinal(denominator) : `${toOrdinal(denominator)}s`;
      const part = numerator === 1 ? `a ${name ?? ordinal}` : `${cardinal(numerator)} ${name ?? ordinal}`;
      return `${whole} and ${part} ${noun}`.trimEnd();
    },
  };
}

/** 1990 "nineteen ninety", 1905 "nineteen oh five", 2005 "two thousand five", 2024 "twenty twenty-four". */
function englishYear(digits: string, cardinal: (value: string) => string): string {
  const [century = '', rest = ''] = [digits.slice(0, -2), digits.slice(-2)];
  if (digits.length !== 4 || digits.slice(1, 3) === '00') return cardinal(digits);
  if (rest === '00') return `${cardinal(century)} hundred`;
  return `${cardinal(century)} ${rest.startsWith('0') ? 'oh ' : ''}${cardinal(`${Number(rest)}`)}`;
}
