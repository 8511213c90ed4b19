import type { Language } from '../language.ts';
import { trimEnd } from '../trim.ts';
import { type Word, wordsOf } from './words.ts';

/** A word, or several that are one name: "Time Warner", "St. Louis", "AT&T", "C++", "@lumio_app". */
export interface Term extends Word {
  readonly isName: boolean;
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** Number of words in it. */
  readonly count: number;
}

/** In UTF-16 units; names are not longer. */
const LONGEST_NAME = 60;
const NAME = /^\p{Lu}[\p{L}\p{N}]*(?: (?:of |the )*\p{Lu}[\p{L}\p{N}]*){1,2}(?![+#&])/u;
const SAINT = /^(?:St|Ste|Sta|Mt|Ft)\. \p{Lu}[\p{L}\p{N}]*/u;
/** "Mr. Smith": the point ends no sentence. */
const TITLE_BEFORE = /(?:^|[^\p{L}])(?:Mrs?|Ms|Dra?|Prof|St|M|Sra?|[Ss]ig|[Ss]ra?)\.$/u;
/** German nouns all have a capital: two of them are a name only after one of these. */
const GERMAN_NAME = /^(?:New|San|Santa|Los|Las|Bad|Sankt|Saint|Rio|El|La|Le) \p{Lu}[\p{L}\p{N}]*/u;

/** The terms of a text in order, without punctuation. */
export function termsOf(text: string, language: Language): Term[] {
  const words = wordsOf(text, language);
  const terms: Term[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at];
    if (!word) break;
    const span = compoundAt(words, at, text) ?? nameAt(words, at, text, language);
    terms.push(span ? joined(text, span, language) : single(word, text, language));
    at += span?.count ?? 1;
  }
  return terms;
}

function single(word: Word, text: string, language: Language): Term {
  const content = word.content && !isQuantity(word, text);
  return { ...word, content, isName: content && isName(word, text, language) };
}

/** "7h45", "5M", or the unit of a number: "2.7 km". */
function isQuantity({ text: word, start }: Word, text: string): boolean {
  return /^\p{N}/u.test(word) || (word.length < 3 && /\p{N}\s$/u.test(text.slice(Math.max(0, start - 2), start)));
}

function joined(text: string, { start, end }: Span, language: Language): Term {
  const name = text.slice(start, end);
  const key = name.toLocaleLowerCase(language.tag).replaceAll('’', "'");
  return { text: name, key, start, content: true, isName: !/^\p{Ll}[\p{Ll}-]*$/u.test(name) };
}

/** Words joined by a sign, or with one of their own: "AT&T", "Saint-Étienne", "C#", "@name". */
function compoundAt(words: readonly Word[], at: number, text: string): Span | undefined {
  const first = words[at];
  if (!first) return undefined;
  let end = first.start + first.text.length;
  let count = 1;
  let last = first;
  for (let next = words[at + count]; next && joins(text.slice(end, next.start), last, next); next = words[at + count]) {
    end = next.start + next.text.length;
    last = next;
    count += 1;
  }
  const sign = /^(?:\+\+|#)(?![A-Za-z\d])/u.exec(text.slice(end, end + 3))?.[0] ?? '';
  const isHandle = /(?:^|[^\p{L}\p{N}])@$/u.test(text.slice(Math.max(0, first.start - 2), first.start));
  if (count === 1 && sign === '' && !isHandle) return undefined;
  return { start: first.start - (isHandle ? 1 : 0), end: end + sign.length, count };
}

function joins(gap: string, left: Word, right: Word): boolean {
  if (gap === '&') return true;
  return gap === '-' && left.content && right.content;
}

function nameAt(words: readonly Word[], at: number, text: string, language: Language): Span | undefined {
  const word = words[at];
  if (!word || word.text.length < 2 || !/^\p{Lu}/u.test(word.text)) return undefined;
  const from = text.slice(word.start, word.start + LONGEST_NAME);
  const name = (SAINT.exec(from) ?? namePattern(word, text, language)?.exec(from))?.[0];
  if (name === undefined) return undefined;
  const end = word.start + name.length;
  let count = 1;
  while ((words[at + count]?.start ?? Number.POSITIVE_INFINITY) < end) count += 1;
  return { start: word.start, end, count };
}

function namePattern(word: Word, text: string, language: Language): RegExp | undefined {
  if (language.base === 'de') return GERMAN_NAME;
  return word.content || !opensSentence(word, text) ? NAME : undefined;
}

/** A capital inside a sentence or inside the word; German nouns have one too, and tell nothing. */
function isName(word: Word, text: string, language: Language): boolean {
  if (/.\p{Lu}/u.test(word.text) || /\p{L}\.\p{L}/u.test(word.text)) return true;
  return /^\p{Lu}/u.test(word.text) && language.base !== 'de' && !opensSentence(word, text);
}

/** True if a word is the first of its sentence. */
export function opensSentence(word: Pick<Word, 'start'>, text: string): boolean {
  const before = text.slice(Math.max(0, word.start - 8), word.start);
  const outside = trimEnd(before, /[^\S\n]|["'“‘«„¿¡(]/u);
  if (TITLE_BEFORE.test(outside)) return false;
  return outside === '' || /[.!?:…。！？\n]/u.test(trimEnd(outside, /["'”’»)]/u).slice(-1));
}
