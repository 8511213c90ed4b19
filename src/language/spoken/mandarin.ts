import { digitByDigit, mandarinNumber } from './mandarin-numbers.ts';
import { type Rewrite, rewrite, type SpokenText } from './spoken-text.ts';

/**
 * Syllables in -iong, which espeak-ng's Mandarin cannot pronounce: it spells them with English letters. Written without
 * the i they are pronounced correctly, since x, q and j are soft before any vowel. Characters of U+4E00 to U+9FFF,
 * found by speaking each one; with 兒 they are all of that block that it cannot read.
 */
const iong: Readonly<Record<string, string>> = {
  xong1: '兄兇凶匈哅忷恟汹洶胷胸芎訩詾讻賯',
  xong2: '熊雄赨',
  xong4: '夐敻詗诇',
  qong1: '匔',
  qong2: '儝卭宆惸桏棾橩焪焭煢琼瓊睘瞏穷穹窘窮竆笻筇茕藑藭蛩赹跫輁邛銎',
  jong1: '冂冋坰埛扃絅蘏蘔駉駫幜',
  jong3: '侰僒冏囧泂澃炯烱煚煛熲綗皛褧迥逈顈颎',
};
const iongSyllables = new Map(
  Object.entries(iong).flatMap(([syllable, characters]) =>
    Array.from(characters, (one) => [one, ` ${syllable} `] as const),
  ),
);

const money: Readonly<Record<string, string>> = {
  NT$: '元台幣',
  US$: '美元',
  $: '美元',
  '€': '歐元',
  '£': '英鎊',
  '¥': '元',
};
const units: Readonly<Record<string, string>> = {
  km: '公里',
  kg: '公斤',
  cm: '公分',
  mm: '公釐',
  m: '公尺',
  g: '公克',
};

const plain = (digits: string): string => mandarinNumber(digits.replaceAll(',', ''));

/**
 * Numbers have at most 16 digits, and as many after the decimal point: longer ones are read digit by digit. A pattern
 * without that limit would try every digit of a long number as a beginning.
 *
 * Ordered from specific to general; each rule leaves no digits for the next.
 */
const rules: readonly (readonly [pattern: RegExp, say: Rewrite])[] = [
  [
    /https?:\/\/(?:www\.)?([\w.-]+\w)(?:[/?#][\w\-./?#%&=+~:@]*)?|www\.([\w.-]+\w)(?:\/[\w\-./?#%&=+~]*)?/giu,
    ([, a, b]) => (a ?? b ?? '').replaceAll('.', ' 點 '),
  ],
  [
    /(?<![\d-])(?:0\d{1,3}|\d{3,4})-\d{3,4}-\d{3,4}(?![\d-])/gu,
    ([telephone]) => digitByDigit(telephone).replaceAll('-', ' '),
  ],
  [/(\d{1,16})⁄(\d{1,16})/gu, ([, part = '', whole = '']) => `${plain(whole)}分之${plain(part)}`],
  [
    /(?<![\d/-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])/gu,
    ([, y = '', m = '', d = '']) => `${digitByDigit(y)}年${plain(`${Number(m)}`)}月${plain(`${Number(d)}`)}日`,
  ],
  [
    /(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])/gu,
    ([, h = '', m = '']) => `${plain(`${Number(h)}`)}點${m === '00' ? '' : `${plain(`${Number(m)}`)}分`}`,
  ],
  [/(?<!\d)(\d{4})(?=\s*年|\s?[-~–—]\s?\d{4}\s*年)/gu, ([, year = '']) => digitByDigit(year)],
  [/(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?%/gu, ([, n = '']) => `百分之${plain(n)}`],
  [
    /([Nn][Tt]\$|[Uu][Ss]\$|[$€£¥])\s?(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)(\s?[萬万億亿兆千百]{1,4})?/gu,
    ([, sign = '', n = '', scale = '']) => `${plain(n)}${scale}${money[sign.toUpperCase()] ?? ''}`,
  ],
  [
    /(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?([$€£¥])/gu,
    ([, n = '', sign = '']) => `${plain(n)}${money[sign] ?? ''}`,
  ],
  [
    /(-?)(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?°\s?C/gu,
    ([, minus, n = '']) => `攝氏${minus ? '零下' : ''}${plain(n)}度`,
  ],
  [
    /(-?)(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)\s?°\s?F/gu,
    ([, minus, n = '']) => `華氏${minus ? '零下' : ''}${plain(n)}度`,
  ],
  [/°/gu, () => '度'],
  [/(?<=\d\s?)(km|kg|cm|mm|m|g)(?![\p{Script=Latin}\d])/gu, ([, unit = '']) => units[unit]],
  [
    /\s?[-~–—]\s?(?=[1-9零一二三四五六七八九十])/gu,
    ({ input, index }) =>
      /[1-9]\d{0,15}$|[零一二三四五六七八九年月日點分]$/u.test(input.slice(Math.max(0, index - 16), index))
        ? '到'
        : undefined,
  ],
  [/(?<![\p{Script=Latin}\d.])2(?=\s?[個个次種种位天歲岁件張张隻只本條条年倍])/gu, () => '兩'],
  [/(?<![\p{Script=Latin}\d.-])\d{11,}(?![\d,.])/gu, ([digits]) => digitByDigit(digits)],
  [
    /(?<![\p{Script=Latin}\d]|\d[.,])(-?)(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,16})?|\d{1,16}(?:\.\d{1,16})?)/gu,
    ([, minus, n = '']) => `${minus ? '負' : ''}${plain(n)}`,
  ],
  [/\s?&\s?/gu, () => '和'],
  [/\s?[=]\s?/gu, () => '等於'],
  [/(?<=\S)\s*\+\s*(?=\S)/gu, () => '加'],
  [/[#~]/gu, () => ' '],
  [/兒(?=子)/gu, () => '儿'],
  // In 這兒, 健兒 and similar words it is spelled in English; 而 has its full reading.
  [/[兒儿](?!子)/gu, () => '而'],
  [/\p{Script=Han}/gu, ([character]) => iongSyllables.get(character)],
];

/**
 * Converts numbers, dates, amounts and addresses to words, and syllables that espeak-ng's Mandarin cannot pronounce to
 * ones that it can.
 */
export function sayableMandarin(spoken: SpokenText): SpokenText {
  return rules.reduce((result, [pattern, say]) => rewrite(result, pattern, say), spoken);
}
