import type { Language } from '../language.ts';
import { type Term, termsOf } from '../words/terms.ts';
import { type Qualifier, qualifiersIn, wordSegmenter } from './qualifiers.ts';
import { type Statement, statementsOf } from './statements.ts';

/** In UTF-16 units, in which an answer says that it is a no. */
const ANSWER_OPENING = 30;

/**
 * The terms of a text that it speaks of without denying them: in "The vaccine does not cause autism" that is "vaccine".
 * Names count always.
 */
export function assertedTerms(text: string, language: Language): Term[] {
  const terms = termsOf(text, language);
  const segmenter = wordSegmenter(language);
  let at = 0;
  return statementsOf(text, language).flatMap((statement, i, statements) => {
    const from = at;
    while ((terms[at]?.start ?? Number.POSITIVE_INFINITY) < statement.end) at += 1;
    const end = assertedEnd(statement, statements[i + 1], language, segmenter);
    return terms
      .slice(from, at)
      .filter((term) => term.isName || (isBefore(term, statement, end, language) && !isCompared(term, text)));
  });
}

function assertedEnd(
  { text, start, end, takenBack }: Statement,
  next: Statement | undefined,
  language: Language,
  segmenter: Intl.Segmenter,
): number {
  const denials = qualifiersIn(text, language, segmenter).filter(({ denies }) => denies);
  const [first, last] = [denials[0], denials.at(-1)];
  if (takenBack || isAnsweredNo(text, next, language, segmenter) || (last && deniesAll(text, last, language)))
    return start;
  return first === undefined ? end : start + first.start;
}

/** "Was it dangerous?" followed by "Answer: Hardly ever." */
function isAnsweredNo(
  text: string,
  next: Statement | undefined,
  language: Language,
  segmenter: Intl.Segmenter,
): boolean {
  if (next === undefined || !/[?？]["'”’»」]?$/u.test(text)) return false;
  return qualifiersIn(next.text.slice(0, ANSWER_OPENING), language, segmenter).some(({ denies }) => denies);
}

/** "You may drink it, but under no circumstances": a last clause of a few words denies the whole sentence. */
function deniesAll(text: string, { start }: Qualifier, language: Language): boolean {
  const clause = text
    .split(/[,;，；]/u)
    .slice(1)
    .at(-1);
  if (clause === undefined || text.length - clause.length > start) return false;
  return language.spaced ? clause.trim().split(/\s+/u).length <= 4 : clause.length <= 6;
}

/** In German the verb comes before its "nicht": only nouns, which have a capital, are certain. */
function isBefore(term: Term, { start, end }: Statement, assertedEnd: number, language: Language): boolean {
  if (term.start + term.text.length > assertedEnd) return false;
  return language.base !== 'de' || assertedEnd === end || (term.start > start && /^\p{Lu}/u.test(term.text));
}

/** "faster than", "high as", "schneller als". */
function isCompared({ start, text: word }: Term, text: string): boolean {
  const end = start + word.length;
  return /^\s(?:than|as|als)\s/u.test(text.slice(end, end + 7));
}
