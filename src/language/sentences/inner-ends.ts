import type { Language } from '../language.ts';
import { sentencesOf } from './sentences.ts';

/** The marks of quotations, inside which sentences end as well. */
const QUOTATION_MARKS = /["“”„«»]/gu;
/** The next sentence begins with a capital. */
const BEGINS_SENTENCE = /^\s["“„«¿¡]{0,2}\p{Lu}/u;

/** The ends of sentences in UTF-16 units, also of those inside a quotation: "Almost never. Once it rained." */
export function sentenceEndsOf(text: string, language: Language): ReadonlySet<number> {
  const whole = sentencesOf(text, language).map(({ end }) => end);
  const inside = sentencesOf(text.replace(QUOTATION_MARKS, ' '), language)
    .map(({ end }) => end)
    .filter((end) => BEGINS_SENTENCE.test(text.slice(end, end + 4)));
  return new Set([...whole, ...inside]);
}
