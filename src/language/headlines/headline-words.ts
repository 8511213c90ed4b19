import { WIDE_SCRIPT } from '../language.ts';
import { jointsOf } from './card-stop-words.ts';
import { type Clause, clausesOf, spanOf, type Token } from './clauses.ts';

/** The words that a card shows. */
export interface KeyWords {
  /** Two to six words if the text has them; empty if it has no words. */
  readonly headline: string;
  /** At most two further phrases; none repeats the headline. */
  readonly others: readonly string[];
}

interface Phrase {
  readonly text: string;
  readonly score: number;
  /** Position among all clauses, to restore the order of phrases. */
  readonly position: number;
  readonly kind: 'run' | 'joined' | 'clause';
}

const MAX_WORDS = 5;
const MAX_WIDE_CHARS = 10;
const MAX_CHARS = 38;

/**
 * Selects the most significant phrase. Candidates are runs of content words between stop words, scored by the frequency
 * and co-occurrence of their words (Rose, Engel, Cramer and Cowley, "Automatic Keyword Extraction from Individual
 * Documents", 2010); two runs joined by "of"; and whole short clauses, which read better than any run.
 */
export function keyWordsOf(text: string, language: string): KeyWords {
  const clauses = clausesOf(text, language);
  const weigh = weigher(clauses.flatMap(({ runs }) => runs));
  const phrases = clauses
    .flatMap((clause) => [
      ...clause.runs.map((run) => phraseOf(clause, run, weigh)),
      ...joinedRuns(clause, language, weigh),
      ...wholeClause(clause, weigh),
    ])
    .toSorted((a, b) => b.score - a.score);
  const [best] = phrases;
  if (!best) return { headline: firstWords(clauses, language), others: [] };
  return { headline: capitalised(best.text, language), others: othersBeside(best.text, phrases, language) };
}

type Weigh = (run: readonly Token[]) => number;

function weigher(runs: readonly (readonly Token[])[]): Weigh {
  const frequency = new Map<string, number>();
  const degree = new Map<string, number>();
  for (const token of runs.flat()) frequency.set(token.text, (frequency.get(token.text) ?? 0) + 1);
  for (const run of runs)
    for (const token of run) degree.set(token.text, (degree.get(token.text) ?? 0) + Math.min(run.length, 4));
  const worth = (token: Token): number => {
    const singleCharacter = token.text.length === 1 && WIDE_SCRIPT.test(token.text) ? 0.4 : 1;
    const named = /^\p{Lu}/u.test(token.text) && token.start > 0 ? 0.8 : 0;
    const counted = /\p{Nd}/u.test(token.text) ? 0.5 : 0;
    const long = Math.min(0.6, token.text.length / 20);
    return (
      singleCharacter * ((degree.get(token.text) ?? 1) / (frequency.get(token.text) ?? 1)) + named + counted + long
    );
  };
  return (run) => run.reduce((sum, token) => sum + worth(token), 0);
}

/** The words at the end of a run: in most supported languages the head of a phrase is last. */
function phraseOf(clause: Clause, run: readonly Token[], weigh: Weigh): Phrase {
  // Every word has a letter: more words than this are too long in any script.
  let kept = run.slice(-MAX_WIDE_CHARS);
  while (kept.length > 1 && tooLong(spanOf(clause.text, kept), kept.length)) kept = kept.slice(1);
  const alone = kept.length === 1 ? 0.7 : 1;
  return phrase(clause, kept, weigh(kept) * alone, 'run');
}

/** "compass of sunlight": certainly a noun with its complement, so it scores slightly higher than its words. */
function joinedRuns(clause: Clause, language: string, weigh: Weigh): Phrase[] {
  const joints = jointsOf(language);
  return clause.runs.flatMap((left, index) => {
    const right = clause.runs[index + 1];
    if (!right) return [];
    const [from, to] = [left[0]?.start ?? 0, right.at(-1)?.end ?? 0];
    if (to - from > MAX_CHARS) return [];
    const between = clause.text.slice(left.at(-1)?.end, right[0]?.start).trim().toLowerCase();
    const whole = tokensWithin(clause.tokens, from, to);
    if (!joints.has(between) || tooLong(clause.text.slice(from, to), whole.length)) return [];
    return [phrase(clause, whole, weigh([...left, ...right]) + 2.2, 'joined')];
  });
}

/** The tokens between two offsets; tokens are in text order. */
function tokensWithin(tokens: readonly Token[], from: number, to: number): Token[] {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const within: Token[] = [];
  for (let at = low; (tokens[at]?.end ?? Number.POSITIVE_INFINITY) <= to; at += 1) {
    const token = tokens[at];
    if (token) within.push(token);
  }
  return within;
}

function wholeClause(clause: Clause, weigh: Weigh): Phrase[] {
  const { text, tokens } = clause;
  const content = tokens.filter((token) => token.isContent);
  const enough = tokens.length >= 2 && content.length * 2 >= tokens.length && tokens.at(-1)?.isContent === true;
  if (!enough || tooLong(spanOf(text, tokens), tokens.length - 1)) return [];
  return [phrase(clause, tokens, weigh(content) * 0.9 + 1.5, 'clause')];
}

function phrase(clause: Clause, tokens: readonly Token[], score: number, kind: Phrase['kind']): Phrase {
  return { text: spanOf(clause.text, tokens), score, position: clause.position + (tokens[0]?.start ?? 0), kind };
}

function tooLong(text: string, words: number): boolean {
  return WIDE_SCRIPT.test(text) ? text.length > MAX_WIDE_CHARS : words > MAX_WORDS || text.length > MAX_CHARS;
}

/** For a text that has only stop words: "It is what it is" is better than an empty card. */
function firstWords([clause]: readonly Clause[], language: string): string {
  return clause ? capitalised(spanOf(clause.text, clause.tokens.slice(0, MAX_WORDS + 1)), language) : '';
}

function capitalised(text: string, language: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}

/** The best two runs that share no word with the headline, in text order. */
function othersBeside(headline: string, phrases: readonly Phrase[], language: string): string[] {
  const chosen: Phrase[] = [];
  for (const candidate of phrases) {
    if (chosen.length === 2) break;
    const known = [headline, ...chosen.map(({ text }) => text)];
    if (
      candidate.kind === 'run' &&
      isTelling(candidate.text) &&
      !known.some((other) => shareWords(candidate.text, other))
    )
      chosen.push(candidate);
  }
  return chosen.toSorted((a, b) => a.position - b.position).map(({ text }) => capitalised(text, language));
}

function isTelling(text: string): boolean {
  if (WIDE_SCRIPT.test(text)) return text.length >= 2 && text.length <= 8;
  return text.length <= 24 && (text.includes(' ') || text.length >= 4);
}

function shareWords(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return WIDE_SCRIPT.test(a) ? a.includes(b) || b.includes(a) : a.split(/\s/u).some((word) => b.includes(word));
}
