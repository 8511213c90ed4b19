import { CHINESE_MATHEMATICS } from '../languages/mathematics.ts';
import type { Rewrite } from '../spoken-text.ts';
import { digitByDigit, mandarinNumber } from './mandarin-numbers.ts';
import type { MandarinWords } from './mandarin-words.ts';

export type MandarinRule = readonly [pattern: RegExp, say: (words: MandarinWords) => Rewrite];

const number = (words: MandarinWords, digits: string): string => words.number(mandarinNumber(`${Number(digits)}`));

/** Chapter, verse and last verse. */
const verse =
  (chapterWord: string) =>
  (words: MandarinWords): Rewrite =>
  ([, chapter = '', first = '', last]) =>
    `${number(words, chapter)}${chapterWord}${number(words, first)}${last === undefined ? '' : `到${number(words, last)}`}${words.verse}`;

/** Numbers that count nothing: places in books, rooms, postcodes, models, and spans of days. */
export const REFERENCES: readonly MandarinRule[] = [
  [
    /[≠√∞∑∫∈⇒∂⁄≡∝]/gu,
    ({ negative }) =>
      ([sign]) =>
        CHINESE_MATHEMATICS[negative === '负' ? 1 : 0][sign],
  ],
  [/(?<=[詩诗]篇)\s?(\d{1,3})[:：](\d{1,3})(?:[-–](\d{1,3}))?(?![\d:])/gu, verse('篇')],
  [
    /(?<=福音|行[傳传]|箴言|雅歌|[啟启]示[錄录]|(?:[創创]世|出埃及|利未|民[數数]|申命|[約约]伯|士[師师]|路得)[記记紀纪]|(?:[羅罗][馬马]|希伯[來来]|雅各|以[賽赛][亞亚]|但以理|加拉太|以弗所|腓立比|歌[羅罗]西|[傳传]道|[前後后一二三])[書书])\s?(\d{1,3})[:：](\d{1,3})(?:[-–](\d{1,3}))?(?![\d:])/gu,
    verse('章'),
  ],
  [/(?<![\d/])24\/7(?![\d/])/gu, () => () => '全天候'],
  [
    /(?<=波音\s?)7\d7(?!\d)/gu,
    () =>
      ([digits]) =>
        digitByDigit(digits),
  ],
  [
    /(?<!\d)\d{3,4}(?=[號号][房室])/gu,
    () =>
      ([digits]) =>
        digitByDigit(digits),
  ],
  [
    /(?<=(?:[郵邮]遞?[區区]?[編编號号碼码]{1,2})[:：]?\s?)\d{3,6}(?!\d)/gu,
    () =>
      ([digits]) =>
        digitByDigit(digits),
  ],
  [
    /(?<=(?:[週周]|星期|[禮礼]拜)[一二三四五六日天])\s?[-–—~～]\s?(?=(?:[週周]|星期|[禮礼]拜)?[一二三四五六日天])/gu,
    () => () => '到',
  ],
];
