import type { Segment } from './han-ties.ts';

/** A word that ends with "上" or "下", which may belong to the time after it: "台|股上|週五". */
const TORN_FROM_TIME = /^\p{Script=Han}[上下]$/u;
const TIME_AFTER = /^(?:[週周季]|[個个]月|星期|[禮礼]拜|半[年場场季])/u;
/** Words of their own, whatever follows: "早上", "網上", "樓下". */
const WHOLE =
  /^(?:[早晚网網线線路山地树樹海街身手头頭世天床桌墙牆马馬以船车車岸岛島心]上|[地树樹楼樓山手天乡鄉以之底脚腳台臺水当當如余餘]下)$/u;
/** Words that the segmenter does not know and whose first character it may give to the word before: "3名|下单", "手机下|单". */
const TORN_WORDS: ReadonlySet<string> = new Set(
  `下单 下單 下架 下课 下課 下调 下調 下注 下雨 下雪 下班 下车 下車 上传 上傳 上车 上車 上菜 上锁 上鎖 上调 上調 上班 上课 上課 背对 背對 校对 校對 外卖
  外賣 外送 前来 前來 着火 著火 站点 站點`.split(/\s+/u),
);
/** What counts people or days, with the first character of such a word: "第一天下|雨". */
const TORN_FROM_COUNT = /^[名位天個个][上下]$/u;
const NUMERAL = /[\p{Nd}〇零一二两兩三四五六七八九十百千万萬几幾数數]$/u;

/**
 * The segments of a text, word for word as the Unicode segmenter gives them, but with "last" and "next" beside their time:
 * "台|股|上週五", which the segmenter tears into "台|股上|週五". `language` is a BCP 47 tag; throws RangeError for a malformed one.
 */
export function wordSegments(text: string, language: string): Segment[] {
  const segments: Segment[] = [];
  const joinLast = (segment: string, index: number): void => {
    const { segment: before = '', index: start = 0 } = segments.pop() ?? {};
    const first = before.slice(0, -1);
    if (first !== '') segments.push({ segment: first, index: start });
    segments.push({ segment: before.slice(-1) + segment, index: index - 1 });
  };
  for (const { segment, index } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    const before = segments.at(-1);
    const isTorn =
      before !== undefined &&
      TORN_FROM_TIME.test(before.segment) &&
      !WHOLE.test(before.segment) &&
      TIME_AFTER.test(text.slice(index, index + 2));
    if (isTorn || isTornWord(segment, before?.segment ?? '', segments.at(-2)?.segment ?? '')) joinLast(segment, index);
    else segments.push({ segment, index });
  }
  return segments;
}

/** True if the last character of the segment before begins the word that `segment` ends. */
function isTornWord(segment: string, before: string, earlier: string): boolean {
  if (!TORN_WORDS.has(before.slice(-1) + segment)) return false;
  return before.length === 1 || (TORN_FROM_COUNT.test(before) && NUMERAL.test(earlier));
}
