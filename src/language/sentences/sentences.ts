import { characterBefore } from '../../unicode.ts';
import type { Language } from '../language.ts';
import { endsOfRuns } from '../runs.ts';
import { cannotEndSentence } from './abbreviations.ts';
import { gluedEnds } from './glued.ts';
import { OpenQuotes } from './quotes.ts';

/** A sentence and its position: text.slice(start, end), without white space at either end. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Chinese also ends sentences at semicolons and ellipses, after the closing marks that follow them. */
const CHINESE_ENDS = /[。！？；…!?」』”’）》"']+/gu;
const CHINESE_END = /[。！？；…!?]/u;
/** "[1]", "[12][a]": belongs to the sentence before it. */
const FOOTNOTE_MARKS = /^(?:\[(?:\d{1,3}|\p{Ll})\]){1,5}\s*/u;
/** Longest run of footnote marks that is looked for, in UTF-16 units. */
const LONGEST_MARKS = 26;

/** "It erupted. 1815 was worse.", "Salt. 250 g butter.", "Salt. 2. 250 g butter.": Unicode ends no sentence where the next word in letters is in lower case. */
const BEFORE_NUMBER = /(?<=\p{Ll}{3}\.)\s{1,9}(?=[\d½¼¾⅓⅔⅛][\d½¼¾⅓⅔⅛.,/–-]{0,8} \p{Ll}|\d{1,2}\. [\d½¼¾⅓⅔⅛])/gu;

/** The number of the first item, after what leads to the list; "18:30." is a time. */
const LED_NUMBER = /(?:(?<!\d)[:：]|[:：]\s)\d{1,2}\.$/u;
/** UTF-16 units of it. */
const LONGEST_NUMBER = 5;

/** Nor before the dash of a dialogue: "– Komm her. – Ich komme." */
const BEFORE_DASH = /(?<=[.!?…]["”»]?)\s{1,9}(?=[–—―]\s?[\p{Lu}¿¡«])/gu;

const BEGINS = /^[\p{Lu}\p{Lo}\p{Pi}\p{Ps}"'¿¡„]/u;

/** A longer quotation is split like other text: a missing closing mark must not join the whole page. */
const LONGEST_QUOTATION = 400;

/**
 * The sentences of a paragraph in order; together they are the whole paragraph. Unicode's rules (UAX 29), corrected
 * where they split "Dr. Who", "Jan. 5", "z. B.", "U.S. Army", German dates, footnote marks, or the inside of a
 * quotation, and where they join "It was hot.The road". A line feed always ends a sentence.
 */
export function sentencesOf(text: string, language: Language): Sentence[] {
  const sentences: Sentence[] = [];
  let quotes = new OpenQuotes(language);
  let start = 0;
  let last = 0;
  for (const end of possibleEnds(text, language)) {
    quotes.read(text.slice(last, end));
    last = end;
    if (end < text.length && !isSentenceEnd(text, start, end, quotes, language)) continue;
    const piece = text.slice(start, end);
    const trimmed = piece.trim();
    const from = start + (piece.length - piece.trimStart().length);
    if (trimmed !== '') sentences.push({ text: trimmed, start: from, end: from + trimmed.length });
    start = end;
    quotes = new OpenQuotes(language);
  }
  return sentences;
}

function* possibleEnds(text: string, language: Language): Generator<number> {
  let done = 0;
  for (const end of unicodeEnds(text, language)) {
    for (const glued of language.spaced ? gluedEnds(text.slice(done, end)) : [])
      if (done + glued < end) yield done + glued;
    const from = text.charAt(end - 1) === '[' ? end - 1 : end;
    const marks = FOOTNOTE_MARKS.exec(text.slice(from, from + LONGEST_MARKS))?.[0].length ?? 0;
    if (marks > 0 && from + marks > done) yield from + marks;
    else if (from === end || end === text.length) yield end;
    done = Math.max(done, end);
  }
}

function* unicodeEnds(text: string, language: Language): Generator<number> {
  for (const { segment, index } of new Intl.Segmenter(language.tag, { granularity: 'sentence' }).segment(text)) {
    if (language.spaced) yield* missedEnds(segment, index);
    else yield* endsWithin(segment, index);
  }
}

function* missedEnds(segment: string, index: number): Generator<number> {
  const ends = [...segment.matchAll(BEFORE_NUMBER), ...segment.matchAll(BEFORE_DASH)];
  for (const { 0: space, index: at } of ends.toSorted((a, b) => a.index - b.index)) yield index + at + space.length;
  yield index + segment.length;
}

function* endsWithin(segment: string, index: number): Generator<number> {
  for (const end of endsOfRuns(segment, CHINESE_ENDS, CHINESE_END)) yield index + end;
  yield index + segment.length;
}

/** Inspects only the last characters: a text may have thousands of false ends. */
function isSentenceEnd(text: string, start: number, end: number, quotes: OpenQuotes, language: Language): boolean {
  if (text.charAt(end - 1) === '\n') return true;
  // "example.com/?a=b": without white space, only a capital letter or an opening mark begins a sentence.
  if (language.spaced && !/\s/u.test(text.charAt(end - 1)) && !BEGINS.test(text.slice(end, end + 2))) return false;
  const before = text.slice(start, end).trimEnd();
  const after = text.slice(end, end + 40).trimStart();
  // "3. Oktober", "1. Wash", "1989. The wall falls", "Steps: 1. Wash": a number alone is no sentence.
  if (after !== '' && (/^\d{1,4}\.$/u.test(before) || LED_NUMBER.test(before.slice(-LONGEST_NUMBER)))) return false;
  if (cannotEndSentence(before, after, language)) return false;
  // `"Stop!" she said.` is one sentence.
  if (/^[\p{Pf}\p{Pe}"'”’»」]/u.test(characterBefore(before, before.length)) && /^\p{Ll}/u.test(after)) return false;
  // "– Komm! rief er."
  if (/^\s?[–—―]/u.test(text.slice(start, start + 2)) && /[!?…]$/u.test(before) && /^(?:[–—]\s?)?\p{Ll}/u.test(after))
    return false;
  return before.length > LONGEST_QUOTATION || !quotes.isOpen;
}
