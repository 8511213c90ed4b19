import { toCardinal } from 'n2words/es-ES';
import { digitWords } from './digit-words.ts';
import { spanishReferences } from './reference-words.ts';
import type { RuledLanguage } from './ruled-language.ts';
import { SPANISH_RULES, spanishOrdinal } from './spanish-rules.ts';
import {
  SPANISH_ABBREVIATIONS,
  SPANISH_SHORT_WORDS,
  SPANISH_SPELLED,
  SPANISH_UNITS,
  spanishCurrencies,
} from './spanish-words.ts';
import type { Form } from './spoken-language.ts';

const MONTHS = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');
const MILLION = ['millón', 'millones'] as const;
const BILLION = ['mil millones', 'mil millones'] as const;

/** n2words has "mil millones quinientos millones", "dieciseis" without its accent, and "veintiuno mil". */
function cardinal(digits: string, form: Form = 'alone'): string {
  if (digits.length > 9) {
    const [millions, rest] = [digits.slice(0, -6), digits.slice(-6).replace(/^0+/u, '')];
    return `${cardinal(millions, 'masculine')} millones${rest === '' ? '' : ` ${cardinal(rest, form)}`}`;
  }
  const words = toCardinal(digits, { gender: form === 'feminine' ? 'feminine' : 'masculine' })
    .replace('dieciseis', 'dieciséis')
    .replace(/(veinti| y )uno (?=mil)/u, form === 'feminine' ? '$1una ' : '$1un ')
    .replace('veintiun ', 'veintiún ');
  if (form === 'alone' || form === 'feminine') return words;
  return words.replace(/veintiuno$/u, 'veintiún').replace(/\buno$/u, 'un');
}
const say = (value: number): string => cardinal(`${value}`);

/** Nouns in -a that are masculine, and others that are feminine. */
const MASCULINE =
  /^(?:d[ií]as?|a[ñn]os?|problemas?|programas?|sistemas?|temas?|mapas?|planetas?|idiomas?|gramas?|kilogramas?|centímetros?|poemas?|climas?|sofás?|por|ha|era|para|la|las|a|una|otra|contra|entre|hasta|mil)$/iu;
const FEMININE =
  /^(?:veces|vez|partes?|noches?|tardes?|mujeres|mujer|ciudad(?:es)?|personas?|clases?|calles?|manos?|fotos?|\p{L}+(?:ción|ciones|dad|dades))$/iu;

function formBefore(word: string): Form {
  if (
    /^(?:de|del|y|e|o|u|a|al|por|en|con|que|es|son|ha|han|para|hasta|entre|fue|se|su|más|menos|la|las|el|los|no)$/iu.test(
      word,
    )
  )
    return 'alone';
  if (FEMININE.test(word)) return 'feminine';
  return /as?$/u.test(word) && !MASCULINE.test(word) ? 'feminine' : 'masculine';
}

const PARTS: Readonly<Record<number, string>> = { 2: 'medio', 3: 'tercio', 4: 'cuarto' };

export const SPANISH = spanish(false);
export const LATIN_AMERICAN = spanish(true);

/** `isAmerican`: decimals with a point, dollars are pesos, and "primero de mayo". */
function spanish(isAmerican: boolean): RuledLanguage {
  return {
    decimalMark: isAmerican ? '.' : ',',
    spaceGroups: true,
    point: isAmerican ? 'punto' : 'coma',
    pairsDecimals: true,
    signs: {
      and: 'y',
      plus: 'más',
      minus: 'menos',
      times: 'por',
      by: 'por',
      plusMinus: 'más menos',
      equals: 'igual a',
      less: 'es menor que',
      greater: 'es mayor que',
      about: 'aproximadamente',
      percent: 'por ciento',
      perThousand: 'por mil',
      range: 'a',
      score: 'a',
      per: 'por',
      dot: 'punto',
      at: 'arroba',
      number: 'número',
      section: 'párrafo',
      version: 'versión',
      hashtag: 'hashtag',
      sharp: 'sharp',
      squared: 'al cuadrado',
      cubed: 'al cubo',
      power: 'elevado a',
      lessThan: 'menos de',
      moreThan: 'más de',
      atMost: 'como máximo',
      atLeast: 'al menos',
      dividedBy: 'dividido entre',
    },
    units: SPANISH_UNITS,
    currencies: spanishCurrencies(isAmerican),
    currencyNames: new Set('pesos peso euros euro dólares dólar libras yenes reales soles'.split(' ')),
    articles: new Set(),
    million: MILLION,
    billion: BILLION,
    scales: {
      mil: ['mil', 'mil'],
      millón: MILLION,
      millones: MILLION,
      'mill.': MILLION,
      billones: ['billón', 'billones'],
    },
    abbreviations: SPANISH_ABBREVIATIONS,
    shortWords: SPANISH_SHORT_WORDS,
    spelled: SPANISH_SPELLED,
    references: spanishReferences(cardinal),
    monthFirst: false,
    timeSuffixes: {
      'a. m.': 'A.M.',
      'p. m.': 'P.M.',
      'a.m.': 'A.M.',
      'p.m.': 'P.M.',
      am: 'A.M.',
      pm: 'P.M.',
      h: 'horas',
    },
    rules: SPANISH_RULES,
    cardinal,
    groupWords: (digits) => digitWords(digits, cardinal),
    year: (digits) => cardinal(digits),
    formBefore,
    withHundredths: (amount, hundredths, noun) => `${amount} con ${hundredths} ${noun[1]}`,
    ofScale: (noun) => (noun === '' ? '' : 'de '),
    date: ({ day, month, year }) =>
      `${day === 1 && isAmerican ? 'primero' : say(day)} de ${MONTHS[month - 1] ?? ''} de ${cardinal(year)}`,
    time: (hour, minute, hasSuffix) => {
      const hours = cardinal(`${hour}`, 'feminine');
      if (minute > 0) return `${hours} ${minute < 10 ? 'cero ' : ''}${say(minute)}`;
      return hasSuffix ? hours : `${hours} en punto`;
    },
    fraction: (numerator, denominator) => {
      if (denominator > 10 || denominator === 1) return `${say(numerator)} sobre ${say(denominator)}`;
      const part = PARTS[denominator] ?? spanishOrdinal(denominator, 'o');
      return `${cardinal(`${numerator}`, 'masculine')} ${part}${numerator > 1 ? 's' : ''}`;
    },
    half: (form) => ({ alone: 'un medio', masculine: 'medio', neuter: 'medio', feminine: 'media' })[form],
    mixed: (whole, noun, [numerator, denominator], form) => {
      const half = form === 'feminine' ? 'media' : 'medio';
      const part =
        denominator === 2 ? half : `${say(numerator)} ${PARTS[denominator] ?? spanishOrdinal(denominator, 'o')}s`;
      return `${whole} ${noun} y ${part}`.replace('  ', ' ');
    },
  };
}
