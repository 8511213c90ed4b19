import { sayAddresses } from '../addresses.ts';
import { numeralOf, shifted } from '../numerals.ts';
import { rewrite, type SpokenText } from '../spoken-text.ts';
import { digitByDigit, mandarinNumber } from './mandarin-numbers.ts';
import { REFERENCES, type MandarinRule as Rule } from './mandarin-references.ts';
import { MAINLAND, type MandarinWords, TAIWAN } from './mandarin-words.ts';

const SCALES: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, B: 9, bn: 9 };
const VULGAR: Readonly<Record<string, string>> = {
  '½': '二分之一',
  '⅓': '三分之一',
  '⅔': '三分之二',
  '¼': '四分之一',
  '¾': '四分之三',
  '⅕': '五分之一',
  '⅛': '八分之一',
  '⅜': '八分之三',
  '⅝': '八分之五',
  '⅞': '八分之七',
};
const POWERS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Digits with commas as a number in the characters of the region. */
const plain = (words: MandarinWords, digits: string): string =>
  words.number(mandarinNumber(digits.replaceAll(',', '')));
/** Before a noun, two alone is 兩. */
const counted = (words: MandarinWords, digits: string): string => (digits === '2' ? words.two : plain(words, digits));
/** Without leading zeros. */
const value = (words: MandarinWords, digits: string): string => plain(words, `${Number(digits)}`);

/** "5M" → 五百萬, "20k" → 兩萬, "6.40" → 六點四. */
function amount(words: MandarinWords, digits: string, scale: string): string {
  const numeral = numeralOf(digits, '.');
  if (numeral === undefined) return plain(words, digits) + scale;
  const { whole, decimals } = shifted(numeral, SCALES[scale.trim()] ?? 0);
  const fraction = decimals.replace(/0{1,16}$/u, '');
  const number = counted(words, fraction === '' ? whole : `${whole}.${fraction}`);
  return SCALES[scale.trim()] === undefined ? number + scale.trim() : number;
}

/** The second part of "1億2,000萬". */
function restOf(words: MandarinWords, part: string): string {
  const [, digits = '', scale = ''] = /^\s?([\d,]+)\s?(.)$/u.exec(part) ?? [];
  return digits === '' ? '' : amount(words, digits, scale);
}

/** "5 km", "20k", "4K" (a name) and "時速60km/h", where the rate is said already. */
function unitInWords(
  words: MandarinWords,
  { 1: digits = '', 2: unit = '', input, index }: RegExpExecArray,
): string | undefined {
  if (unit === 'K' && digits.length === 1) return undefined;
  if (Object.hasOwn(SCALES, unit)) return amount(words, digits, unit);
  const said = words.units[unit] ?? compoundUnit(words, unit);
  const isRate = /[時时]速[約约]?$/u.test(input.slice(Math.max(0, index - 3), index));
  return (isRate ? said?.replace(/^每小[時时]/u, '') : said)?.replace('#', counted(words, digits));
}

/** "kg/m²" → 每平方公尺#公斤. */
function compoundUnit({ units }: MandarinWords, unit: string): string | undefined {
  const [part, whole, ...others] = unit.split('/');
  const [said, per] = [units[part ?? ''], units[whole ?? '']];
  return said === undefined || per === undefined || others.length > 0 ? undefined : `每${per.replace('#', '')}${said}`;
}

/** "2/14" is most often a day: no fraction has a denominator like that, except before 的. */
function fractionOrDay(words: MandarinWords, part: string, whole: string, next: string): string {
  const isDate = (Number(whole) > 10 && next !== '的') || /[勞劳國国情(（]/u.test(next);
  const isDay = Number(part) <= 12 && Number(whole) <= 31 && isDate;
  return isDay ? `${value(words, part)}月${value(words, whole)}日` : `${plain(words, whole)}分之${plain(words, part)}`;
}

/**
 * Numbers have at most 16 digits, and as many after the decimal point: longer ones are read digit by digit. A pattern
 * without that limit would try every digit of a long number as a beginning.
 *
 * Ordered from specific to general; each rule leaves no digits for the next.
 */
const RULES: readonly Rule[] = [
  [/(?<=\d)_(?=\d)/gu, () => () => ''],
  // The shops.
  [/(?<![\d-])7-(?:11(?![\d%./個个天歲岁月日點点人年號号次])|[Ee][Ll][Ee][Vv][Ee][Nn])/gu, () => () => 'seven eleven'],
  [
    /(?<![\d\p{Script=Latin}])-(?=\d{1,3}(?:\.\d{1,3})?度)/gu,
    ({ belowZero }) =>
      () =>
        belowZero,
  ],
  [
    /(?<=\p{Script=Latin}{2})\.(?=[a-z]{2})/gu,
    ({ dot }) =>
      () =>
        ` ${dot} `,
  ],
  ...REFERENCES,
  [
    /(\d{0,4})([½⅓⅔¼¾⅕⅛⅜⅝⅞])/gu,
    (words) =>
      ([, whole = '', part = '']) =>
        `${whole === '' ? '' : `${plain(words, whole)}又`}${VULGAR[part]}`,
  ],
  [
    /(?<![\d/-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])/gu,
    (words) =>
      ([, y = '', m = '', d = '']) =>
        `${digitByDigit(y)}年${value(words, m)}月${value(words, d)}日`,
  ],
  [
    /(?<![\d/])(\d{1,4})\/(\d{1,4})(?![\d/])/gu,
    (words) =>
      ({ 0: found, 1: part = '', 2: whole = '', input, index }) =>
        fractionOrDay(words, part, whole, input.charAt(index + found.length)),
  ],
  [
    /(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])/gu,
    (words) =>
      ([, h = '', m = '']) => {
        const minutes = m === '00' ? '' : `${m.startsWith('0') ? '零' : ''}${value(words, m)}分`;
        return `${counted(words, `${Number(h)}`)}${words.hour}${minutes}`;
      },
  ],
  [
    /(?<![\d:])(\d{1,3}):(\d{1,3})(?![\d:])/gu,
    (words) =>
      ([, a = '', b = '']) =>
        `${plain(words, a)}比${plain(words, b)}`,
  ],
  [
    /(?<=[以為为]|比[分數数])(\d{1,3})[-–](\d{1,3})(?![\d-])/gu,
    (words) =>
      ([, a = '', b = '']) =>
        `${plain(words, a)}比${plain(words, b)}`,
  ],
  [
    /(?<!\d)(\d{4})(?=\s*年|\s?[-~–—]\s?\d{4}\s*年|[-–]\d{2,4}[賽赛學学年])/gu,
    () =>
      ([, year = '']) =>
        digitByDigit(year),
  ],
  // Numbers to call.
  [
    /(?<=(?:[拨撥]打?|打(?=1[12]\d(?!\d))|[电電][话話]|[热熱][线線]|[专專][线線])[是为為:]?\s?(?:\d{3,5}[或和、])?)\d{3,10}(?!\d|[,.]\d|[%萬万億亿千百個个人次通部台臺元種种支])/gu,
    () =>
      ([digits]) =>
        digitByDigit(digits),
  ],
  [/(?:№|\b[Nn][Oo]\.|#)\s?(?=\d)/gu, () => () => '第'],
  [
    /(?<![\d%°C年月日點点分度元]\s?)[~≈]\s?(?=\d)/gu,
    ({ about }) =>
      () =>
        about,
  ],
  [
    /(?<![\p{Script=Latin}\d])v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?![\d.])/gu,
    (words) =>
      ([found, a = '', b = '', c = '']) =>
        `${found.startsWith('v') ? '版本' : ''}${[a, b, c].map((part) => plain(words, part)).join(words.dot)}`,
  ],
  [
    /(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?([%‰])/gu,
    (words) =>
      ([, n = '', sign]) =>
        sign === '‰' ? `千分之${plain(words, n)}` : `百分之${n === '100' ? '百' : plain(words, n)}`,
  ],
  [
    /((?:[Nn][Tt]|[Uu][Ss]|HK|AU?|CA?|S|R)?\$|[€£¥₩])\s?(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)(\s?[萬万億亿兆千百]{1,4}|[kKMB](?!\p{Script=Latin})|bn\b)?((?<=[億亿兆])\s?(?:\d{1,3},\d{3}|\d{1,4})\s?[萬万億亿])?(?:[美歐欧港澳]?元)?/gu,
    (words) =>
      ([, sign = '', n = '', scale = '', rest = '']) =>
        words.money[sign.toUpperCase()]?.replace('#', amount(words, n, scale) + restOf(words, rest)),
  ],
  [
    /(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?([$€£¥₩])/gu,
    (words) =>
      ([, n = '', sign = '']) =>
        words.money[sign]?.replace('#', amount(words, n, '')),
  ],
  [
    /(-?)(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?°\s?([CF])/gu,
    (words) =>
      ([, minus, n = '', scale]) =>
        (scale === 'C' ? words.celsius : words.fahrenheit).replace(
          '#',
          `${minus ? words.belowZero : ''}${plain(words, n)}`,
        ),
  ],
  [/°/gu, () => () => '度'],
  [
    /(?<![\p{Script=Latin}\d]|\d[.,])(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?([A-Za-zμΩ]{1,4}[²³]?(?:\/[A-Za-zμ]{1,3}[²³]?)?)(?![\p{Script=Latin}\d²³/])/gu,
    (words) => (match) => unitInWords(words, match),
  ],
  [
    /([⁰¹²³⁴-⁹]{1,3})/gu,
    (words) =>
      ([power = '']) => {
        if (power === '²') return '的平方';
        if (power === '³') return '的立方';
        const digits = Array.from(power, (sign) => POWERS.indexOf(sign)).join('');
        return `的${plain(words, digits)}次方`;
      },
  ],
  [
    /\s?[-~–—]\s?(?=[1-9零一二三四五六七八九十兩两百攝摄華华])/gu,
    () =>
      ({ input, index }) =>
        /[1-9]\d{0,15}$|[零一二三四五六七八九十百千萬億万亿年月日點点分度元]$/u.test(
          input.slice(Math.max(0, index - 16), index),
        )
          ? '到'
          : undefined,
  ],
  [
    /(?<![\p{Script=Latin}\d.第])2(?=\s?[萬万億亿千百個个次種种位天歲岁件張张隻只本條条年倍點点人公小份台輛辆家間间分秒元塊块])/gu,
    ({ two }) =>
      () =>
        two,
  ],
  [
    /(?<![\p{Script=Latin}\d.-])\d{11,}(?![\d,.])/gu,
    () =>
      ([digits]) =>
        digitByDigit(digits),
  ],
  [
    /(?<![\p{Script=Latin}\d]|\d[.,])(-?)(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)/gu,
    (words) =>
      ([, minus, n = '']) =>
        `${minus ? words.negative : ''}${plain(words, n)}`,
  ],
  [/(?<=\p{Script=Latin})\+\+/gu, () => () => '加加'],
  [
    /\b([A-GJ])#/gu,
    () =>
      ([, letter = '']) =>
        `${letter} sharp`,
  ],
  [/\s?&\s?/gu, () => () => '和'],
  [
    /\s?[=]\s?/gu,
    ({ equals }) =>
      () =>
        equals,
  ],
  [
    /(?<=[\p{L}\p{N}]\s?)<\s?(?=[\p{L}\p{N}])/gu,
    ({ less }) =>
      () =>
        less,
  ],
  [
    /(?<=[\p{L}\p{N}]\s?)>\s?(?=[\p{L}\p{N}])/gu,
    ({ greater }) =>
      () =>
        greater,
  ],
  [
    /((?<![\p{L}\p{N}<>])[<>]|[≤≥])\s?(?=[\d零一二三四五六七八九十百兩两])/gu,
    ({ less, greater, equals }) =>
      ([, sign = '']) =>
        `${/[<≤]/u.test(sign) ? less : greater}${/[≤≥]/u.test(sign) ? equals : ''}`,
  ],
  [/(?<=\S)\s*×\s*(?=\S)/gu, () => () => '乘'],
  [/(?<=\S)\s*\+\s*(?=\S)/gu, () => () => '加'],
  [/[#~≈]/gu, () => () => ' '],
];

/** Converts numbers, dates, amounts, units and addresses to the words of Taiwan or of the mainland. */
export function mandarinForm(spoken: SpokenText, isMainland: boolean): SpokenText {
  const words = isMainland ? MAINLAND : TAIWAN;
  const signs = { dot: words.dot, at: 'at', plus: '加' };
  const addressed = sayAddresses(spoken, signs, digitByDigit);
  return RULES.reduce((result, [pattern, say]) => rewrite(result, pattern, say(words)), addressed);
}
