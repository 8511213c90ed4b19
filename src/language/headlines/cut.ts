import type { Language } from '../language.ts';
import { trimEnd } from '../trim.ts';
import { isStopWord } from '../words/stop-words.ts';
import { type Guard, guardsIn } from './guards.ts';

export interface CutOptions {
  /** The longest result, as `measure` measures it. */
  readonly limit: number;
  /** At least 1 for each UTF-16 unit. */
  readonly measure: (text: string) => number;
  /** Prefer the end of a clause to the last word that fits. */
  readonly atClause: boolean;
}

/** Share of the limit that the beginning of a cut text must have. */
const SHORTEST_BEGINNING = 0.25;

/**
 * A text that is too long, cut to its limit: "beginning…", or "beginning … end" if a guard ("not", "only if") would be
 * cut off. Empty if neither keeps all guards.
 */
export function cut(text: string, language: Language, options: CutOptions): string {
  const { limit, measure } = options;
  const guards = guardsIn(text, language);
  const beginning = beginningOf(text, limit - 1, language, options);
  if (beginning === '') return '';
  if (!guards.some(({ end }) => end > beginning.length)) return `${beginning}…`;
  const gap = language.spaced ? ' … ' : '…';
  for (const guard of guards) {
    const endAt = endStart(text, guard);
    if (text.length - endAt > limit) continue;
    const end = text.slice(endAt);
    const room = limit - measure(end) - gap.length;
    if (room < limit * SHORTEST_BEGINNING) continue;
    const head = beginningOf(text, room, language, options);
    const lost = guards.find((one) => one.end > head.length);
    if (lost === guard) return `${head}${gap}${end}`;
  }
  return '';
}

/** The longest beginning that fits, at the end of a word; empty if the first word is too long. */
export function beginningOf(
  text: string,
  room: number,
  language: Language,
  { measure, atClause }: Pick<CutOptions, 'measure' | 'atClause'>,
): string {
  const words = new Intl.Segmenter(language.tag, { granularity: 'word' });
  let [width, wordEnd, clauseEnd] = [0, 0, 0];
  // One unit more than can fit: a word that the slice divides is too long in any case.
  for (const { segment, index } of words.segment(text.slice(0, Math.ceil(room) + 1))) {
    if (/^[,;:，；：—–]$/u.test(segment) && width >= room / 3) clauseEnd = index;
    width += measure(segment);
    if (width > room) break;
    wordEnd = index + segment.length;
  }
  if (atClause && clauseEnd > 0) return withoutLoosePunctuation(text.slice(0, clauseEnd));
  const kept = withoutLoosePunctuation(text.slice(0, wordEnd));
  return atClause ? withoutGrammarAtEnd(kept, language) : kept;
}

function withoutLoosePunctuation(text: string): string {
  return trimEnd(text, /[\s\p{Ps}\p{Pi}\p{Pd},;:，；：、]/u);
}

/** "The history of the" → "The history". */
function withoutGrammarAtEnd(text: string, language: Language): string {
  if (!language.spaced) return text;
  const words = text.split(' ');
  while (words.length > 2 && isStopWord(words.at(-1)?.toLocaleLowerCase(language.tag) ?? '', language)) words.pop();
  return withoutLoosePunctuation(words.join(' '));
}

/** UTF-16 units before a guard in which its clause may begin, and in which the word before it must lie. */
const NEAR = 14;
const LONGEST_WORD = 40;

/** Where the end of a cut text begins: at the guard's clause if that is near, else one word before the guard. */
function endStart(text: string, { start }: Guard): number {
  const before = text.slice(Math.max(0, start - LONGEST_WORD), start);
  const clause = before
    .slice(-NEAR)
    .split(/[,;:，；：—–]/u)
    .slice(1)
    .at(-1);
  if (clause !== undefined) return start - clause.trimStart().length;
  const words = before.trimEnd();
  const word = words === before ? '' : (words.split(/[\s\p{P}]/u).at(-1) ?? '');
  return start - (before.length - words.length) - word.length;
}
