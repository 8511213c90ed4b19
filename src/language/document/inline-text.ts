import { cutAt } from '../runs.ts';
import { gluedEnds } from '../sentences/glued.ts';

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** "[1]", "[12]", "[a]", "[^note]", "[citation needed]", directly after a word or its punctuation. */
const MARKS =
  /(?<=[^\s([{])\[(?:\d{1,3}|[a-h]|\^[^\s\]]{1,50}|(?:note|nb|Anm\.) ?\d{1,3}|citation needed|clarification needed|edit|Bearbeiten|modifier|來源請求|来源请求)\](?=[\s\p{P}\p{Script=Han}]|$)/gu;
/** "text [1].", "text [^1]" */
const MARKS_BEFORE_STOP = /\s\[(?:\d{1,3}\](?=[.,;:])|\^[^\s\]]{1,50}\])/gu;
/** A raised figure after the end of a sentence or a long word; "m²" and "10²" are powers. */
const RAISED_MARKS = /(?<=[.!?,;:…”"»)。，！？」]|\p{L}{4})[⁰¹²³⁴-⁹]{1,3}(?=[\s\p{P}]|$)/gu;

/**
 * Running text without the marks of footnotes. `follows` is true if text is directly before it, so that a mark at its
 * beginning is one.
 */
export function withoutFootnoteMarks(text: string, follows: boolean): string {
  const whole = follows ? `.${text}` : text;
  const bare = whole.replace(MARKS, '').replace(MARKS_BEFORE_STOP, '').replace(RAISED_MARKS, '');
  return follows ? bare.slice(1) : bare;
}

/** "It was hot.The road" → "It was hot. The road": spoken, a full stop inside a word is "dot". */
export function withSpacesBetweenSentences(text: string): string {
  return cutAt(text, gluedEnds(text)).join(' ');
}

/** "2" → "²"; characters that have no raised form are kept. */
export function raised(text: string): string {
  return text.replace(/\d/gu, (digit) => RAISED.charAt(Number(digit)));
}
