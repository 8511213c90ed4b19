import { hasContent } from '../clean.ts';
import type { Block } from './block.ts';

/** One or several hashtags without a space: "#travel", "#旅遊#美食", "#话题#". A number alone is a rank: "#1". */
const HASHTAGS = /^(?:[#＃]{1,2}(?=[\p{L}\p{M}\p{N}_]{0,40}\p{L})[\p{L}\p{M}\p{N}_]{1,60}){1,20}[#＃]?[.。]?$/u;
/** Ends a sentence, or is a sign after one; a hashtag that follows other words is a part of their sentence. */
const CLOSED = /[.!?。！？…:：;；"'”’»」』)）\p{Extended_Pictographic}]\uFE0F?$/u;
/** UTF-16 units. A longer word is none. */
const LONGEST = 400;

/**
 * The blocks of a text without the hashtags at its end, which are neither spoken nor shown: "See you there! #travel #food".
 * One hashtag that ends a sentence is a word of it, and a text of only hashtags is kept.
 */
export function withoutHashtags(blocks: readonly Block[]): Block[] {
  const kept = [...blocks];
  for (let last = kept.at(-1); last !== undefined && last.kind !== 'code'; last = kept.at(-1)) {
    const text = withoutEndingTags(last.text);
    if (text === last.text) break;
    kept.pop();
    if (hasContent(text)) return [...kept, { ...last, text }];
  }
  return kept.length === 0 ? [...blocks] : kept;
}

function withoutEndingTags(text: string): string {
  let end = text.length;
  let count = 0;
  for (let begin = lastWordOf(text, end); HASHTAGS.test(text.slice(begin, end)); begin = lastWordOf(text, end)) {
    count += 1;
    end = begin;
    while (end > 0 && /\s/u.test(text.charAt(end - 1))) end -= 1;
  }
  const kept = text.slice(0, end);
  const isApart = kept === '' || text.charAt(end) === '\n' || CLOSED.test(kept.slice(-4));
  return count > 1 || (count === 1 && isApart) ? kept : text;
}

/** Where the word that ends at `end` begins, or `LONGEST` before it. */
function lastWordOf(text: string, end: number): number {
  let begin = end;
  while (begin > 0 && end - begin < LONGEST && !/\s/u.test(text.charAt(begin - 1))) begin -= 1;
  return begin;
}
