import type { Segment } from './han-ties.ts';

/** A word that ends with "上" or "下", which may belong to the time after it: "台|股上|週五". */
const TORN_FROM_TIME = /^\p{Script=Han}[上下]$/u;
const TIME_AFTER = /^(?:[週周季]|[個个]月|星期|[禮礼]拜|半[年場场季])/u;
/** Words of their own, whatever follows: "早上", "網上", "樓下". */
const WHOLE =
  /^(?:[早晚网網线線路山地树樹海街身手头頭世天床桌墙牆马馬以船车車岸岛島心]上|[地树樹楼樓山手天乡鄉以之底脚腳台臺水当當如余餘]下)$/u;

/**
 * The segments of a text, word for word as the Unicode segmenter gives them, but with "last" and "next" beside their time:
 * "台|股|上週五", which the segmenter tears into "台|股上|週五". `language` is a BCP 47 tag; throws RangeError for a malformed one.
 */
export function wordSegments(text: string, language: string): Segment[] {
  const segments: Segment[] = [];
  for (const { segment, index } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    const before = segments.at(-1);
    const isTorn =
      before !== undefined &&
      TORN_FROM_TIME.test(before.segment) &&
      !WHOLE.test(before.segment) &&
      TIME_AFTER.test(text.slice(index, index + 2));
    if (!isTorn) segments.push({ segment, index });
    else {
      const [noun = '', side = ''] = before.segment;
      segments.splice(-1, 1, { ...before, segment: noun }, { segment: side + segment, index: index - side.length });
    }
  }
  return segments;
}
