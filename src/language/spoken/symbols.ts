import { type Rewrite, rewrite, type SpokenText } from './spoken-text.ts';

/**
 * A language's words for symbols that espeak-ng reads in the wrong order or not at all. Amounts: singular, then plural.
 */
interface SymbolWords {
  readonly and: string;
  readonly dot: string;
  readonly sharp: string;
  readonly celsius: string;
  readonly fahrenheit: string;
  readonly dollar: readonly [string, string];
  readonly taiwanDollar: readonly [string, string];
  readonly pound: readonly [string, string];
  readonly euro: readonly [string, string];
  readonly yen: readonly [string, string];
}

/**
 * For languages whose numbers are left to the voice. In the order: and, dot, sharp, °C, °F, then singular and plural of dollar, pound, euro, yen, Taiwan dollar. In
 * languages that are missing here, the word depends on the number; they keep espeak-ng's reading.
 */
const table: Readonly<Record<string, string>> = {
  nl: 'en|punt|sharp|graden Celsius|graden Fahrenheit|dollar|dollar|pond|pond|euro|euro|yen|yen|Taiwanese dollar|Taiwanese dollar',
  sv: 'och|punkt|sharp|grader Celsius|grader Fahrenheit|dollar|dollar|pund|pund|euro|euro|yen|yen|Taiwandollar|Taiwandollar',
  da: 'og|punktum|sharp|grader Celsius|grader Fahrenheit|dollar|dollar|pund|pund|euro|euro|yen|yen|taiwanske dollar|taiwanske dollar',
  nb: 'og|punktum|sharp|grader Celsius|grader Fahrenheit|dollar|dollar|pund|pund|euro|euro|yen|yen|taiwanske dollar|taiwanske dollar',
};

function wordsFor(primary: string): SymbolWords | undefined {
  const row = table[primary];
  if (row === undefined) return undefined;
  const [and = '', dot = '', sharp = '', celsius = '', fahrenheit = '', ...money] = row.split('|');
  const amount = (at: number): readonly [string, string] => [money[at] ?? '', money[at + 1] ?? ''];
  const names = { dollar: amount(0), pound: amount(2), euro: amount(4), yen: amount(6), taiwanDollar: amount(8) };
  return { and, dot, sharp, celsius, fahrenheit, ...names };
}

const hostOf =
  /\b(?:[Hh][Tt][Tt][Pp][Ss]?:\/\/|[Ww]{3}\.)(?:[Ww]{3}\.)?([\p{L}\d.-]+[\p{L}\d])(?::\d+)?(?:[/?#]\S*[^\s.,;:!?)'"])?\/?/gu;
const amountBefore =
  /([Nn][Tt]\$|[Uu][Ss]\$|[$€£¥])\s?(\d{1,16}(?:[.,]\d{1,16}){0,6})(\s?(?:[Tt]housand|[MmBb]illi?ons?|[Tt]rillions?|[Mm][iu]ll?i\S{0,12}|[Bb]ilh\S{0,12}|Mrd\.|Mio\.))?/gu;
const amountAfter = /(\d{1,16}(?:[.,]\d{1,16}){0,6})\s?([$€£¥])/gu;

/**
 * Web addresses become their host ("https://www.example.com/a?b" → "example dot com"), amounts are spoken number first,
 * and "&", "°C", "°F" and "C#" as words.
 */
export function sayableSymbols(spoken: SpokenText, primary: string): SpokenText {
  const words = wordsFor(primary);
  const result = rewrite(spoken, hostOf, ([, host = '']) => (words ? host.replaceAll('.', ` ${words.dot} `) : host));
  return words === undefined ? result : symbolsInWords(result, words);
}

function symbolsInWords(spoken: SpokenText, words: SymbolWords): SpokenText {
  const rules: readonly (readonly [pattern: RegExp, say: Rewrite])[] = [
    [amountBefore, ([, sign = '', number = '', scale = '']) => `${number}${scale} ${moneyOf(words, sign, number)}`],
    [amountAfter, ([, number = '', sign = '']) => `${number} ${moneyOf(words, sign, number)}`],
    [/&/gu, () => ` ${words.and} `],
    [/°\s?C\b/gu, () => ` ${words.celsius}`],
    [/°\s?F\b/gu, () => ` ${words.fahrenheit}`],
    [/\b([CF])#/gu, ([, letter = '']) => `${letter} ${words.sharp}`],
  ];
  return rules.reduce((result, [pattern, say]) => rewrite(result, pattern, say), spoken);
}

function moneyOf(words: SymbolWords, sign: string, number: string): string {
  const many = number === '1' ? 0 : 1;
  switch (sign.toUpperCase()) {
    case 'NT$':
      return words.taiwanDollar[many];
    case '€':
      return words.euro[many];
    case '£':
      return words.pound[many];
    case '¥':
      return words.yen[many];
    default:
      return words.dollar[many];
  }
}
