import { toCardinal } from 'n2words/pt-PT';
import { digitWords } from './digit-words.ts';
import { PORTUGUESE_RULES, portugueseOrdinal } from './portuguese-rules.ts';
import {
  PORTUGUESE_ABBREVIATIONS,
  PORTUGUESE_CURRENCIES,
  PORTUGUESE_SHORT_WORDS,
  PORTUGUESE_SPELLED,
  portugueseUnits,
} from './portuguese-words.ts';
import { portugueseReferences } from './reference-words.ts';
import type { RuledLanguage } from './ruled-language.ts';
import type { Form, Noun } from './spoken-language.ts';

const MONTHS = 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'.split(' ');
const BRAZILIAN_WORDS: Readonly<Record<string, string>> = {
  dezasseis: 'dezesseis',
  dezassete: 'dezessete',
  dezanove: 'dezenove',
  catorze: 'quatorze',
};
const FEMININE_WORDS: Readonly<Record<string, string>> = { um: 'uma', dois: 'duas' };

/** n2words has the words of Portugal and no "e" before the last hundred: "mil quinhentos". */
function upToMillions(digits: string, isBrazilian: boolean): string {
  const words = toCardinal(digits).replace(/\b(mil|milhão|milhões) (?=\p{L}+(?:entos|cem)$)/u, '$1 e ');
  return isBrazilian
    ? words.replace(/dezasseis|dezassete|dezanove|catorze/gu, (word) => BRAZILIAN_WORDS[word] ?? word)
    : words;
}

function withBillions(digits: string, isBrazilian: boolean): string {
  if (digits.length < 10) return upToMillions(digits, isBrazilian);
  const size = isBrazilian ? 9 : 6;
  const [large, rest] = [digits.slice(0, -size), digits.slice(-size).replace(/^0+/u, '')];
  const [one, many] = isBrazilian ? ['bilhão', 'bilhões'] : ['milhão', 'milhões'];
  const head = `${withBillions(large, isBrazilian)} ${large === '1' ? one : many}`;
  if (rest === '') return head;
  const isRound = /^\d{1,3}0*$/u.test(rest);
  return `${head} ${isRound ? 'e ' : ''}${upToMillions(rest, isBrazilian)}`;
}

const feminine = (words: string): string =>
  words.replace(/entos\b/gu, 'entas').replace(/\b(?:um|dois)$/u, (word) => FEMININE_WORDS[word] ?? word);

const MASCULINE =
  /^(?:dias?|problemas?|programas?|sistemas?|temas?|mapas?|planetas?|idiomas?|gramas?|quilogramas?|poemas?|climas?)$/iu;
const FEMININE =
  /^(?:vez|vezes|colher(?:es)?|partes?|noites?|tardes?|mulher(?:es)?|cidades?|vozes|classes?|mãos?|\p{L}+(?:ção|ções|dade|dades|gem|gens))$/iu;

function formBefore(word: string): Form {
  if (
    /^(?:de|do|da|dos|das|e|ou|a|à|as|às|o|os|por|em|com|que|é|são|para|até|entre|foi|se|na|no|mais|menos|mil)$/iu.test(
      word,
    )
  )
    return 'alone';
  if (FEMININE.test(word)) return 'feminine';
  return /as?$/u.test(word) && !MASCULINE.test(word) ? 'feminine' : 'masculine';
}

const PARTS: Readonly<Record<number, string>> = { 2: 'meio', 3: 'terço', 4: 'quarto' };

export const BRAZILIAN = portuguese(true);
export const PORTUGUESE = portuguese(false);

/** Portuguese of Brazil or of Portugal, which differ in some numbers and spellings. */
function portuguese(isBrazilian: boolean): RuledLanguage {
  const cardinal = (digits: string, form: Form = 'alone'): string => {
    const words = withBillions(digits, isBrazilian);
    return form === 'feminine' ? feminine(words) : words;
  };
  const say = (value: number): string => cardinal(`${value}`);
  const million: Noun = ['milhão', 'milhões'];
  const billion: Noun = isBrazilian ? ['bilhão', 'bilhões'] : ['mil milhões', 'mil milhões'];
  const part = (denominator: number): string => PARTS[denominator] ?? portugueseOrdinal(denominator, 'o');
  return {
    decimalMark: ',',
    spaceGroups: true,
    point: 'vírgula',
    pairsDecimals: true,
    signs: {
      and: 'e',
      plus: 'mais',
      minus: 'menos',
      times: 'vezes',
      by: 'por',
      plusMinus: 'mais ou menos',
      equals: 'igual a',
      less: 'é menor que',
      greater: 'é maior que',
      about: 'cerca de',
      percent: 'por cento',
      perThousand: 'por mil',
      range: 'a',
      score: 'a',
      per: 'por',
      dot: 'ponto',
      at: 'arroba',
      number: 'número',
      section: 'parágrafo',
      version: 'versão',
      hashtag: 'hashtag',
      sharp: 'sharp',
      squared: 'ao quadrado',
      cubed: 'ao cubo',
      power: 'elevado a',
      lessThan: 'menos de',
      moreThan: 'mais de',
      atMost: 'no máximo',
      atLeast: 'pelo menos',
      dividedBy: 'dividido por',
    },
    units: portugueseUnits(isBrazilian),
    currencies: PORTUGUESE_CURRENCIES,
    currencyNames: new Set('reais real euros euro dólares dólar pesos libras ienes'.split(' ')),
    articles: new Set(),
    million,
    billion,
    scales: {
      mil: ['mil', 'mil'],
      milhão: million,
      milhões: million,
      mi: million,
      // As written: "1,5 bilhão" is singular.
      bilhão: ['bilhão', 'bilhão'],
      bilhões: ['bilhões', 'bilhões'],
      bi: billion,
      trilhões: ['trilhões', 'trilhões'],
    },
    abbreviations: PORTUGUESE_ABBREVIATIONS,
    shortWords: PORTUGUESE_SHORT_WORDS,
    spelled: PORTUGUESE_SPELLED,
    references: portugueseReferences(cardinal),
    monthFirst: false,
    timeSuffixes: {},
    rules: PORTUGUESE_RULES,
    cardinal,
    groupWords: (digits) => digitWords(digits, cardinal),
    year: (digits) => cardinal(digits),
    formBefore,
    withHundredths: (amount, hundredths, noun) => `${amount} e ${hundredths} ${noun[1]}`,
    ofScale: (noun) => (noun === '' ? '' : 'de '),
    date: ({ day, month, year }) =>
      `${day === 1 ? 'primeiro' : say(day)} de ${MONTHS[month - 1] ?? ''} de ${cardinal(year)}`,
    time: (hour, minute) => {
      const hours = `${cardinal(`${hour}`, 'feminine')} ${hour < 2 ? 'hora' : 'horas'}`;
      return minute === 0 ? hours : `${hours} e ${say(minute)}`;
    },
    fraction: (numerator, denominator) => {
      if (denominator > 10 || denominator === 1) return `${say(numerator)} sobre ${say(denominator)}`;
      return `${say(numerator)} ${part(denominator)}${numerator > 1 ? 's' : ''}`;
    },
    half: (form) => ({ alone: 'um meio', masculine: 'meio', neuter: 'meio', feminine: 'meia' })[form],
    mixed: (whole, noun, [numerator, denominator], form) => {
      const half = form === 'feminine' ? 'meia' : 'meio';
      const words = denominator === 2 ? half : `${say(numerator)} ${part(denominator)}${numerator > 1 ? 's' : ''}`;
      return `${whole} ${noun} e ${words}`.replace('  ', ' ');
    },
  };
}
