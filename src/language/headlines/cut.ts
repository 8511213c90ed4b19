import type { Language } from '../language.ts';
import { trimEnd } from '../trim.ts';
import { isStopWord } from '../words/stop-words.ts';
import { type Qualifier, qualifiersIn } from './qualifiers.ts';
import { widthOf } from './width.ts';

/** Room for a headline, as `widthOf` measures it. */
export interface Room {
  /** A longer sentence is cut at the end of a clause if its meaning allows it. */
  readonly comfortable: number;
  /** The longest headline: a sentence that is not cut may have this width. */
  readonly longest: number;
}

export interface CutOptions {
  /** The longest result, as `measure` measures it. */
  readonly limit: number;
  /** At least 1 for each UTF-16 unit. */
  readonly measure: (text: string) => number;
  /** Leave out the middle only between two clauses; a part of one may change the meaning of the rest. */
  readonly betweenClauses: boolean;
}

/** Share of the limit that the beginning of a cut text must have. */
const SHORTEST_BEGINNING = 0.25;
const CLAUSE_END = /[,;:，；：—–]/u;

/**
 * A text that is too long, cut to its limit: "beginning…", or "beginning … end" if a qualifier ("not", "only if") would be
 * cut off. Empty if neither keeps all qualifiers.
 */
export function cut(text: string, language: Language, options: CutOptions): string {
  const { limit, measure } = options;
  const qualifiers = qualifiersIn(text, language);
  const beginning = beginningOf(text, limit - 1, language, measure);
  if (beginning === '') return '';
  if (!qualifiers.some(({ end }) => end > beginning.length)) return `${beginning}…`;
  const gap = language.spaced ? ' … ' : '…';
  for (const qualifier of qualifiers) {
    const endAt = endStart(text, qualifier, options);
    if (endAt === undefined || text.length - endAt > limit) continue;
    const end = text.slice(endAt);
    const room = limit - measure(end) - gap.length;
    if (room < limit * SHORTEST_BEGINNING) continue;
    const head = beginningOf(text, room, language, measure);
    const lost = qualifiers.find((one) => one.end > head.length);
    if (lost === qualifier) return `${head}${gap}${end}`;
  }
  return '';
}

/** The longest beginning that fits, up to the end of a word; empty if the first word is too long. */
export function beginningOf(text: string, room: number, language: Language, measure: (text: string) => number): string {
  const words = new Intl.Segmenter(language.tag, { granularity: 'word' });
  let [width, end] = [0, 0];
  // One unit more than can fit: a word that the slice divides is too long in any case.
  for (const { segment, index } of words.segment(text.slice(0, Math.ceil(room) + 1))) {
    width += measure(segment);
    if (width > room) break;
    end = index + segment.length;
  }
  return withoutGrammarAtEnd(withoutLoosePunctuation(text.slice(0, end)), language);
}

/**
 * The longest beginning that ends a clause and fits the comfortable room, else the shortest that fits the longest; empty
 * if there is neither.
 */
export function clauseBeginningOf(text: string, { comfortable, longest }: Room, language: Language): string {
  const words = new Intl.Segmenter(language.tag, { granularity: 'word' });
  let [width, end] = [0, 0];
  for (const { segment, index } of words.segment(text.slice(0, longest))) {
    if (width >= longest || (width >= comfortable && end > 0)) break;
    if (segment.length === 1 && CLAUSE_END.test(segment) && width >= comfortable / 3) end = index;
    width += widthOf(segment);
  }
  return withoutLoosePunctuation(text.slice(0, end));
}

/** Without brackets, dashes, commas and spaces at its end. */
export function withoutLoosePunctuation(text: string): string {
  return trimEnd(text, /[\s\p{Ps}\p{Pi}\p{Pd},;:，；：、]/u);
}

/** "The history of the" → "The history"; "it lasts for 30" → "it lasts". */
function withoutGrammarAtEnd(text: string, language: Language): string {
  if (!language.spaced) return text;
  const words = text.split(' ');
  const isLoose = (word: string): boolean =>
    /^\p{N}/u.test(word) || isStopWord(word.toLocaleLowerCase(language.tag), language);
  while (words.length > 2 && isLoose(words.at(-1) ?? '')) words.pop();
  return withoutLoosePunctuation(words.join(' '));
}

/** UTF-16 units before a qualifier in which its clause may begin, and in which the word before it must lie. */
const NEAR = 20;
const LONGEST_WORD = 40;

/** Where the end of a cut text may begin: at the qualifier's clause if that is near, else one word before the qualifier. */
function endStart(text: string, { start }: Qualifier, { betweenClauses }: CutOptions): number | undefined {
  const before = text.slice(Math.max(0, start - LONGEST_WORD), start);
  const clause = before.slice(-NEAR).split(CLAUSE_END).slice(1).at(-1);
  if (clause !== undefined) return start - clause.trimStart().length;
  if (betweenClauses) return undefined;
  const words = before.trimEnd();
  const word = words === before ? '' : (words.split(/[\s\p{P}]/u).at(-1) ?? '');
  return start - (before.length - words.length) - word.length;
}
