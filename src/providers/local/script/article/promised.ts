import { qualifiersIn, wordSegmenter } from '../../../../language/headlines/qualifiers.ts';
import type { Language } from '../../../../language/language.ts';
import { contentKeys } from '../../../../language/words/words.ts';

/** What is known of a sentence here. */
export interface Sayable {
  readonly text: string;
  readonly keys: readonly string[];
  readonly worth: number;
  /** True if it is understood without the sentence before it, and claims something. */
  readonly isAlone: boolean;
}

/** Between the clauses of a title. */
const CLAUSE_END = /[,;:–—，；：、?!？！]\s?| - /u;
/** Each is compared with all sentences; a title has one to three. */
const MOST_CLAUSES = 8;
/** UTF-16 units of a clause that is found again word for word. */
const SHORTEST_QUOTED = 8;
/** Two words with the same first letters are forms of one: "licencie", "licenciement". UTF-16 units. */
const STEM = 6;

/**
 * The indices of the sentences that say what a title promises: for each of its clauses the most valuable of those with most of
 * its words, or, where no sentence has them and the clause denies something, the most valuable denial. None for a clause
 * that no sentence of its own is about, except the one that quotes it.
 */
export function promisedBy(title: string, sentences: readonly Sayable[], language: Language): ReadonlySet<number> {
  const promised = new Set<number>();
  const segmenter = wordSegmenter(language);
  const denies = (text: string): boolean => qualifiersIn(text, language, segmenter).some((one) => one.denies);
  for (const clause of title.split(CLAUSE_END).slice(0, MOST_CLAUSES)) {
    const keys = new Set(contentKeys(clause, language).map(stemOf));
    if (keys.size === 0) continue;
    const words = wordsInside(clause);
    const counts = sentences.map((sentence) =>
      sentence.isAlone || quotes(sentence, words) ? sharedWith(keys, sentence) : 0,
    );
    const most = counts.reduce((a, b) => Math.max(a, b), 0);
    const isDenial = most === 0 && denies(clause);
    const found = bestOf(sentences, ({ text, isAlone }, i) =>
      most > 0 ? counts[i] === most : isDenial && isAlone && denies(text),
    );
    if (found !== undefined) promised.add(found);
  }
  return promised;
}

/** A clause without the marks around it. */
function wordsInside(clause: string): string {
  return clause.replace(/^[^\p{L}\p{N}]{1,20}/u, '').replace(/[^\p{L}\p{N}]{1,20}$/u, '');
}

/** True for a sentence with the very words of a title, such as a quotation, which leans on who said it. */
function quotes({ text }: Sayable, words: string): boolean {
  return words.length >= SHORTEST_QUOTED && text.includes(words) && !/[?？]["”’»」]?$/u.test(text);
}

function bestOf(
  sentences: readonly Sayable[],
  isPossible: (sentence: Sayable, index: number) => boolean,
): number | undefined {
  let best: number | undefined;
  for (const [i, sentence] of sentences.entries())
    if (isPossible(sentence, i) && (best === undefined || sentence.worth > (sentences[best]?.worth ?? 0))) best = i;
  return best;
}

function sharedWith(keys: ReadonlySet<string>, { keys: own }: Sayable): number {
  return new Set(own.map(stemOf).filter((key) => keys.has(key))).size;
}

function stemOf(key: string): string {
  return key.slice(0, STEM);
}
