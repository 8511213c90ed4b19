import { unbreakableSpans } from '../sentences/unbreakable.ts';
import { hanTies } from './han-ties.ts';
import { wordSegments } from './word-segments.ts';

/** Scripts that put no space between words; only in them may a line break without a space. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3001-\u303F\uFF01-\uFF60]/u;
/** May not begin a line. */
const CLINGS_BACK =
  /^[\p{Pe}\p{Pf}\p{M}!%,.:;?}\]¢°·ˇˉ―‖’”…‰′″›℃∶、。〃〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！％＇），．：；？］｜｝～ー々〜—]/u;
/** May not end a line. */
const CLINGS_ON = /[\p{Ps}\p{Pi}#$£¥€‘“〈《「『【〔〖（［｛＄￡￥]$/u;

/** The same across a space, as in French typography; German reverses its guillemets and sets no spaces. */
const CLINGS_BACK_SPACED = {
  de: /^[!?:;%‰°€$£¥)\]}、。，！？；：」』）》…]/u,
  other: /^[!?:;%‰°€£¥)\]}»›、。，！？；：」』）》…]/u,
};
const CLINGS_ON_SPACED = { de: /[([{（「『《]$/u, other: /[([{«‹¿¡（「『《]$/u };

/** The number of an item, at the beginning of a sentence. */
const LIST_NUMBER = /(?:^|(?<!\d)[.!?:;。！？：；\n]|[.!?:;。！？：；\n]\s)\d{1,2}\. $/u;
/** The dash before what the next speaker says. */
const DIALOGUE_DASH = /(?:^|[.!?…»"”]\s)[—–]\s$/u;
/** UTF-16 units of either, with what is before it. */
const LONGEST_NUMBER = 6;

/**
 * The offsets after which a line of a text may end, in UTF-16 units, ascending; the last is the length of the text. It is the
 * one rule for captions, headlines and cards: at white space (not at U+00A0), in scripts without spaces between words, never
 * before closing punctuation or inside an amount, a date, a name with its title or a telephone number. A longer one than
 * `longestKept` units may be torn. `language` is a BCP 47 tag; throws INVALID_INPUT for a malformed one. Takes linear time.
 */
export function lineEndsOf(text: string, language: string, longestKept = Number.POSITIVE_INFINITY): number[] {
  const ends: number[] = [];
  const kept = unbreakableSpans(text, language).filter(({ start, end }) => end - start <= longestKept);
  const segments = wordSegments(text, language);
  const tied = hanTies(text, segments);
  let span = 0;
  for (const { segment, index } of segments) {
    const at = index + segment.length;
    while ((kept[span]?.end ?? Number.POSITIVE_INFINITY) <= at) span += 1;
    const isTorn = (kept[span]?.start ?? text.length) < at && /\s$/u.test(segment);
    if (at < text.length && !isTorn && !tied.has(at) && mayEndAt(text, at, language)) ends.push(at);
  }
  return [...ends, text.length];
}

function mayEndAt(text: string, at: number, language: string): boolean {
  const before = lastCharacter(text, at);
  const after = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (/\s/u.test(after) || /[\u00a0\u202f]/u.test(before)) return false;
  if (/\s/u.test(before)) {
    const opening = text.slice(Math.max(0, at - LONGEST_NUMBER), at);
    if (LIST_NUMBER.test(opening) || DIALOGUE_DASH.test(opening)) return false;
    const type = /^de(?:-|$)/iu.test(language) ? 'de' : 'other';
    return (
      !CLINGS_BACK_SPACED[type].test(after) &&
      !CLINGS_ON_SPACED[type].test(text.slice(Math.max(0, at - 8), at).trimEnd())
    );
  }
  if (CLINGS_BACK.test(after) || CLINGS_ON.test(before)) return false;
  // Between English words an em dash needs no spaces; between numbers it is a range.
  if (before === '—') return !/\p{Nd}/u.test(after);
  return UNSPACED.test(before) || UNSPACED.test(after);
}

function lastCharacter(text: string, end: number): string {
  const low = text.charCodeAt(end - 1);
  const surrogate = low >= 0xdc00 && low <= 0xdfff && end > 1;
  return text.slice(surrogate ? end - 2 : end - 1, end);
}
