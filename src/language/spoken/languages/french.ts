import { toCardinal, toOrdinal } from 'n2words/fr-FR';
import { digitWords } from './digit-words.ts';
import { FRENCH_RULES } from './french-rules.ts';
import {
  FRENCH_ABBREVIATIONS,
  FRENCH_CURRENCIES,
  FRENCH_SHORT_WORDS,
  FRENCH_SPELLED,
  FRENCH_UNITS,
} from './french-words.ts';
import { frenchReferences } from './reference-words.ts';
import type { RuledLanguage } from './ruled-language.ts';
import type { Form } from './spoken-language.ts';

const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
/** Frequent feminine nouns, and endings that are most often feminine. */
const FEMININE =
  /^(?:heures?|minutes?|secondes?|fois|personnes?|femmes?|filles?|années?|semaines?|maisons?|villes?|familles?|voitures?|pages?|places?|mères?|\p{L}{2,}(?:tions?|sions?|tés?|ettes?|elles?|ances?|ences?|ées?))$/iu;
const MILLION = ['million', 'millions'] as const;
const BILLION = ['milliard', 'milliards'] as const;

const cardinal = (digits: string, form: Form = 'alone'): string =>
  form === 'feminine' ? toCardinal(digits).replace(/\bun$/u, 'une') : toCardinal(digits);
const say = (value: number): string => toCardinal(value);

export const FRENCH: RuledLanguage = {
  decimalMark: ',',
  spaceGroups: true,
  point: 'virgule',
  pairsDecimals: true,
  signs: {
    and: 'et',
    plus: 'plus',
    minus: 'moins',
    times: 'fois',
    by: 'sur',
    plusMinus: 'plus ou moins',
    equals: 'égale',
    less: 'est inférieur à',
    greater: 'est supérieur à',
    about: 'environ',
    percent: 'pour cent',
    perThousand: 'pour mille',
    range: 'à',
    score: 'à',
    per: 'par',
    dot: 'point',
    at: 'arobase',
    number: 'numéro',
    section: 'paragraphe',
    version: 'version',
    hashtag: 'hashtag',
    sharp: 'dièse',
    squared: 'au carré',
    cubed: 'au cube',
    power: 'puissance',
    lessThan: 'moins de',
    moreThan: 'plus de',
    atMost: 'au plus',
    atLeast: 'au moins',
    dividedBy: 'divisé par',
  },
  units: FRENCH_UNITS,
  currencies: FRENCH_CURRENCIES,
  currencyNames: new Set('euros euro dollars dollar pesos francs livres yens yuans'.split(' ')),
  articles: new Set(),
  million: MILLION,
  billion: BILLION,
  scales: {
    mille: ['mille', 'mille'],
    million: MILLION,
    millions: MILLION,
    'M ': MILLION,
    milliard: BILLION,
    milliards: BILLION,
    Md: BILLION,
    Mds: BILLION,
  },
  abbreviations: FRENCH_ABBREVIATIONS,
  shortWords: FRENCH_SHORT_WORDS,
  spelled: FRENCH_SPELLED,
  references: frenchReferences(cardinal),
  monthFirst: false,
  timeSuffixes: {},
  rules: FRENCH_RULES,
  cardinal,
  // In pairs: "zéro un, vingt-trois, quarante-cinq".
  groupWords: (digits, groups) => {
    const inPairs = groups.length > 3 && groups.every((group) => group.length === 2) && !digits.startsWith('0');
    return inPairs ? toCardinal(digits) : digitWords(digits, cardinal);
  },
  year: (digits) => toCardinal(digits),
  formBefore: (word) => (FEMININE.test(word) ? 'feminine' : 'masculine'),
  withHundredths: (amount, hundredths) => `${amount} ${hundredths}`,
  ofScale: (noun) => (/^[aeiouyéh]/iu.test(noun) ? "d'" : 'de '),
  date: ({ day, month, year }) => `${day === 1 ? 'premier' : say(day)} ${MONTHS[month - 1] ?? ''} ${toCardinal(year)}`,
  time: (hour, minute) => {
    const hours = `${cardinal(`${hour}`, 'feminine')} ${hour < 2 ? 'heure' : 'heures'}`;
    return minute === 0 ? hours : `${hours} ${cardinal(`${minute}`, 'feminine')}`;
  },
  fraction: (numerator, denominator) => {
    if (denominator > 100 || denominator === 1) return `${say(numerator)} sur ${say(denominator)}`;
    const part = { 2: 'demi', 3: 'tiers', 4: 'quart' }[denominator] ?? toOrdinal(denominator);
    return `${say(numerator)} ${part}${numerator > 1 && !part.endsWith('s') ? 's' : ''}`;
  },
  half: (form) => (form === 'feminine' ? 'une demi' : 'un demi'),
  mixed: (whole, noun, [numerator, denominator], form) => {
    if (denominator !== 2) return `${whole} ${noun} ${FRENCH.fraction(numerator, denominator)}`;
    const isFeminine = form === 'feminine' || /(?:es|e)$/u.test(noun);
    return `${whole} ${noun} et ${isFeminine && !/(?:gramme|litre|mètre|kilo)s?$/u.test(noun) ? 'demie' : 'demi'}`.replace(
      '  ',
      ' ',
    );
  },
};
